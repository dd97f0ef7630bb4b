"""Operations that got their outcome: what metrics are made from."""

from dataclasses import dataclass

from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import CaptureMethod, Payment

SALE = "sale"
"""An authorization that also captures: what it approves has moved."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`operation`: its kind, or `SALE`. `outcome`: `approved`; `declined`, by the issuer; `failed`, at the
    processor. `amount` in minor units of `currency`."""

    operation: str
    outcome: str
    amount: int
    currency: str


def conclusions(before: Payment | None, after: Payment | None) -> tuple[Conclusion, ...]:
    """The operations that have their outcome in `after` and hadn't in `before`."""
    if after is None:
        return ()
    known = {each.id for each in before.operations if each.resolved} if before else set[str]()
    return tuple(
        _conclusion(after, each) for each in after.operations if each.resolved and each.id not in known
    )


def _conclusion(payment: Payment, operation: Operation) -> Conclusion:
    at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
    kind = SALE if operation.kind is Kind.AUTHORIZE and at_once else operation.kind.value
    return Conclusion(kind, _outcome(operation), operation.amount, payment.terms.currency)


def _outcome(operation: Operation) -> str:
    match operation.outcome:
        case Approved():
            return "approved"
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return "failed"
        case _:
            return "declined"
