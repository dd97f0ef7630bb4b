"""Take a payment: authorize, or authorize and capture in one."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.charge import charge_of
from tollgate.domain.currency import CURRENCIES
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.merchant import Merchant
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment, Terms
from tollgate.operations.execution import Done, Ports, conclude, defer, deferred, replay
from tollgate.operations.instrument import CardPorts, Instrument, Presented, present
from tollgate.ports import FollowUpQueue


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """`payment_id` is derived from merchant, path and idempotency key.

    `deferred`: the caller doesn't wait for the outcome; for a token only, as a card's code may not be stored.
    """

    payment_id: str
    terms: Terms
    presented: Presented
    exchange: Exchange
    deferred: bool = False


def create_payment(
    request: PaymentRequest, merchant: Merchant, ports: Ports, cards: CardPorts, queue: FollowUpQueue
) -> Done:
    """Take the payment, or answer again what its key came to.

    Raises `Refusal`: `currency_unsupported`, `token_invalid`, `encrypted_card_invalid`, `card_invalid`,
    `idempotency_key_reused`, `idempotency_key_in_progress`, `processor_unavailable`.
    """
    try:
        _check_currency(request.terms, merchant)
        instrument = present(request.presented, merchant.id, cards)
    except Refusal as refusal:
        return _answer_again(request, merchant.id, ports, refusal)
    taken = _taken_by_card(request, merchant.id, ports)
    if taken is None:
        instrument.use(merchant.id, request.payment_id, cards.vault)
        payment = _payment(request, merchant, instrument, ports.clock.now())
        taken = ports.payments.add(payment, merchant)
        if taken is None:
            return _carry_out(payment, instrument, ports, queue)
    same_card = instrument.is_that_of(taken.method, merchant.id, cards.vault)
    same = same_card and taken.terms == request.terms
    return replay(taken, taken.operations[0], ports.clock.now(), same=same)


def _carry_out(payment: Payment, instrument: Instrument, ports: Ports, queue: FollowUpQueue) -> Done:
    if payment.latest.deferred_at is not None:
        return defer(payment, queue)

    def authorize(payment: Payment, operation: Operation) -> Outcome:
        key = attempt_key(operation.id, operation.started_at)
        return ports.processor.authorize(payment.processor, key, charge_of(payment, instrument.card))

    return conclude(payment, authorize, ports)


def _taken_by_card(request: PaymentRequest, merchant_id: str, ports: Ports) -> Payment | None:
    """Looked up before an encrypted card is used: a key used by mistake mustn't use the card up."""
    return ports.payments.find(merchant_id, request.payment_id) if request.presented.jwe else None


def _check_currency(terms: Terms, merchant: Merchant) -> None:
    if terms.currency not in CURRENCIES or terms.currency not in merchant.currencies:
        raise Refusal(
            Code.CURRENCY_UNSUPPORTED,
            "The merchant doesn't take this currency.",
            (FieldError("/currency", "Not an ISO 4217 currency that is enabled for the merchant."),),
        )


def _answer_again(request: PaymentRequest, merchant_id: str, ports: Ports, refusal: Refusal) -> Done:
    """A key that was used before hears its true answer, though its card or token is no good any more."""
    taken = ports.payments.find(merchant_id, request.payment_id)
    if taken is None:
        raise refusal
    same_card = request.presented.is_that_of(taken.method)
    if refusal.code in {Code.ENCRYPTED_CARD_INVALID, Code.CARD_INVALID} and not same_card:
        raise refusal
    same = same_card and taken.terms == request.terms
    return replay(taken, taken.operations[0], ports.clock.now(), same=same)


def _payment(request: PaymentRequest, merchant: Merchant, instrument: Instrument, now: int) -> Payment:
    operation = Operation(
        id=request.payment_id,
        kind=Kind.AUTHORIZE,
        amount=request.terms.amount,
        exchange=request.exchange,
        started_at=now,
        lease_until=now + LEASE,
        due_at=now + LEASE,
    )
    if request.deferred and request.presented.token_id is not None:
        operation = deferred(operation)
    return Payment(
        id=request.payment_id,
        merchant_id=merchant.id,
        terms=request.terms,
        method=instrument.method,
        card=instrument.summary,
        fingerprint=instrument.fingerprint,
        processor=merchant.processor,
        multiple_captures=merchant.multiple_captures,
        created_at=now,
        operations=(operation,),
    )
