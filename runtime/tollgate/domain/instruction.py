"""What the processor is asked for: a function of what is stored, so that a resend is the same request."""

from dataclasses import dataclass, field

from tollgate.domain.card import Card
from tollgate.domain.charge import Charge, charge_of
from tollgate.domain.operation import Kind, Means, Operation
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment


@dataclass(frozen=True, slots=True)
class Capture:
    """Take `amount` of an authorization. All of these: `reference` is the processor's payment id, amounts
    are minor units of the payment's `currency`, and the last fields aren't sent: answers are held against
    them. `before`: what was taken already."""

    reference: str
    amount: int
    currency: str
    before: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reversal:
    """Take a payment out of its open batch: the whole of it, which is `amount`, or (`part`) so much, of which
    `left` is left then."""

    reference: str
    amount: int
    currency: str
    part: bool = False
    left: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Refund:
    """Give `amount` back, of which `left` is left then. `description` carries our id: the processor has no
    other field for it. `taken`: the processor's ids of refunds that are known to be others'."""

    reference: str
    amount: int
    currency: str
    description: str
    left: int = field(default=0, compare=False)
    taken: frozenset[str] = field(default=frozenset(), compare=False)


Instruction = Charge | Capture | Reversal | Refund


def refund_description(operation: Operation) -> str:
    """Our refund id, as the processor keeps it."""
    return f"Refund {operation.id}"


def taken_refunds(payment: Payment) -> frozenset[str]:
    """The processor's ids of this payment's earlier refunds."""
    return frozenset(
        each.outcome.reference for each in payment.refunds() if isinstance(each.outcome, Approved)
    )


def instruction_of(payment: Payment, operation: Operation, card: Card | None) -> Instruction | None:
    """What the processor is asked for on behalf of the latest operation. None: its card can't be had."""
    reference, currency = payment.processor_reference or "", payment.terms.currency
    match operation.kind:
        case Kind.AUTHORIZE:
            return card and charge_of(payment, card)
        case Kind.CAPTURE:
            return Capture(reference, operation.amount, currency, _in_batches(payment))
        case Kind.VOID:
            return Reversal(reference, operation.amount, currency)
        case Kind.REFUND:
            left = payment.balance.captured - payment.balance.refunded - operation.amount
            if operation.means is Means.PARTIAL_REVERSAL:
                left = _in_batches(payment) - operation.amount
            return giving_back(payment, operation, reference, operation.amount, left)
        case Kind.EXPIRE:
            return None


def giving_back(
    payment: Payment, operation: Operation, reference: str, amount: int, left: int = 0
) -> Instruction:
    """Give back by the means that the operation has chosen."""
    currency = payment.terms.currency
    if operation.means is Means.REFUND:
        return Refund(
            reference, amount, currency, refund_description(operation), left, taken_refunds(payment)
        )
    part = operation.means is Means.PARTIAL_REVERSAL
    return Reversal(reference, amount, currency, part, left)


def _in_batches(payment: Payment) -> int:
    """What was captured, less what was reversed of it: refunds stand beside it."""
    reversed_ = sum(
        each.amount
        for each in payment.refunds()
        if isinstance(each.outcome, Approved) and each.means is not Means.REFUND
    )
    return payment.balance.captured - reversed_
