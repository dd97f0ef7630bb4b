"""Where a payment stands, twice: as its stored operations say, and as the processor's list says."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.simulation.books import CHARGES, Effect
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import CaptureMethod, Payment

ABSORBING = {"declined", "failed", "canceled"}


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
        status=_status(
            first, captures, authorized, at_once=at_once, voided=bool(_approved(later, Kind.VOID))
        ),
        authorized=authorized,
        captured=authorized if at_once else _total(captures),
        refunded=_total(_approved(later, Kind.REFUND)),
        reserved=_total(e for e in later if e.kind is Kind.REFUND and not isinstance(e.outcome, Declined)),
    )


def processor_standing(effects: Iterable[Effect]) -> Standing:
    """By what took effect for one order. Reversed charges count as none."""
    effects = list(effects)
    reversed_ = {each.reference for each in effects if each.kind == "reversal"}
    standing = [each for each in effects if each.reference not in reversed_]

    def total(*kinds: str) -> int:
        return sum(each.amount for each in standing if each.kind in kinds)

    charged = any(each.kind in CHARGES for each in standing)
    status = "charged" if charged else "reversed" if reversed_ else "nothing"
    return Standing(status, total(*CHARGES), total("sale", "capture"), total("refund"))


def _approved(operations: Iterable[Operation], kind: Kind) -> list[Operation]:
    return [each for each in operations if each.kind is kind and isinstance(each.outcome, Approved)]


def _total(operations: Iterable[Operation]) -> int:
    return sum(each.amount for each in operations)


def _status(
    first: Operation, captures: list[Operation], authorized: int, *, at_once: bool, voided: bool
) -> str:
    match first.outcome:
        case Approved() if at_once:
            return "captured"
        case Approved() if captures:
            kept = not any(each.final for each in captures) and _total(captures) < authorized
            return "partially_captured" if kept else "captured"
        case Approved():
            return "canceled" if voided else "authorized"
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return "failed"
        case Declined():
            return "declined"
        case _:
            return "processing"
