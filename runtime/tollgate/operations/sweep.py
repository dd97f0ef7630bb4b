"""Find what is due, and queue it: the trigger that nobody has to pull.

What is due is a property of the payments themselves, so no lost message, crash or late stream can hide it.
"""

from dataclasses import dataclass

from tollgate.domain.listing import due_shards
from tollgate.ports import AllPayments, Clock, FollowUpQueue

AT_MOST = 200
"""Of each shard, in one sweep: the rest is due in the next, a minute later."""

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Swept:
    """`oldest_age`: milliseconds for which the longest overdue payment has been due."""

    queued: int
    oldest_age: int


def sweep(payments: AllPayments, queue: FollowUpQueue, clock: Clock) -> Swept:
    """Queue every payment that is due. Queued twice in a minute counts once; twice does no harm."""
    now = clock.now()
    due = [each for shard in due_shards() for each in payments.due(shard, now, AT_MOST)]
    for each in due:
        queue.send(each.payment_id, f"{each.payment_id}-{each.at}-{now // MINUTE}")
    return Swept(len(due), max((now - each.at for each in due), default=0))
