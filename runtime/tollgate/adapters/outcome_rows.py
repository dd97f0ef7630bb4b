"""What an operation came to, as part of a row of the `payments` table."""

from typing import Any

from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    Known,
    PartlyApproved,
    Unknown,
)

Row = dict[str, Any]


def outcome_row(outcome: Known | None) -> Row | None:
    """The outcome as it stands in an operation's row."""
    match outcome:
        case Approved(reference, amount):
            return {"approved": reference, "amount": amount}
        case PartlyApproved(reference, amount):
            return {"partly": reference, "amount": amount}
        case Declined(failure):
            return {
                "declined": failure.code,
                "category": failure.category.value,
                "message": failure.message,
                "retry": failure.retryable,
            }
        case Unknown(reason):
            return {"unknown": reason}
        case None:
            return None


def outcome_of(row: Row | None) -> Known | None:
    """The outcome of an operation's row. None: nothing is known."""
    match row:
        case {"approved": reference, "amount": amount}:
            return Approved(reference, amount)
        case {"partly": reference, "amount": amount}:
            return PartlyApproved(reference, amount)
        case {"declined": code, "category": category, "message": message, "retry": retryable}:
            return Declined(Failure(code, FailureCategory(category), message, retryable))
        case {"unknown": reason}:
            return Unknown(reason)
        case _:
            return None
