"""From a row of the evidence table to what is stored of an operation."""

from dataclasses import dataclass

from tollgate.domain.case import Finding
from tollgate.domain.evidence_table.row import Row
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    InDoubt,
    Known,
    Outcome,
    PartlyApproved,
    Unknown,
)
from tollgate.domain.payment import Payment
from tollgate.domain.reading import Books


def _failed(code: str, message: str, *, retryable: bool) -> Declined:
    return Declined(Failure(code, FailureCategory.PROCESSOR_ERROR, message, retryable))


PARTIAL = Declined(
    Failure(
        "partial_approval",
        FailureCategory.ISSUER_DECLINED,
        "The issuer approved a part of the amount only, which is given back.",
        retryable=False,
    )
)
IN_THE_BOOKS = Declined(
    Failure("declined", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REVERSED_ELSEWHERE = _failed("reversed", "The processor reversed the charge.", retryable=False)
EXPIRED = _failed("expired", "The authorization has expired.", retryable=True)
NO_TRACE = _failed("no_trace", "It never took effect: the processor's books don't show it.", retryable=True)


@dataclass(frozen=True, slots=True)
class NoTrace:
    """The processor's books have no such payment, and that counts."""


@dataclass(frozen=True, slots=True)
class Ended:
    """It certainly had no effect, as the processor no longer has the authorization: that has `expired`, or
    was reversed elsewhere."""

    expired: bool

    @property
    def outcome(self) -> Declined:
        """What it is for an operation whose caller was answered already."""
        return EXPIRED if self.expired else REVERSED_ELSEWHERE


Verdict = Known | PartlyApproved | NoTrace | Ended
"""What a look comes to."""


def verdict(row: Row, payment: Payment, outcome: Outcome | None, books: Books) -> Verdict:
    """What the latest operation came to, given the row that its case has led to."""
    operation = payment.latest
    approved = isinstance(outcome, Approved)
    reference, amount = (outcome.reference, outcome.amount) if approved else (books.reference, books.amount)
    match row.finding:
        case Finding.APPROVED:
            return Approved(reference, operation.amount)
        case Finding.PARTLY_APPROVED:
            return PartlyApproved(reference, amount)
        case Finding.ANSWERED_NO:
            assert isinstance(outcome, Declined), row
            return outcome
        case Finding.DECLINED:
            return IN_THE_BOOKS
        case Finding.EXPIRED | Finding.REVERSED:
            ended = Ended(row.finding is Finding.EXPIRED)
            return ended.outcome if operation.kind is Kind.AUTHORIZE else ended
        case Finding.NO_EFFECT:
            return NO_TRACE
        case Finding.NO_TRACE:
            return NoTrace()
        case Finding.PERSON:
            told = f" {outcome.reason}." if isinstance(outcome, InDoubt) else ""
            return InDoubt(row.reason + told)
        case _:
            return Unknown(row.reason)
