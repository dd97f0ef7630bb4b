"""What was captured of a payment, and until when more can be."""

from dataclasses import dataclass

from tollgate.domain.identifiers import derived_id
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import CaptureMethod, Payment

AUTHORIZATION_MILLISECONDS = 7 * 86_400_000
"""How long an authorization is good for: the card schemes' shortest rule. The processor shows no date."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Money that was taken. `amount` in minor units, `at` in milliseconds, UTC."""

    id: str
    amount: int
    at: int


def captures_of(payment: Payment) -> tuple[Capture, ...]:
    """The payment's captures, oldest first. One that is authorized and captured in one has one."""
    found: list[Capture] = []
    at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
    for each in payment.operations:
        if not isinstance(each.outcome, Approved):
            continue
        at = each.finished_at or each.started_at
        if each.kind is Kind.CAPTURE:
            found.append(Capture(each.id, each.outcome.amount, at))
        elif each.kind is Kind.AUTHORIZE and at_once:
            found.append(Capture(derived_id("cap_", payment.id), each.outcome.amount, at))
    return tuple(found)


def expires_at(payment: Payment) -> int | None:
    """Until when (milliseconds, UTC) what is capturable can be captured; None when nothing is."""
    first = payment.operations[0]
    if not payment.balance.capturable or first.finished_at is None:
        return None
    return first.finished_at + AUTHORIZATION_MILLISECONDS
