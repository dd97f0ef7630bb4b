"""The `worker` function: payments from the FIFO queue, each followed up once a message.

A message that fails goes back, and with it everything after it in its group, so that a payment's order is
kept; other groups go on. After the queue's bounded tries it moves to the dead-letter queue.
"""

import json
from collections.abc import Mapping
from typing import Any

from tollgate import telemetry
from tollgate.domain.budget import LOOK
from tollgate.operations.follow_up import follow_up
from tollgate.wiring.worker import World, world


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the messages that are to come again (ReportBatchItemFailures). Those for which no time is
    left go back unopened."""
    return work(event, context.get_remaining_time_in_millis, world())


def work(event: Mapping[str, Any], remaining: Any, here: World) -> dict[str, Any]:
    held: set[str] = set()
    failed: list[str] = []
    for record in event["Records"]:
        group = record["attributes"]["MessageGroupId"]
        if group in held or remaining() < LOOK or not _followed_up(record, here):
            held.add(group)
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _followed_up(record: Mapping[str, Any], here: World) -> bool:
    message_id = record["messageId"]
    try:
        payment_id: str = json.loads(record["body"])["payment_id"]
        look = follow_up(payment_id, message_id, here.ports)
    except Exception as failure:  # the queue gives it back, a bounded number of times
        telemetry.not_followed_up(failure, message_id)
        return False
    telemetry.followed_up(payment_id, message_id, look.came, look.open_for)
    return True
