"""Payments in memory, with the conditions of the table."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from tollgate.domain.listing import Due, Position, due_shard, partition, position, reference_partition
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment


class FakePayments:
    """The `Payments` port. Every method is atomic, as single-item writes are."""

    def __init__(self) -> None:
        self.stored: dict[str, Payment] = {}
        self._partitions: dict[str, list[Position]] = {}
        self._references: dict[str, list[Position]] = {}
        self._lock = Lock()

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        payment = self.stored.get(payment_id)
        return payment if payment and payment.merchant_id == merchant_id else None

    def add(self, payment: Payment, merchant: Merchant) -> Payment | None:
        with self._lock:
            taken = self.stored.get(payment.id)
            if taken is not None:
                return None if taken == payment else taken
            self.stored[payment.id] = payment
            name = partition(merchant, payment.created_at, payment.id)
            key = position(payment.created_at, payment.id)
            self._partitions.setdefault(name, []).append(Position(payment.id, key))
            if payment.terms.reference:
                named = reference_partition(merchant.id, payment.terms.reference, name)
                self._references.setdefault(named, []).append(Position(payment.id, key))
            return None

    def save(self, payment: Payment) -> bool:
        with self._lock:
            stored = self.find(payment.merchant_id, payment.id)
            if stored is not None and stored.version == payment.version - 1:
                self.stored[payment.id] = payment
                return True
            return stored == payment

    def withdraw(self, payment: Payment) -> None:
        with self._lock:
            if self.stored.get(payment.id) != payment:
                return
            if len(payment.operations) > 1:
                self.stored[payment.id] = replace(
                    payment, operations=payment.operations[:-1], version=payment.version + 1
                )
                return
            del self.stored[payment.id]
            for positions in self._partitions.values():
                positions[:] = [each for each in positions if each.id != payment.id]

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        return [found for each in payment_ids if (found := self.find(merchant_id, each))]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return _newest(self._partitions.get(partition, []), below, above, limit)

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return _newest(self._references.get(partition, []), below, above, limit)

    def load(self, payment_id: str) -> Payment | None:
        return self.stored.get(payment_id)

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        waiting = [
            Due(each.id, each.follow_up_at)
            for each in self.stored.values()
            if due_shard(each.id) == shard and each.follow_up_at is not None and each.follow_up_at <= now
        ]
        return sorted(waiting, key=lambda each: each.at)[:limit]


def _newest(positions: list[Position], below: str, above: str, limit: int) -> list[Position]:
    inside = [each for each in positions if above <= each.key < below]
    return sorted(inside, key=lambda each: each.key, reverse=True)[:limit]
