"""A merchant's payments, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from tollgate.domain.balance import Status
from tollgate.domain.listing import Position, partitions, reference_partitions
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment
from tollgate.operations.page import CHUNK, READ_AT_MOST, Filter, Page, newest_first, page_of, span
from tollgate.ports import Payments


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """`created_from` inclusive, `created_to` exclusive, milliseconds. None keeps everything."""

    status: Status | None
    reference: str | None
    created_from: int | None
    created_to: int | None

    def keeps(self, payment: Payment) -> bool:
        status_fits = self.status is None or payment.balance.status is self.status
        return status_fits and self.reference in {None, payment.terms.reference}


def list_payments(
    merchant: Merchant, wanted: PaymentFilter, start: str | None, limit: int, now: int, payments: Payments
) -> Page[Payment]:
    """One page. `start` is the key that the page before ended with.

    Those with a reference are found by an index of theirs, however many others there are.
    """
    oldest = max(wanted.created_from or 0, merchant.created_at)
    newest = now + 1 if wanted.created_to is None else min(wanted.created_to, now + 1)
    limits = span(newest, oldest, start)

    def load(positions: Sequence[Position]) -> list[tuple[str, Payment]]:
        found = {each.id: each for each in payments.find_many(merchant.id, [p.id for p in positions])}
        return [(p.key, found[p.id]) for p in positions if p.id in found and wanted.keeps(found[p.id])]

    if wanted.reference is None:
        at_first = limit + 1 if wanted.status is None else CHUNK
        entries = newest_first(partitions(merchant), payments.newest, limits, at_first)
    else:
        named = reference_partitions(merchant, wanted.reference)
        entries = newest_first(named, payments.newest_with_reference, limits)
    return page_of(entries, Filter(load, lambda _: True, READ_AT_MOST), limit)
