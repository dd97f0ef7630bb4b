"""Find what is due, and queue it: the trigger that nobody has to pull.

What is due is a property of the payments themselves, so no lost message, crash or late stream can hide it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tollgate.domain.listing import Due, due_shards
from tollgate.ports import AllPayments, Clock, FollowUpQueue

AT_MOST = 1_250
"""Of each shard, in one sweep. That bounds what waits in the queue, and with it how long a request that is
deferred now waits behind what an outage has left. The longest overdue come first."""

MINUTE = 60_000
CROWDED = 2 * MINUTE
"""By then what a whole sweep has queued is worked off, and what is still due was kept back."""

Shards = Callable[[Callable[[str], "Swept"], Iterable[str]], Iterator["Swept"]]
"""Has each shard swept, as `map` does: at once or one after the other."""


@dataclass(frozen=True, slots=True)
class Swept:
    """`found`, of which `queued` were: the others stay due. `oldest_age`: milliseconds for which the longest
    overdue payment has been due."""

    found: int
    queued: int
    oldest_age: int


def sweep(payments: AllPayments, queue: FollowUpQueue, clock: Clock, shards: Shards = map) -> Swept:
    """Queue every payment that is due. Queued twice in a minute counts once; twice does no harm."""
    swept = list(shards(partial(_sweep, payments, queue, clock.now()), due_shards()))
    found, queued = sum(each.found for each in swept), sum(each.queued for each in swept)
    return Swept(found, queued, max(each.oldest_age for each in swept))


def _sweep(payments: AllPayments, queue: FollowUpQueue, now: int, shard: str) -> Swept:
    due = payments.due(shard, now, AT_MOST)
    queued = queue.send_many(_occasions(due, now)) if due else 0
    return Swept(len(due), queued, max((now - each.at for each in due), default=0))


def _occasions(due: Sequence[Due], now: int) -> dict[str, str]:
    """One message a payment and window: where more is due than a sweep queues, what still waits in the queue
    isn't queued every minute. SQS drops the same occasion for five minutes (developer guide, "FIFO queue
    deduplication")."""
    window = now // (CROWDED if len(due) == AT_MOST else MINUTE)
    return {f"{each.payment_id}-{each.at}-{window}": each.payment_id for each in due}
