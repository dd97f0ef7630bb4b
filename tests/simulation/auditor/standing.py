"""Where a payment stands, twice: as its stored operations say, and as the processor's list says."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.simulation.books import Effect, about, state_of
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import CaptureMethod, Payment

ABSORBING = {"declined", "failed", "canceled", "expired"}


@dataclass(frozen=True, slots=True)
class Standing:
    """All in minor units. `reserved`: in refunds that aren't known to have failed."""

    status: str
    authorized: int = 0
    captured: int = 0
    refunded: int = 0
    reserved: int = 0


def stored_standing(payment: Payment) -> Standing:
    """By the stored operations alone."""
    first, *later = payment.operations
    authorized = first.outcome.amount if isinstance(first.outcome, Approved) else 0
    at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
    captures = _approved(later, Kind.CAPTURE)
    return Standing(
        status=_status(first, captures, authorized, at_once=at_once, ended=_ended(later)),
        authorized=authorized,
        captured=authorized if at_once else _total(captures),
        refunded=_total(_approved(later, Kind.REFUND)),
        reserved=_total(e for e in later if e.kind is Kind.REFUND and not isinstance(e.outcome, Declined)),
    )


def processor_standing(effects: Iterable[Effect]) -> Standing:
    """By what took effect for one order. Of a reversed charge nothing stands; what it had taken went back."""
    by_payment: dict[str, list[Effect]] = {}
    for each in effects:
        by_payment.setdefault(about(each), []).append(each)
    payments = [each for each in map(state_of, by_payment.values()) if each is not None]
    left = [each for each in payments if not each.reversed and not (each.expired and not each.taken)]
    status = "charged" if left else "nothing"
    if payments and not left:
        status = "reversed" if any(each.reversed for each in payments) else "expired"
    return Standing(
        status,
        sum(each.charge.amount for each in left),
        sum(each.taken for each in payments),
        sum(each.taken - each.kept for each in payments),
    )


def _approved(operations: Iterable[Operation], kind: Kind) -> list[Operation]:
    return [each for each in operations if each.kind is kind and isinstance(each.outcome, Approved)]


def _ended(later: Iterable[Operation]) -> str | None:
    later = list(later)
    voided = [each for each in _approved(later, Kind.VOID) if each.target is None]
    return "expired" if _approved(later, Kind.EXPIRE) else "canceled" if voided else None


def _total(operations: Iterable[Operation]) -> int:
    return sum(each.amount for each in operations)


def _status(
    first: Operation, captures: list[Operation], authorized: int, *, at_once: bool, ended: str | None
) -> str:
    match first.outcome:
        case Approved() if at_once:
            return "captured"
        case Approved() if captures:
            kept = not (ended or any(each.final for each in captures)) and _total(captures) < authorized
            return "partially_captured" if kept else "captured"
        case Approved():
            return ended or "authorized"
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return "failed"
        case Declined():
            return "declined"
        case _:
            return "processing"
