"""When an operation without an outcome is looked at again, and for how long evidence is waited for."""

import hashlib
from dataclasses import dataclass

from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import InDoubt
from tollgate.domain.payment import ByToken, Payment

KEY_LIFETIME = 6 * 86_400_000
"""Six days, in milliseconds, of the seven for which Payroc remembers an idempotency key
(docs.payroc.com/api/idempotency): a resend is under way for a while, and two clocks differ."""

DAY = 86_400_000
"""In milliseconds. What is open for longer, though it was asked again, is for a person to look at."""


@dataclass(frozen=True, slots=True)
class FollowUpRules:
    """In seconds. `first` and `longest`: bounds of the growing time between looks. `not_found`: how long ago
    a request must have been sent for the last time before its absence from the processor's books counts.
    `watch`: how long the books are watched after that."""

    first: int
    longest: int
    not_found: int
    watch: int

    def next_due(self, operation: Operation, now: int) -> int:
        """Twice as late with each look, within a quarter to either side, so that a herd disperses."""
        seconds = min(self.longest, self.first * 2 ** min(operation.checks, 30))
        return now + int(seconds * 1000 * (0.75 + _spread(operation) / 2))

    def absence_counts(self, since: int, now: int) -> bool:
        return now - since >= self.not_found * 1000

    def watched_until(self, now: int) -> int:
        return now + self.watch * 1000


def key_remembered(operation: Operation, now: int) -> bool:
    """Whether the processor still tells a resend from a new request."""
    return now - operation.started_at < KEY_LIFETIME


def may_need_card(payment: Payment, now: int) -> bool:
    """Whether the identical request may be sent again, and has a vaulted card in it."""
    operation = payment.latest
    by_token = operation.kind is Kind.AUTHORIZE and isinstance(payment.method, ByToken)
    return by_token and not isinstance(operation.outcome, InDoubt) and key_remembered(operation, now)


def _spread(operation: Operation) -> float:
    """From 0 to 1: random from one operation and look to the next, the same for the same ones."""
    digest = hashlib.sha256(f"{operation.id}|{operation.checks}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
