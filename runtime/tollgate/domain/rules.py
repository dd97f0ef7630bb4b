"""Which operation a payment allows now. Each rule answers with the amount, or refuses."""

from tollgate.domain.balance import Status
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Declined
from tollgate.domain.payment import Payment

MAX_CAPTURES = 10
MAX_REFUNDS = 50


def amount_to_capture(payment: Payment, asked: int | None, *, final: bool) -> int:
    """What a capture takes: `asked`, or all that is capturable. Minor units.

    Raises `Refusal`: `invalid_state`, `amount_exceeds_capturable`, `multiple_captures_unsupported`.
    """
    balance = payment.balance
    if balance.status not in {Status.AUTHORIZED, Status.PARTIALLY_CAPTURED}:
        raise _invalid_state(f"A payment that is {balance.status.value} can't be captured.")
    if _count(payment, Kind.CAPTURE) >= MAX_CAPTURES:
        raise _invalid_state(f"A payment has at most {MAX_CAPTURES} captures.")
    amount = balance.capturable if asked is None else asked
    if amount > balance.capturable:
        raise _exceeds(Code.AMOUNT_EXCEEDS_CAPTURABLE, f"At most {balance.capturable} can be captured.")
    if not final and not payment.multiple_captures:
        raise Refusal(
            Code.MULTIPLE_CAPTURES_UNSUPPORTED,
            "The merchant's processor takes one capture a payment.",
            (FieldError("/final", "Must be true."),),
        )
    return amount


def amount_to_void(payment: Payment) -> int:
    """What a void releases. Raises `Refusal` (`invalid_state`) unless the payment is authorized."""
    balance = payment.balance
    if balance.status is not Status.AUTHORIZED:
        raise _invalid_state(f"A payment that is {balance.status.value} can't be voided.")
    return balance.capturable


def amount_to_refund(payment: Payment, asked: int | None) -> int:
    """What a refund gives back: `asked`, or all that is refundable. Minor units.

    Raises `Refusal`: `invalid_state`, `amount_exceeds_refundable`. Refunds without an outcome count as
    given: what may have been paid back can't be paid back again.
    """
    balance = payment.balance
    if balance.status not in {Status.CAPTURED, Status.PARTIALLY_CAPTURED}:
        raise _invalid_state(f"A payment that is {balance.status.value} can't be refunded.")
    if _count(payment, Kind.REFUND) >= MAX_REFUNDS:
        raise _invalid_state(f"A payment has at most {MAX_REFUNDS} refunds.")
    amount = balance.refundable if asked is None else asked
    if amount > balance.refundable or amount == 0:
        raise _exceeds(Code.AMOUNT_EXCEEDS_REFUNDABLE, f"At most {balance.refundable} can be refunded.")
    return amount


def _count(payment: Payment, kind: Kind) -> int:
    """Those that took effect or may have."""
    return sum(each.kind is kind and not isinstance(each.outcome, Declined) for each in payment.operations)


def _invalid_state(detail: str) -> Refusal:
    return Refusal(Code.INVALID_STATE, detail)


def _exceeds(code: Code, detail: str) -> Refusal:
    return Refusal(code, detail, (FieldError("/amount", detail),))
