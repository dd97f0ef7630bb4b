"""Take a payment: authorize, or authorize and capture in one."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.currency import CURRENCIES
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.domain.merchant import Merchant
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.payment import Payment, Terms
from tollgate.operations.execution import Done, Ports, conclude, defer, deferred, replay
from tollgate.operations.gather_evidence import ask
from tollgate.operations.instrument import CardPorts, Instrument, Presented, present
from tollgate.ports import FollowUpQueue


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """`payment_id` is derived from merchant, path and idempotency key.

    `deferred`: the caller doesn't wait for the outcome; for a token only, as a card's code may not be stored.
    `session_id`: of the checkout session that it is an attempt of, for all of which one ciphertext is good.
    """

    payment_id: str
    terms: Terms
    presented: Presented
    exchange: Exchange
    deferred: bool = False
    session_id: str | None = None


def create_payment(
    request: PaymentRequest,
    merchant: Merchant,
    ports: Ports,
    cards: CardPorts,
    queue: FollowUpQueue | None = None,
) -> Done:
    """Take the payment, or answer again what its key came to. `queue`: for a deferred one.

    Raises `Refusal`: `currency_unsupported`, `token_invalid`, `encrypted_card_invalid`, `card_invalid`,
    `idempotency_key_reused`, `idempotency_key_in_progress`, `processor_unavailable`.
    """
    known = _looked_up(request, merchant.id, ports) if request.presented.jwe else None
    if known is None:
        try:
            instrument = _accepted(request, merchant, cards)
        except Refusal:
            known = _looked_up(request, merchant.id, ports)
            if known is None:
                raise
        else:
            added = ports.payments.add(_payment(request, merchant, instrument, ports.clock.now()), merchant)
            if isinstance(added, Payment):
                return _carry_out(added, instrument, ports, cards, queue)
            known = added.payment
    same = known.terms == request.terms and request.presented.is_that_of(known.method, merchant.id, cards)
    return replay(known, known.operations[0], ports.clock.now(), same=same)


def _looked_up(request: PaymentRequest, merchant_id: str, ports: Ports) -> Payment | None:
    """The payment that the key has made: whatever has become of card, token or currency since, it stands.

    Before a card is opened, and before anything is refused. A payment by token that nothing speaks against
    needs no look: to store it is one.
    """
    return ports.payments.find(merchant_id, request.payment_id)


def _accepted(request: PaymentRequest, merchant: Merchant, cards: CardPorts) -> Instrument:
    check_currency(request.terms, merchant)
    return present(request.presented, merchant.id, request.session_id or request.payment_id, cards)


def _carry_out(
    payment: Payment, instrument: Instrument, ports: Ports, cards: CardPorts, queue: FollowUpQueue | None
) -> Done:
    if queue and payment.latest.deferred_at is not None:
        return defer(payment, queue)
    try:
        card = instrument.card(cards.vault)
    except Exception:
        ports.payments.withdraw(payment)
        raise

    return conclude(payment, ask(payment, ports, card), ports)


def check_currency(terms: Terms, merchant: Merchant) -> None:
    """Raises `Refusal` (`currency_unsupported`)."""
    if terms.currency not in CURRENCIES or terms.currency not in merchant.currencies:
        raise Refusal(
            Code.CURRENCY_UNSUPPORTED,
            "The merchant doesn't take this currency.",
            (FieldError("/currency", "Not an ISO 4217 currency that is enabled for the merchant."),),
        )


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
