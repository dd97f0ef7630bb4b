"""The `payments` table: the conditions of its writes, its lagging index and its stream."""

from collections.abc import Callable
from typing import TypeVar

from tests.fakes.payments import FakePayments, Withdrawn
from tests.simulation.choices import ROW_WRITE
from tests.simulation.ports import take_step
from tests.simulation.world import World
from tollgate.domain.listing import Due, Position, due_shard
from tollgate.domain.payment import Payment

T = TypeVar("T")
Change = tuple[Payment | None, Payment | None]
"""A payment before and after it. None: there is none yet, or it is withdrawn."""


class PaymentTable(FakePayments):
    """The `Payments` and `AllPayments` ports. `lag`: milliseconds until the due index shows a change."""

    def __init__(self, world: World, lag: int) -> None:
        super().__init__()
        self.on_the_way: list[str] = []
        self.stream: dict[str, list[Change]] = {}
        self._world = world
        self._lag = lag
        self.due_index: dict[str, list[tuple[int, int | None]]] = {}
        self._watchers: list[Callable[[Payment | None, Payment | None], None]] = []

    def watch(self, watcher: Callable[[Payment | None, Payment | None], None]) -> None:
        """Have every change told."""
        self._watchers.append(watcher)

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        raise NotImplementedError("no flow looks a reference up")

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        raise NotImplementedError("nobody lists payments in the simulation")

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        shown = ((id, self._shown_due(id)) for id in self.due_index if due_shard(id) == shard)
        waiting = [Due(id, at) for id, at in shown if at is not None and at <= now]
        return sorted(waiting, key=lambda each: each.at)[:limit]

    def empty_shard(self, shard: str, _now: int, _limit: int) -> bool:
        """Whether no payment has ever been in the shard."""
        return all(due_shard(id) != shard for id in self.due_index)

    def next_due(self) -> int | None:
        """When the index shows a payment that is due: now, or once its last change shows (milliseconds)."""
        shown = [due for id in self.due_index if (due := self._shown_due(id)) is not None]
        last = [entries[-1] for entries in self.due_index.values()]
        to_come = [max(at + self._lag, due) for at, due in last if due is not None]
        return min([*shown, *to_come], default=None)

    def _shown_due(self, id: str) -> int | None:
        horizon = self._world.now - self._lag
        return next((due for at, due in reversed(self.due_index[id]) if at <= horizon), None)

    def _write(self, call: str, act: Callable[[], T]) -> T:
        """A write of DynamoDB's, as boto3 sends it: up to three times, and no copy can be called back."""
        return take_step(self._world, f"payments.{call}", ROW_WRITE, act, self.on_the_way)

    def _put(self, payment: Payment) -> None:
        before = self.stored.get(payment.id)
        super()._put(payment)
        self._changed(payment.id, before, payment)

    def _take_away(self, payment_id: str, left: Withdrawn) -> None:
        before = self.stored[payment_id]
        super()._take_away(payment_id, left)
        self._changed(payment_id, before, None)

    def _changed(self, id: str, before: Payment | None, after: Payment | None) -> None:
        self.stream.setdefault(id, []).append((before, after))
        self.due_index.setdefault(id, []).append((self._world.now, after.follow_up_at if after else None))
        for watcher in self._watchers:
            watcher(before, after)
