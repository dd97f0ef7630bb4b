"""Payments in memory, with the conditions of the table: no stricter, or tests would pass that mustn't."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import RLock
from typing import TypeVar

from tollgate.domain.listing import (
    Due,
    Position,
    due_shard,
    first_partition,
    partition,
    position,
    reference_partition,
)
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment
from tollgate.ports import PaymentGone, Taken

T = TypeVar("T")
RACES = 4


@dataclass(frozen=True)
class Withdrawn:
    """What stays of a payment that was withdrawn."""

    merchant_id: str
    version: int


class FakePayments:
    """The `Payments` and `AllPayments` ports. Every method is atomic, as single-item writes are.

    `stored`: the payments that can be found. `gone`: those that had to be put back.
    """

    def __init__(self) -> None:
        self.stored: dict[str, Payment] = {}
        self.withdrawn: dict[str, Withdrawn] = {}
        self.gone: list[str] = []
        self._places: dict[str, tuple[str, str | None, Position]] = {}
        self._lock = RLock()

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        payment = self.stored.get(payment_id)
        return payment if payment and payment.merchant_id == merchant_id else None

    def add(self, payment: Payment, merchant: Merchant) -> Payment | Taken:
        listing = partition(merchant, payment.created_at, payment.id)
        after: int | None = None
        for _ in range(RACES):
            row = self._write("add", partial(self._put_new, payment, listing, after))
            if row is None:
                return payment
            if isinstance(row, Payment):
                return row if row == payment else Taken(row)
            payment, after = payment.after_withdrawal(row.version), row.version
        raise RuntimeError("withdrawn again and again")

    def save(self, payment: Payment) -> bool:
        row = self._write("save", partial(self._change, payment))
        return row is None or row == payment

    def withdraw(self, payment: Payment) -> None:
        self._write("withdraw", partial(self._take_back, payment))

    def put_back(self, payment: Payment) -> Payment | None:
        self.gone.append(payment.id)
        row = self._write("put_back", partial(self._return, payment))
        return row if row.operations == payment.operations else None

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        return [found for each in payment_ids if (found := self.find(merchant_id, each))]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return _newest([p for name, _, p in self._places.values() if name == partition], below, above, limit)

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return _newest([p for _, ref, p in self._places.values() if ref == partition], below, above, limit)

    def load(self, payment_id: str) -> Payment | None:
        return self.stored.get(payment_id)

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        waiting = [
            Due(each.id, each.follow_up_at)
            for each in self.stored.values()
            if due_shard(each.id) == shard and each.follow_up_at is not None and each.follow_up_at <= now
        ]
        return sorted(waiting, key=lambda each: each.at)[:limit]

    def _write(self, _call: str, act: Callable[[], T]) -> T:
        """One write of DynamoDB's: as often and as late as it comes, its condition decides."""
        with self._lock:
            return act()

    def _put_new(self, payment: Payment, listing: str, after: int | None) -> Payment | Withdrawn | None:
        """For an id without a row, or (`after`) with the row of a version. Else the row there."""
        row = self.stored.get(payment.id) or self.withdrawn.get(payment.id)
        fits = row is None if after is None else _is(row, payment.merchant_id, after)
        if not fits:
            return row
        self._list(payment, listing)
        self._put(payment)
        return None

    def _change(self, payment: Payment) -> Payment | Withdrawn | None:
        """The last two operations alone, as the update expression does. Else the row that it isn't for."""
        row = self._row(payment)
        if not _is(row, payment.merchant_id, payment.version - 1):
            return row
        assert isinstance(row, Payment)
        place = max(0, len(payment.operations) - 2)
        after = row.operations[len(payment.operations) :]
        operations = (*row.operations[:place], *payment.operations[place:], *after)
        self._put(replace(row, operations=operations, version=payment.version))
        return None

    def _take_back(self, payment: Payment) -> None:
        row, version = self._row(payment), payment.version + 1
        if not _is(row, payment.merchant_id, payment.version):
            return
        assert isinstance(row, Payment)
        place = len(payment.operations) - 1
        operations = (*row.operations[:place], *row.operations[place + 1 :])
        if operations:
            self._put(replace(row, operations=operations, version=version))
            return
        self._places.pop(payment.id)
        self._take_away(payment.id, Withdrawn(payment.merchant_id, version))

    def _return(self, payment: Payment) -> Payment:
        there = self.stored.get(payment.id)
        if there is not None:
            return there
        before = self.withdrawn.get(payment.id)
        back = payment.after_withdrawal(before.version if before else payment.version - 1)
        self._list(back, first_partition(payment.merchant_id))
        self._put(back)
        return back

    def _row(self, payment: Payment) -> Payment | Withdrawn:
        row = self.stored.get(payment.id) or self.withdrawn.get(payment.id)
        if row is None:
            raise PaymentGone(payment.id)
        return row

    def _list(self, payment: Payment, name: str) -> None:
        known, place = payment.terms.reference, Position(payment.id, position(payment.created_at, payment.id))
        reference = known and reference_partition(payment.merchant_id, known, name)
        self._places[payment.id] = name, reference, place

    def _put(self, payment: Payment) -> None:
        self.withdrawn.pop(payment.id, None)
        self.stored[payment.id] = payment

    def _take_away(self, payment_id: str, left: Withdrawn) -> None:
        del self.stored[payment_id]
        self.withdrawn[payment_id] = left


def _is(row: Payment | Withdrawn | None, merchant_id: str, version: int) -> bool:
    """The condition of every write but an id's first."""
    return row is not None and (row.merchant_id, row.version) == (merchant_id, version)


def _newest(positions: list[Position], below: str, above: str, limit: int) -> list[Position]:
    inside = [each for each in positions if above <= each.key < below]
    return sorted(inside, key=lambda each: each.key, reverse=True)[:limit]
