"""An authorization, as it is asked of the processor."""

from dataclasses import dataclass

from tollgate.domain.card import Card
from tollgate.domain.payment import CaptureMethod, Payment


@dataclass(frozen=True, slots=True)
class Charge:
    """An authorization to ask for. `amount` in minor units; `capture` takes the money at once."""

    order_id: str
    amount: int
    currency: str
    capture: bool
    card: Card
    description: str | None


def charge_of(payment: Payment, card: Card) -> Charge:
    """What the processor is asked for: a function of the payment and the card."""
    return Charge(
        order_id=payment.id,
        amount=payment.terms.amount,
        currency=payment.terms.currency,
        capture=payment.terms.capture_method is CaptureMethod.AUTOMATIC,
        card=card,
        description=payment.terms.description,
    )
