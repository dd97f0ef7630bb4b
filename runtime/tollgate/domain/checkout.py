"""A checkout session: what a page may pay by itself, once, for half an hour and with five cards at most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.identifiers import derived_id
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import Payment, Terms

LIFETIME = 30 * 60_000
"""Milliseconds."""
ATTEMPTS = 5


class Status(StrEnum):
    """Of a session, in the contract's words."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class Progress(StrEnum):
    """What an attempt to pay has come to, as a page hears it."""

    SUCCEEDED = "succeeded"
    PROCESSING = "processing"
    DECLINED = "declined"
    FAILED = "failed"


STANDING = {Progress.SUCCEEDED, Progress.PROCESSING}
"""An attempt that is, or may become, the session's payment: none comes beside it."""


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    """Stored once and never changed: what has become of it is told by its attempts, and by the clock.

    `origins`: of pages that may pay. `return_url`: where the hosted page sends the shopper afterwards.
    `secret_version`: of the merchant's key that its secret is derived from. `created_at`: milliseconds, UTC.
    """

    id: str
    merchant_id: str
    terms: Terms
    return_url: str | None
    origins: tuple[str, ...]
    secret_version: int
    created_at: int

    @property
    def expires_at(self) -> int:
        return self.created_at + LIFETIME

    def attempt_id(self, number: int) -> str:
        """The payment of the attempt (1 to `ATTEMPTS`): session and number are its idempotency key."""
        return derived_id("pay_", self.merchant_id, f"/v1/checkout_sessions/{self.id}/pay", str(number))

    def asks_the_same(self, other: "CheckoutSession") -> bool:
        """Whether both were asked for in the same words."""
        return self == replace(other, secret_version=self.secret_version, created_at=self.created_at)


def progress(attempt: Payment) -> Progress:
    """What an attempt has come to. What happens to the money later doesn't change it."""
    match attempt.operations[0].outcome:
        case Approved():
            return Progress.SUCCEEDED
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return Progress.FAILED
        case Declined():
            return Progress.DECLINED
        case _:
            return Progress.PROCESSING


def standing(attempts: Sequence[Payment]) -> Payment | None:
    """The attempt that is the session's payment, or may become it. `attempts`: oldest first."""
    return attempts[-1] if attempts and progress(attempts[-1]) in STANDING else None


def status_of(session: CheckoutSession, attempts: Sequence[Payment], now: int) -> Status:
    """A session isn't over while an attempt is without an outcome, however late that comes."""
    attempt = standing(attempts)
    if attempt is None:
        return Status.OPEN if now < session.expires_at else Status.EXPIRED
    return Status.COMPLETE if progress(attempt) is Progress.SUCCEEDED else Status.OPEN
