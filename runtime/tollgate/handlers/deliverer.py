"""The `deliverer` function: events to merchants' servers, from the queue; by the clock, what is due onto it.

A message may be lost, or come twice: the table says what is to be done. So none is ever given back.
"""

import json
from collections.abc import Mapping
from typing import Any

from tollgate import telemetry
from tollgate.operations.deliver import Came, Look, deliver
from tollgate.wiring.deliverer import World, world

DUE_AT_MOST = 500
MARGIN = 15_000
"""Milliseconds that an attempt and its storing may take."""


def handler(event: dict[str, Any], context: Any) -> None:
    here = world()
    if "Records" in event:
        until = here.ports.clock.now() + context.get_remaining_time_in_millis() - MARGIN
        attempted(event, until, here)
    else:
        queued(here)


def attempted(event: Mapping[str, Any], until: int, here: World) -> None:
    """Each once; and again as long as its next try comes soon enough: a short trouble is over soon."""
    for record in event["Records"]:
        if here.ports.clock.now() >= until:
            return  # the rest is due, and comes again
        delivery_id = json.loads(record["body"])["delivery_id"]
        look = _delivered(delivery_id, here)
        while look and look.came is Came.FAILED and look.next_due is not None and look.next_due < until:
            here.wait(look.next_due)
            look = _delivered(delivery_id, here)


def queued(here: World) -> None:
    now = here.ports.clock.now()
    due = here.ports.deliveries.due(now, DUE_AT_MOST)
    here.queue.send(due)
    telemetry.deliveries_queued(len(due), max((now - each.due_at for each in due), default=0))


def _delivered(delivery_id: str, here: World) -> Look | None:
    try:
        look = deliver(delivery_id, here.ports)
    except Exception as failure:  # it is due again once its claim is over
        telemetry.failed(failure, delivery_id)
        return None
    telemetry.delivered(delivery_id, look.came)
    return look
