"""The `payments` table: the conditions of its writes, its lagging index and its stream."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.simulation.world import World
from tollgate.domain.listing import Due, Position, due_shard
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment

Change = tuple[Payment | None, Payment | None]
"""A payment before and after it."""


class PaymentTable:
    """The `Payments` and `AllPayments` ports. `lag`: milliseconds until the due index shows a change."""

    def __init__(self, world: World, lag: int) -> None:
        self.items: dict[str, Payment] = {}
        self.stream: dict[str, list[Change]] = {}
        self._world = world
        self._lag = lag
        self.due_index: dict[str, list[tuple[int, int | None]]] = {}
        self._watchers: list[Callable[[Payment | None, Payment | None], None]] = []

    def watch(self, watcher: Callable[[Payment | None, Payment | None], None]) -> None:
        """Have every change told."""
        self._watchers.append(watcher)

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        payment = self.items.get(payment_id)
        return payment if payment and payment.merchant_id == merchant_id else None

    def load(self, payment_id: str) -> Payment | None:
        return self.items.get(payment_id)

    def add(self, payment: Payment, merchant: Merchant) -> Payment | None:
        assert payment.merchant_id == merchant.id
        taken = self.items.get(payment.id)
        if taken is None:
            self._put(payment.id, payment)
            return None
        return None if taken == payment else taken

    def save(self, payment: Payment) -> bool:
        """Writes the latest operation alone, as the update expression does."""
        stored = self.find(payment.merchant_id, payment.id)
        if stored is None or stored.version != payment.version - 1:
            return stored == payment
        place = len(payment.operations) - 1
        operations = (*stored.operations[:place], payment.latest, *stored.operations[place + 1 :])
        self._put(payment.id, replace(stored, operations=operations, version=payment.version))
        return True

    def withdraw(self, payment: Payment) -> None:
        stored = self.find(payment.merchant_id, payment.id)
        if stored is None or stored.version != payment.version:
            return
        if len(payment.operations) == 1:
            self._put(payment.id, None)
            return
        place = len(payment.operations) - 1
        operations = (*stored.operations[:place], *stored.operations[place + 1 :])
        self._put(payment.id, replace(stored, operations=operations, version=payment.version + 1))

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        return [found for each in payment_ids if (found := self.find(merchant_id, each))]

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

    def _put(self, id: str, after: Payment | None) -> None:
        before = self.items.get(id)
        if after is None:
            del self.items[id]
        else:
            self.items[id] = after
        self.stream.setdefault(id, []).append((before, after))
        self.due_index.setdefault(id, []).append((self._world.now, after.follow_up_at if after else None))
        for watcher in self._watchers:
            watcher(before, after)
