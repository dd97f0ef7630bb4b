"""Find what has been open for more than a day, whenever it was made, and put it on record with the books."""

from collections.abc import Iterator
from dataclasses import dataclass

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.follow_up import DAY
from tollgate.domain.listing import due_shards
from tollgate.domain.outcome import Unknown
from tollgate.domain.payment import Payment
from tollgate.domain.reconciliation import open_difference
from tollgate.operations.reconcile import Found, ReconciliationPorts, Unread
from tollgate.operations.record_difference import record_difference

AT_MOST = 1_000
"""Of each shard of the due index."""
WHENEVER = 366 * DAY
"""Of what comes next: each open operation is due again within hours."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`unread`: books that the found ones couldn't be compared with."""

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]


def find_open(request_id: str, ports: ReconciliationPorts) -> LeftOpen:
    """Every payment whose latest operation has had no outcome for more than a day.

    Can be repeated: a difference is on record once, as long as the books stay as they are. `request_id` names
    the run on the trail.
    """
    by = Exchange(ActorType.SYSTEM, "reconciler", None, None, request_id)
    found: list[Found] = []
    unread: dict[tuple[str, str], Unread] = {}
    for payment in _left_open(ports):
        traces = ports.processor.find(payment.processor, payment.id)
        if isinstance(traces, Unknown):
            place = payment.processor
            unread[place.account, place.terminal] = Unread(place, traces.reason)
            traces = ()
        difference = open_difference(payment, traces)
        record_difference(difference, payment.merchant_id, by, ports)
        found.append(Found(payment.merchant_id, difference, resolved=False))
    return LeftOpen(tuple(found), tuple(unread.values()))


def _left_open(ports: ReconciliationPorts) -> Iterator[Payment]:
    now = ports.clock.now()
    for shard in due_shards():
        for due in ports.all_payments.due(shard, now + WHENEVER, AT_MOST):
            payment = ports.all_payments.load(due.payment_id)
            if payment and not payment.latest.resolved and now - payment.latest.started_at > DAY:
                yield payment
