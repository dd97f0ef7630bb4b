"""What our payments and the processor's books disagree about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tollgate.domain.audit import Action, Audit, AuditOutcome, Exchange, Resource
from tollgate.domain.balance import Status
from tollgate.domain.evidence import Possible, Trace, TraceStatus
from tollgate.domain.identifiers import derived_id
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment


class DifferenceKind(StrEnum):
    """`missing`: ours is approved, the books have no such charge. `extra`: a charge in the books that isn't
    ours, or a second one under our order id. `amount`: authorized or captured differ. `refunded_elsewhere`:
    given back differs. `expired`, `reversed_elsewhere`: the books say that the money is no longer held.
    `open`: an operation has had no outcome for more than a day."""

    MISSING = "missing"
    EXTRA = "extra"
    AMOUNT = "amount"
    REFUNDED_ELSEWHERE = "refunded_elsewhere"
    EXPIRED = "expired"
    REVERSED_ELSEWHERE = "reversed_elsewhere"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Amounts:
    """In minor units. `authorized` is 0 once the authorization is void, reversed or expired."""

    authorized: int
    captured: int
    refunded: int
    currency: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement. `reference` is the processor's id; `payment_id` is None for a charge that belongs to
    no payment of ours. `ours` and `books` are None where there is no such charge."""

    kind: DifferenceKind
    payment_id: str | None
    reference: str | None
    ours: Amounts | None
    books: Amounts | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`open`: how many payments were left out, as an operation on them has no outcome yet."""

    differences: tuple[Difference, ...]
    open: int


CONFLICT = 409
"""The records' `response.status`: HTTP's word for two states that don't agree."""

CHARGES = frozenset({TraceStatus.APPROVED, TraceStatus.HELD, TraceStatus.UNKNOWN})
"""Money may have moved: what the books don't say clearly is looked at by somebody."""


def compare(payments: Iterable[Payment], traces: Iterable[Trace]) -> Comparison:
    """Compare payments of one processor account with traces from its books.

    To be complete: every payment that owns one of the traces, and every trace of each payment. Whether a
    charge is ours says the processor's reference, not the order id alone.
    """
    by_order: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        by_order[trace.order_id].append(trace)
    differences: list[Difference] = []
    open_payments = 0
    for payment in payments:
        found = by_order.pop(payment.id, [])
        if payment.latest.resolved:
            differences.extend(_of_payment(payment, found))
        else:
            open_payments += 1
    orphans = (trace for found in by_order.values() for trace in found)
    differences.extend(_extra(None, orphans))
    return Comparison(tuple(differences), open_payments)


def open_difference(payment: Payment, traces: Sequence[Trace]) -> Difference:
    """Of a payment whose latest operation has been open for too long, whatever the books say."""
    reference = payment.processor_reference
    own = next((trace for trace in traces if trace.reference == reference), next(iter(traces), None))
    return Difference(DifferenceKind.OPEN, payment.id, reference, _ours(payment), own and _books(own))


def difference_record(difference: Difference, merchant_id: str, by: Exchange, now: int) -> Audit:
    """The record for the merchant's trail. The same difference has the same id, whenever it is found."""
    ids = tuple(id for id in (difference.payment_id, difference.reference) if id)
    resource = Resource("payment", difference.payment_id)
    if difference.kind is DifferenceKind.EXTRA:
        resource = Resource("processor_payment", difference.reference)
    return Audit(
        id=derived_id("aud_", difference.kind.value, *ids, _text(difference.ours), _text(difference.books)),
        merchant_id=merchant_id,
        at=now,
        exchange=by,
        action=Action.RECONCILIATION_DIFFERENCE,
        resource=resource,
        outcome=AuditOutcome.FAILURE,
        status=CONFLICT,
        ids=ids,
    )


def _of_payment(payment: Payment, traces: Sequence[Trace]) -> Iterator[Difference]:
    reference = payment.processor_reference
    if reference is not None:
        own = next((trace for trace in traces if trace.reference == reference), None)
        for kind in _kinds(payment, own):
            yield Difference(kind, payment.id, reference, _ours(payment), own and _books(own))
    ours = {reference, *(trace.reference for trace in traces if _released(payment, trace))}
    yield from _extra(payment.id, (trace for trace in traces if trace.reference not in ours))


def _released(payment: Payment, trace: Trace) -> bool:
    """Whether it is a charge that might not stand, and all of it was given back by us."""
    targets = {each.target for each in payment.operations if isinstance(each.outcome, Approved)}
    return trace.reference in targets and trace.refunded > 0 and trace.kept == 0


def _extra(payment_id: str | None, traces: Iterable[Trace]) -> Iterator[Difference]:
    for trace in traces:
        if trace.status in CHARGES:
            yield Difference(DifferenceKind.EXTRA, payment_id, trace.reference, None, _books(trace))


def _kinds(payment: Payment, own: Trace | None) -> list[DifferenceKind]:
    if own is None or own.status is TraceStatus.DECLINED:
        return [DifferenceKind.MISSING]
    ours, books = _ours(payment), _books(own)
    if own.status in CHARGES:
        return [*_amounts(ours, books), *([DifferenceKind.EXPIRED] if _run_out(payment, own) else [])]
    if _nothing_held(payment):
        return []
    expired = own.status is TraceStatus.EXPIRED
    return [DifferenceKind.EXPIRED if expired else DifferenceKind.REVERSED_ELSEWHERE]


def _amounts(ours: Amounts, books: Amounts) -> Iterator[DifferenceKind]:
    """A completion that was reversed in part shows less captured, and nothing given back."""
    less = ours.captured - books.captured
    reversed_ = less if 0 < less == ours.refunded - books.refunded else 0
    charged = (ours.authorized, ours.captured - reversed_, ours.currency)
    if charged != (books.authorized, books.captured, books.currency):
        yield DifferenceKind.AMOUNT
    if ours.refunded - reversed_ != books.refunded:
        yield DifferenceKind.REFUNDED_ELSEWHERE


def _run_out(payment: Payment, own: Trace) -> bool:
    """Whether the rest of an authorization can't be captured any more."""
    left = payment.balance.status is Status.PARTIALLY_CAPTURED
    return left and own.allows(Possible.CAPTURE) is False


def _nothing_held(payment: Payment) -> bool:
    """Void, expired or all given back: in an open batch the processor reverses what is to be refunded."""
    balance = payment.balance
    return balance.capturable == 0 and balance.captured == balance.refunded


def _ours(payment: Payment) -> Amounts:
    balance = payment.balance
    held = balance.status not in {Status.CANCELED, Status.EXPIRED}
    authorized = balance.authorized if held else 0
    return Amounts(authorized, balance.captured, balance.refunded, payment.terms.currency)


def _books(trace: Trace) -> Amounts:
    authorized = trace.authorized if trace.status in CHARGES else 0
    return Amounts(authorized, trace.captured, trace.refunded, trace.currency)


def _text(amounts: Amounts | None) -> str:
    if amounts is None:
        return ""
    return f"{amounts.authorized}/{amounts.captured}/{amounts.refunded} {amounts.currency}"
