"""What a 2xx answer of Payroc comes to.

201 doesn't mean approved: `transactionResult` says what happened. What isn't understood is `Unknown`; what
is, but isn't what was asked for, is `InDoubt`.
"""

from collections.abc import Set

import msgspec

from tollgate.adapters.payroc.failures import decline
from tollgate.adapters.payroc.results import AUTHORIZED, REVERSED, TAKEN, Refund, Result, decode
from tollgate.domain import instruction
from tollgate.domain.charge import Charge
from tollgate.domain.outcome import Approved, Declined, Failure, InDoubt, Outcome, Unknown


class _SecurityChecks(msgspec.Struct, rename="camel"):
    cvv_result: str | None = None
    avs_result: str | None = None


class _Card(msgspec.Struct, rename="camel"):
    security_checks: _SecurityChecks | None = None


class _Order(msgspec.Struct):
    amount: int
    currency: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    payment_id: str
    order: _Order
    transaction_result: Result
    card: _Card | None = None


class _Refunded(_Payment, rename="camel", kw_only=True):
    refunds: list[Refund]


_UNREADABLE = Unknown("the processor's answer can't be read")
_NOT_UNDERSTOOD = Unknown("the processor's result is not understood")
_NOT_SHOWN = Unknown("the processor's answer doesn't show the effect")
_ALL_OF_IT = InDoubt("the processor reversed the whole payment, of which a part was to be given back")


def authorization(content: bytes, asked: Charge) -> Outcome:
    """Of a new payment. A partial approval is approved with the part."""
    payment = decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    result, statuses = payment.transaction_result, TAKEN if asked.capture else AUTHORIZED
    part = result.authorized_amount
    if result.response_code == "P":
        approved = part is not None and 0 < part < asked.amount and result.status in statuses
        return _checked(payment, asked.currency, Approved(payment.payment_id, part or 0), approved=approved)
    amounts = {payment.order.amount, asked.amount if part is None else part}
    return _outcome(payment, statuses, asked.currency, _as_asked(payment, asked.amount, amounts))


def capture(content: bytes, asked: instruction.Capture) -> Outcome:
    """Of a capture. The answer shows its amount, or all that is captured by now."""
    payment = decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    shown = payment.transaction_result.authorized_amount
    fits = shown in {None, asked.amount, asked.before + asked.amount}
    return _outcome(
        payment, TAKEN, asked.currency, _as_asked(payment, asked.amount, {asked.amount if fits else shown})
    )


def reversal(content: bytes, asked: instruction.Reversal) -> Outcome:
    """Of a reversal. After one in part the payment goes to settlement with what is left."""
    payment = decode(content, _Payment)
    if payment is None:
        return _UNREADABLE
    result, done = payment.transaction_result, Approved(payment.payment_id, asked.amount)
    if result.status in REVERSED and result.response_code in {"A", "P"}:
        outcome = done if asked.left == 0 or not asked.part else _ALL_OF_IT
        return _checked(payment, asked.currency, outcome)
    if not asked.part:
        return _outcome(payment, REVERSED, asked.currency, done)
    shown = asked.left == result.authorized_amount
    return _outcome(payment, TAKEN, asked.currency, done if shown else _NOT_SHOWN)


def refund(content: bytes, asked: instruction.Refund) -> Outcome:
    """Of a refund: its entry is the one of that amount that isn't known to be another's. In an open batch
    there is none: the payment is reversed."""
    refunded = decode(content, _Refunded)
    if refunded is None:
        return _UNREADABLE
    if refunded.transaction_result.status in REVERSED:
        done = Approved(refunded.payment_id, asked.amount)
        return _checked(refunded, asked.currency, _ALL_OF_IT if asked.left else done)
    entries = [each for each in refunded.refunds if each.refund_id not in asked.taken]
    ours = [each for each in entries if each.amount == asked.amount]
    if len(ours) != 1:
        return Unknown(f"the processor's answer shows {len(ours) or 'no'} refunds that may be this one")
    entry = ours[0]
    if entry.currency not in (None, asked.currency):
        return _another_currency(entry.currency, asked.currency)
    if entry.succeeded:
        return _checked(refunded, asked.currency, Approved(entry.refund_id, asked.amount))
    if entry.declined:
        return Declined(decline(entry.response_code, None, cvv=None, avs=None))
    return _NOT_UNDERSTOOD


def _outcome(payment: _Payment, approvals: frozenset[str], currency: str, approved: Outcome) -> Outcome:
    result = payment.transaction_result
    if result.declined:
        return Declined(_failure(payment))
    understood = result.response_code == "A" and result.status in approvals
    return _checked(payment, currency, approved, approved=understood)


def _checked(payment: _Payment, currency: str, outcome: Outcome, *, approved: bool = True) -> Outcome:
    """The outcome, if it is one, and in the currency that was asked for."""
    if not approved:
        return _NOT_UNDERSTOOD
    for shown in (payment.order.currency, payment.transaction_result.currency):
        if shown not in (None, currency):
            return _another_currency(shown, currency)
    return outcome


def _as_asked(payment: _Payment, asked: int, shown: Set[int | None]) -> Outcome:
    if shown == {asked}:
        return Approved(payment.payment_id, asked)
    others = ", ".join(str(each) for each in sorted(shown - {asked}, key=str))
    return InDoubt(f"the processor approved {others}, where {asked} was asked for")


def _another_currency(shown: str | None, asked: str) -> InDoubt:
    return InDoubt(f"the processor answered in {shown!r:.8}, where {asked} was asked for")


def _failure(payment: _Payment) -> Failure:
    result = payment.transaction_result
    checks = (payment.card and payment.card.security_checks) or _SecurityChecks()
    return decline(
        result.response_code,
        result.processor_response_code,
        cvv=checks.cvv_result,
        avs=checks.avs_result,
    )
