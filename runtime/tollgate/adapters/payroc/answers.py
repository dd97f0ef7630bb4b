"""What a 2xx answer of Payroc comes to.

201 doesn't mean approved: `transactionResult` says what happened. What isn't understood is `Unknown`.
"""

import msgspec

from tollgate.adapters.payroc.failures import decline
from tollgate.adapters.payroc.results import AUTHORIZED, REVERSED, TAKEN, Refund, Result, decode
from tollgate.domain.outcome import Approved, Declined, Failure, Outcome, Unknown


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
    transaction_result: Result
    card: _Card | None = None


class _Refunded(msgspec.Struct):
    refunds: list[Refund]


def authorization(content: bytes, amount: int, *, captured: bool) -> Outcome:
    """Of a new payment of `amount`. A partial approval is approved with the part."""
    payment = decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    result, statuses = payment.transaction_result, TAKEN if captured else AUTHORIZED
    part = result.authorized_amount
    if result.response_code == "P" and result.status in statuses and part is not None and 0 < part < amount:
        return Approved(payment.payment_id, part)
    if part not in (None, amount):
        return _outcome(payment, statuses, Unknown("the processor approved another amount"))
    return _outcome(payment, statuses, Approved(payment.payment_id, amount))


def capture(content: bytes, amount: int) -> Outcome:
    """Of a capture of `amount`."""
    payment = decode(content, _Payment)
    return _outcome(payment, TAKEN, Approved(payment.payment_id, amount)) if payment else _UNREADABLE


def reversal(content: bytes) -> Outcome:
    """Of the reversal of a whole payment, of which the issuer may have approved a part only."""
    payment = decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    result = payment.transaction_result
    if result.response_code == "P" and result.status in REVERSED:
        return Approved(payment.payment_id, result.authorized_amount or payment.order.amount)
    return _outcome(payment, REVERSED, Approved(payment.payment_id, payment.order.amount))


def refund(content: bytes, amount: int) -> Outcome:
    """Of a refund of `amount`: the newest entry of that amount is ours, as one refund runs at a time."""
    refunded = decode(content, _Refunded)
    if refunded is None:
        return _UNREADABLE
    ours = [entry for entry in reversed(refunded.refunds) if entry.amount == amount]
    if not ours:
        return Unknown("the processor's answer doesn't show the refund")
    entry = max(ours, key=lambda entry: entry.date_time)
    if entry.succeeded:
        return Approved(entry.refund_id, amount)
    if entry.declined:
        return Declined(decline(entry.response_code, None, cvv=None, avs=None))
    return _NOT_UNDERSTOOD


_UNREADABLE = Unknown("the processor's answer can't be read")
_NOT_UNDERSTOOD = Unknown("the processor's result is not understood")


def _outcome(payment: _Payment, approvals: frozenset[str], approved: Outcome) -> Outcome:
    result = payment.transaction_result
    if result.response_code == "A" and result.status in approvals:
        return approved
    if result.declined:
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
