"""A payment's state at the processor and what may be done in it. Amounts are minor units.

What was taken lies in the open batch until that is closed, and is settled from then on. Payroc reverses what
is in the open batch and refunds what is settled (its SDK, `create_referenced_refund`).
"""

import msgspec

from local.simulator.issuer import APPROVED, SETTLED, Decision
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

    @property
    def in_open_batch(self) -> bool:
        """Whether the money is still to go."""
        return self.decision == APPROVED


class Payment(msgspec.Struct, frozen=True):
    """`captured`: all that was ever taken, of which `returned` was taken back in an open batch, and `settled`
    lies in closed ones. `held`: a sale that is held out of settlement, of which nothing is taken."""

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
    settled: int = 0
    returned: int = 0
    held: bool = False
    reversed: bool = False
    expired: bool = False
    refunds: tuple[Refund, ...] = ()

    @property
    def authorized(self) -> int:
        """What the issuer approved of `amount`."""
        return self.decision.of(self.amount)

    @property
    def taken(self) -> int:
        """What was taken and not taken back, refunds aside."""
        return 0 if self.reversed else self.captured - self.returned

    @property
    def in_open_batch(self) -> int:
        """The part of it that isn't settled yet."""
        return max(0, self.taken - self.settled)

    @property
    def refunded(self) -> int:
        """What has been given back by refunds."""
        return sum(refund.amount for refund in self.refunds if refund.decision.approved)

    @property
    def capturable(self) -> int:
        """What may still be captured."""
        open_ = (self.pre_authorized or self.held) and not self.reversed and not self.expired
        return self.authorized - self.captured if open_ else 0

    @property
    def refundable(self) -> int:
        """What may still be given back, by whichever way."""
        return self.taken - self.refunded

    @property
    def reversible(self) -> int:
        """What a reversal of the whole payment would take back or release; 0 if there can't be one."""
        return 0 if self.settled or self.refunded else self.in_open_batch + self.capturable

    @property
    def partly_reversible(self) -> int:
        """What a reversal in part may take back at most."""
        return min(self.in_open_batch, self.refundable)


def captured(payment: Payment, amount: int | None) -> Payment:
    """After a capture. Raises `Problem`: 409 if nothing is held, 400 for more than is."""
    if not payment.capturable:
        raise not_modifiable("The payment has nothing left to capture")
    amount = payment.capturable if amount is None else amount
    if amount > payment.capturable:
        raise invalid("amount", "The amount is more than what is left of the authorization")
    return msgspec.structs.replace(payment, captured=payment.captured + amount, held=False)


def released(payment: Payment) -> Payment:
    """After a sale that was held out of settlement is let go. Raises `Problem` (409) for any other."""
    if not payment.held or not payment.capturable:
        raise not_modifiable("The payment isn't held out of settlement")
    return captured(payment, None)


def expired(payment: Payment) -> Payment:
    """Once the issuer holds the rest of the authorization no longer. Raises `Problem`: 409 unless it does."""
    if not payment.capturable and not payment.expired:
        raise not_modifiable("The payment has no authorization that could expire")
    return msgspec.structs.replace(payment, expired=True)


def settled(payment: Payment) -> Payment:
    """After the batch was closed: what is in it is settled, refunds too."""
    refunds = tuple(
        msgspec.structs.replace(refund, decision=SETTLED) if refund.in_open_batch else refund
        for refund in payment.refunds
    )
    return msgspec.structs.replace(payment, settled=payment.taken, refunds=refunds)


def reversed_(payment: Payment, amount: int | None) -> Payment:
    """After a reversal of the whole payment or, with an `amount`, of a part of what is in the open batch.

    Raises `Problem`: 409 if there is nothing to reverse, 400 for more than there is.
    """
    if not payment.reversible and not payment.partly_reversible:
        raise not_modifiable("The payment isn't in an open batch")
    if amount is None and not payment.reversible:
        raise not_modifiable("A part of the payment is settled")
    if amount in (None, payment.reversible):
        return msgspec.structs.replace(payment, reversed=True)
    if amount > payment.partly_reversible:
        raise invalid("amount", "The amount is more than what is in the open batch")
    return _taken_back(payment, amount)


def refunded(payment: Payment, refund: Refund) -> Payment:
    """After a referenced refund. Of what is in the open batch it is a reversal, and no entry in `refunds`.

    Raises `Problem`: 409 if nothing was captured, 400 for more than is left.
    """
    if not payment.taken:
        raise not_modifiable("The payment has nothing to refund")
    if refund.amount > payment.refundable:
        raise invalid("amount", "The amount is more than what is left of the payment")
    if refund.amount <= payment.in_open_batch:
        return _taken_back(payment, refund.amount)
    return msgspec.structs.replace(payment, refunds=(*payment.refunds, refund))


def _taken_back(payment: Payment, amount: int) -> Payment:
    """A payment of which nothing is left in any batch is reversed for good, its authorization with it."""
    whole = amount == payment.taken
    return msgspec.structs.replace(payment, returned=payment.returned + amount, reversed=whole)
