"""What each POST on payments does: check, decide, and say what is to be written."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from local.simulator.faults import FaultKind
from local.simulator.issuer import APPROVED, DECLINED, decide, half
from local.simulator.ledger import Answer, Effect, Ledger, Transaction
from local.simulator.payment import (
    MaskedCard,
    Payment,
    Refund,
    captured,
    expired,
    refunded,
    released,
    reversed_,
)
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
    """One POST at a time of the simulator. `fault` is a test's wish how a valid request be decided."""

    key: str
    payment_id: str
    body: bytes
    at: datetime
    fault: FaultKind | None = None

    @property
    def declined(self) -> bool:
        """Whether a valid request is declined."""
        return self.fault is FaultKind.DECLINED


Operation = Callable[[Ledger, Command], Effect]


def create(ledger: Ledger, command: Command) -> Effect:
    """Authorize or sell. A decline is a payment too, and is answered with 201. A sale that is held out of
    settlement is authorized only."""
    submission = parse(command.body, PaymentSubmission)
    check_luhn(submission.card)
    order, sale = submission.order, submission.auto_capture
    decision = decide(submission.card, order.amount, year=command.at.year, month=command.at.month)
    if command.declined:
        decision = DECLINED
    if command.fault is FaultKind.PARTIAL_APPROVAL:
        decision = half(decision, order.amount)
    held = sale and decision.approved and ledger.holds()
    payment = Payment(
        id=secrets.token_hex(5).upper(),
        terminal=submission.processing_terminal_id,
        order_id=order.order_id,
        amount=order.amount,
        currency=order.currency,
        description=order.description,
        card=_masked(submission.card),
        decision=decision,
        pre_authorized=not sale,
        at=_timestamp(command.at),
        captured=decision.of(order.amount) if sale and not held else 0,
        held=held,
    )
    kind = "sale" if sale and not held else "authorization"
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


def release(ledger: Ledger, payment_id: str) -> Effect:
    """A sale that is held out of settlement is let go, as somebody may do in Payroc's portal."""
    before = ledger.payment(payment_id)
    command = Command("", payment_id, b"", ledger.now())
    return _change("capture", before, released(before), before.capturable, command)


def reverse(ledger: Ledger, command: Command) -> Effect:
    """Release a pre-authorization, or take a sale or a part of it out of the open batch."""
    submission = parse(command.body, ReversalSubmission)
    before = ledger.payment(command.payment_id)
    after = reversed_(before, submission.amount)
    amount = before.reversible if submission.amount is None else submission.amount
    return _change("reversal", before, after, amount, command)


def refund(ledger: Ledger, command: Command) -> Effect:
    """Give captured money back. What is in the open batch is reversed instead, without an entry."""
    submission = parse(command.body, RefundSubmission)
    before = ledger.payment(command.payment_id)
    entry = Refund(
        id="RE" + secrets.token_hex(4).upper(),
        amount=submission.amount,
        description=submission.description,
        decision=DECLINED if command.declined else APPROVED,
        at=_timestamp(command.at),
    )
    after = refunded(before, entry)
    if after.refunds == before.refunds:
        return _change("reversal", before, after, entry.amount, command)
    transaction = None if command.declined else _transaction("refund", after, entry.amount, command)
    return Effect(Answer(200, payment_body(ledger.answered(after))), after, transaction)


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
        at=_timestamp(command.at),
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
