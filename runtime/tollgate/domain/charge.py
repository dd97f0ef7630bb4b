"""What is asked of the processor."""

from dataclasses import dataclass

from tollgate.domain.card import Card


@dataclass(frozen=True, slots=True)
class Charge:
    """An authorization to ask for. `amount` in minor units; `capture` takes the money at once."""

    order_id: str
    amount: int
    currency: str
    capture: bool
    card: Card
    description: str | None
