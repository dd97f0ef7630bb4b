"""Pay a checkout session: at most one attempt at a time, and one success, whatever is clicked.

An attempt is a payment like any other, made by the same operation. Its key is the session and its number, and
the next number comes only when the one before has certainly failed: no claim is needed, for two that come at
once meet at the same payment.
"""

import hmac
from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.checkout import ATTEMPTS, CheckoutSession, standing
from tollgate.domain.errors import Refusal, not_found
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import ByCard, Payment
from tollgate.operations.create_payment import PaymentRequest, create_payment
from tollgate.operations.execution import Ports
from tollgate.operations.instrument import CardPorts, Presented
from tollgate.operations.open_card import jwe_digest
from tollgate.operations.session_attempts import attempts_of
from tollgate.ports import SessionSecrets

ENCRYPTED_CARD = "/encrypted_card"


@dataclass(frozen=True, slots=True)
class Attempted:
    """The attempt that is the answer; `known` if an earlier request made it."""

    payment: Payment
    known: bool


def check_secret(session: CheckoutSession, given: str, secrets: SessionSecrets) -> None:
    """Raises `Refusal` (`not_found`) for another secret, after the same time whatever is wrong with it."""
    if not hmac.compare_digest(secrets.secret_of(session).encode(), given.encode()):
        raise not_found()


def pay_session(
    session: CheckoutSession,
    merchant: Merchant,
    jwe: str,
    asked_by: Exchange,
    ports: Ports,
    cards: CardPorts,
) -> Attempted:
    """Try to pay with the card, unless an attempt stands already, or the same ciphertext was tried.

    Raises `Refusal`: `not_found` (expired), and what taking a payment raises of card, currency and processor.
    """
    made = attempts_of(session, ports.payments)
    for _ in range(ATTEMPTS):
        if known := _answer(made, jwe):
            return Attempted(known, known=True)
        if ports.clock.now() >= session.expires_at:
            raise not_found()
        number = len(made) + 1
        request = PaymentRequest(
            payment_id=session.attempt_id(number),
            terms=session.terms,
            presented=Presented(token_id=None, jwe=jwe, pointer=ENCRYPTED_CARD),
            exchange=asked_by,
            session_id=session.id,
        )
        try:
            done = create_payment(request, merchant, ports, cards)
        except Refusal:
            made = attempts_of(session, ports.payments)
            if len(made) < number:
                raise
        else:
            return Attempted(done.payment, known=done.replayed)
    return Attempted(made[-1], known=True)


def _answer(made: list[Payment], jwe: str) -> Payment | None:
    """The attempt that answers: one that stands, this ciphertext's own, or the last that there may be."""
    if attempt := standing(made):
        return attempt
    digest = jwe_digest(jwe)
    own = (each for each in made if isinstance(each.method, ByCard) and each.method.jwe_digest == digest)
    return next(own, made[-1] if len(made) == ATTEMPTS else None)
