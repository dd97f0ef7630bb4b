"""What a 2xx answer of Payroc comes to.

201 doesn't mean approved: `transactionResult` says what happened. Only combinations of code and status
that are understood are believed; unknown fields are ignored, anything else is `Unknown`.
"""

from typing import TypeVar

import msgspec

from tollgate.adapters.payroc.failures import decline
from tollgate.domain.outcome import Approved, Declined, Failure, Outcome, Unknown

# In the open batch to be settled, or further. `pending` is held out of settlement: authorized, not taken.
_TAKEN = frozenset({"ready", "complete", "accepted"})
_AUTHORIZED = _TAKEN | {"pending"}
_REVERSED = frozenset({"reversal"})
_DECLINED = frozenset({"declined", "referral", "pickup"})


class _Result(msgspec.Struct, rename="camel"):
    status: str
    response_code: str
    processor_response_code: str | None = None
    authorized_amount: int | None = None


class _SecurityChecks(msgspec.Struct, rename="camel"):
    cvv_result: str | None = None
    avs_result: str | None = None


class _Card(msgspec.Struct, rename="camel"):
    security_checks: _SecurityChecks | None = None


class _Order(msgspec.Struct):
    amount: int


class _Payment(msgspec.Struct, rename="camel"):
    payment_id: str
    order: _Order
    transaction_result: _Result
    card: _Card | None = None


class _Refund(msgspec.Struct, rename="camel"):
    refund_id: str
    date_time: str
    amount: int
    status: str
    response_code: str


class _Refunded(msgspec.Struct):
    refunds: list[_Refund]


T = TypeVar("T", _Payment, _Refunded)


def authorization(content: bytes, amount: int, *, captured: bool) -> Outcome:
    """Of a new payment of `amount`. A partial approval, which is never asked for, is `Unknown`."""
    payment = _decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    if payment.transaction_result.authorized_amount not in (None, amount):
        approved: Outcome = Unknown("the processor approved another amount")
    else:
        approved = Approved(payment.payment_id, amount)
    return _outcome(payment, _TAKEN if captured else _AUTHORIZED, approved)


def capture(content: bytes, amount: int) -> Outcome:
    """Of a capture of `amount`."""
    payment = _decode(content, _Payment)
    return _outcome(payment, _TAKEN, Approved(payment.payment_id, amount)) if payment else _UNREADABLE


def reversal(content: bytes) -> Outcome:
    """Of the reversal of a whole payment."""
    payment = _decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    return _outcome(payment, _REVERSED, Approved(payment.payment_id, payment.order.amount))


def refund(content: bytes, amount: int) -> Outcome:
    """Of a refund of `amount`: the newest entry of that amount is ours, as one refund runs at a time."""
    refunded = _decode(content, _Refunded)
    if refunded is None:
        return _UNREADABLE
    ours = [entry for entry in reversed(refunded.refunds) if entry.amount == amount]
    if not ours:
        return Unknown("the processor's answer doesn't show the refund")
    entry = max(ours, key=lambda entry: entry.date_time)
    if entry.response_code == "A" and entry.status in _AUTHORIZED:
        return Approved(entry.refund_id, amount)
    if entry.response_code in ("D", "R", "C") and entry.status in _DECLINED:
        return Declined(decline(entry.response_code, None, cvv=None, avs=None))
    return _NOT_UNDERSTOOD


_UNREADABLE = Unknown("the processor's answer can't be read")
_NOT_UNDERSTOOD = Unknown("the processor's result is not understood")


def _outcome(payment: _Payment, approvals: frozenset[str], approved: Outcome) -> Outcome:
    result = payment.transaction_result
    if result.response_code == "A" and result.status in approvals:
        return approved
    if result.response_code in ("D", "R", "C") and result.status in _DECLINED:
        return Declined(_failure(payment))
    return _NOT_UNDERSTOOD


def _failure(payment: _Payment) -> Failure:
    result = payment.transaction_result
    checks = (payment.card and payment.card.security_checks) or _SecurityChecks()
    return decline(
        result.response_code,
        result.processor_response_code,
        cvv=checks.cvv_result,
        avs=checks.avs_result,
    )


def _decode(content: bytes, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
