"""How often a payment may be worked on: what failed counts for nothing but this.

An item has room for so much (DynamoDB: 400 KB, and every write pays for all of it), and never forgets an
operation, so there is a limit a day and one in all.
"""

from tollgate.domain.errors import Code, Refusal
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.payment import Payment

DAY = 86_400_000
A_DAY = 200
"""Captures, voids and refunds of one payment in 24 hours, whatever came of them."""

ROOM = 190_000
"""Bytes for a payment's operations: with the rest of it the item stays below 200 KB."""

FRAME = 600
"""More than an operation takes of them beside its texts of any length."""


def check_attempts(payment: Payment, now: int) -> None:
    """Raises `Refusal`: `rate_limited` after so many attempts in 24 hours, `invalid_state` when the payment
    can hold no more of them."""
    recent = [each.started_at for each in _attempts(payment) if each.started_at > now - DAY]
    if len(recent) >= A_DAY:
        wait = recent[-A_DAY] + DAY - now
        raise Refusal(
            Code.RATE_LIMITED,
            f"A payment takes at most {A_DAY} captures, voids and refunds in 24 hours.",
            retry_after=max(1, -(-wait // 1000)),
        )
    if sum(map(_weight, payment.operations)) > ROOM - FRAME:
        raise Refusal(Code.INVALID_STATE, "So much has been attempted on this payment that it takes no more.")


def _attempts(payment: Payment) -> list[Operation]:
    return [each for each in payment.operations if each.kind in {Kind.CAPTURE, Kind.VOID, Kind.REFUND}]


def _weight(operation: Operation) -> int:
    """Bytes, at most."""
    said = operation.statements
    texts = (operation.reason, operation.exchange.user_agent, *(each.evidence for each in said))
    return FRAME * (1 + len(said)) + sum(len(text.encode()) for text in texts if text)
