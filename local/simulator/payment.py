"""A payment's state at the processor and what may be done in it. Amounts are minor units."""

import msgspec

from local.simulator.issuer import Decision
from local.simulator.problems import invalid, not_modifiable


class MaskedCard(msgspec.Struct, frozen=True):
    """All that is kept of a card: first six and last four digits, and the expiry (MMYY)."""

    scheme: str
    masked_number: str
    expiry: str
    cvv_result: str


class Refund(msgspec.Struct, frozen=True):
    """One entry of the payment's `refunds[]`. A declined one is listed, and counts for nothing."""

    id: str
    amount: int
    description: str
    decision: Decision
    at: str


class Payment(msgspec.Struct, frozen=True):
    """`capturable` is the part of an approved pre-authorization that is still held."""

    id: str
    terminal: str
    order_id: str
    amount: int
    currency: str
    description: str | None
    card: MaskedCard
    decision: Decision
    pre_authorized: bool
    at: str
    captured: int = 0
    reversed: bool = False
    expired: bool = False
    refunds: tuple[Refund, ...] = ()

    @property
    def authorized(self) -> int:
        """What the issuer approved of `amount`."""
        return self.decision.of(self.amount)

    @property
    def refunded(self) -> int:
        """What has been given back."""
        return sum(refund.amount for refund in self.refunds if refund.decision.approved)

    @property
    def capturable(self) -> int:
        """What may still be captured."""
        held = self.pre_authorized and not self.reversed and not self.expired
        return self.authorized - self.captured if held else 0

    @property
    def refundable(self) -> int:
        """What may still be given back."""
        return 0 if self.reversed else self.captured - self.refunded

    @property
    def reversible(self) -> bool:
        """Payroc reverses what is in the open batch; here a batch never closes."""
        return self.decision.approved and not self.reversed and not self.expired and not self.refunded


def captured(payment: Payment, amount: int | None) -> Payment:
    """After a capture. Raises `Problem`: 409 if nothing is held, 400 for more than is."""
    if not payment.capturable:
        raise not_modifiable("The payment has nothing left to capture")
    amount = payment.capturable if amount is None else amount
    if amount > payment.capturable:
        raise invalid("amount", "The amount is more than what is left of the authorization")
    return msgspec.structs.replace(payment, captured=payment.captured + amount)


def expired(payment: Payment) -> Payment:
    """Once the issuer no longer holds the money. Raises `Problem`: 409 unless all of it is held."""
    if not payment.capturable or payment.captured:
        raise not_modifiable("The payment has no authorization that could expire")
    return msgspec.structs.replace(payment, expired=True)


def reversed_(payment: Payment, amount: int | None) -> Payment:
    """After a reversal of the whole payment. Raises `Problem` (409, 400)."""
    if not payment.reversible:
        raise not_modifiable("The payment can't be reversed")
    if amount not in (None, payment.authorized):
        raise invalid("amount", "Only the whole payment can be reversed")
    return msgspec.structs.replace(payment, reversed=True)


def refunded(payment: Payment, refund: Refund) -> Payment:
    """After a referenced refund. Raises `Problem`: 409 if nothing was captured, 400 for more than is left."""
    if not payment.captured or payment.reversed:
        raise not_modifiable("The payment has nothing to refund")
    if refund.amount > payment.refundable:
        raise invalid("amount", "The amount is more than what is left of the payment")
    return msgspec.structs.replace(payment, refunds=(*payment.refunds, refund))
