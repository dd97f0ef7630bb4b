"""What each POST on payments does: check, decide, and say what is to be written."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from local.simulator.issuer import APPROVED, DECLINED, decide
from local.simulator.ledger import Answer, Effect, Ledger, Transaction
from local.simulator.payment import MaskedCard, Payment, Refund, captured, expired, refunded, reversed_
from local.simulator.problems import invalid
from local.simulator.submission import (
    CaptureSubmission,
    KeyedCard,
    PaymentSubmission,
    RefundSubmission,
    ReversalSubmission,
    check_luhn,
    parse,
)
from local.simulator.wire import payment_body

_SCHEMES = {"3": "Amex", "4": "Visa", "5": "MasterCard", "6": "Discover"}


@dataclass(frozen=True, slots=True)
class Command:
    """One POST. `declined` is a test's wish that a valid request be declined."""

    key: str
    payment_id: str
    body: bytes
    declined: bool


Operation = Callable[[Ledger, Command], Effect]


def create(_: Ledger, command: Command) -> Effect:
    """Authorize or sell. A decline is a payment too, and is answered with 201."""
    submission = parse(command.body, PaymentSubmission)
    check_luhn(submission.card)
    order, now = submission.order, datetime.now(UTC)
    decision = decide(submission.card, order.amount, year=now.year, month=now.month)
    if command.declined:
        decision = DECLINED
    payment = Payment(
        id=secrets.token_hex(5).upper(),
        terminal=submission.processing_terminal_id,
        order_id=order.order_id,
        amount=order.amount,
        currency=order.currency,
        description=order.description,
        card=_masked(submission.card),
        decision=decision,
        pre_authorized=not submission.auto_capture,
        at=_timestamp(now),
        captured=decision.of(order.amount) if submission.auto_capture else 0,
    )
    kind = "sale" if submission.auto_capture else "authorization"
    transaction = _transaction(kind, payment, payment.authorized, command) if decision.approved else None
    return Effect(Answer(201, payment_body(payment)), payment, transaction)


def capture(ledger: Ledger, command: Command) -> Effect:
    """Take all or a part of a pre-authorization; more parts may follow until it is used up."""
    submission = parse(command.body, CaptureSubmission)
    before = ledger.payment(command.payment_id)
    if submission.processing_terminal_id not in (None, before.terminal):
        raise invalid("processingTerminalId", "The payment belongs to another terminal")
    after = captured(before, submission.amount)
    return _change("capture", before, after, after.captured - before.captured, command)


def expire(ledger: Ledger, payment_id: str) -> Effect:
    """The authorization expires: nobody asks for it, and no money moves."""
    payment = expired(ledger.payment(payment_id))
    return Effect(Answer(200, payment_body(payment)), payment)


def reverse(ledger: Ledger, command: Command) -> Effect:
    """Release a pre-authorization or take a sale out of the open batch."""
    submission = parse(command.body, ReversalSubmission)
    before = ledger.payment(command.payment_id)
    after = reversed_(before, submission.amount)
    return _change("reversal", before, after, before.authorized, command)


def refund(ledger: Ledger, command: Command) -> Effect:
    """Give captured money back. Payroc reverses in an open batch instead; here it is always a refund."""
    submission = parse(command.body, RefundSubmission)
    before = ledger.payment(command.payment_id)
    entry = Refund(
        id="RE" + secrets.token_hex(4).upper(),
        amount=submission.amount,
        description=submission.description,
        decision=DECLINED if command.declined else APPROVED,
        at=_timestamp(datetime.now(UTC)),
    )
    after = refunded(before, entry)
    if command.declined:
        return Effect(Answer(200, payment_body(after)), after)
    return _change("refund", before, after, entry.amount, command)


def _change(kind: str, before: Payment, after: Payment, amount: int, command: Command) -> Effect:
    if command.declined:
        return Effect(Answer(200, payment_body(before, DECLINED)))
    return Effect(Answer(200, payment_body(after)), after, _transaction(kind, after, amount, command))


def _transaction(kind: str, payment: Payment, amount: int, command: Command) -> Transaction:
    return Transaction(
        kind=kind,
        order_id=payment.order_id,
        payment_id=payment.id,
        amount=amount,
        currency=payment.currency,
        idempotency_key=command.key,
        at=_timestamp(datetime.now(UTC)),
    )


def _masked(card: KeyedCard) -> MaskedCard:
    number = card.card_number
    return MaskedCard(
        scheme=_SCHEMES.get(number[0], "Unknown"),
        masked_number=number[:6] + "*" * (len(number) - 10) + number[-4:],
        expiry=card.expiry_date,
        cvv_result="M" if card.cvv else "P",
    )


def _timestamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
