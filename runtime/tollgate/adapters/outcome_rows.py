"""What operations came to, as members of a row."""

from typing import Any

from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    InDoubt,
    Known,
    Unknown,
)

Row = dict[str, Any]


def present(row: Row) -> Row:
    """Without the members that have no value."""
    return {name: value for name, value in row.items() if value is not None}


def outcome_row(outcome: Known | None) -> Row | None:
    match outcome:
        case Approved(reference, amount):
            return {"approved": reference, "amount": amount}
        case Declined(failure):
            return {
                "declined": failure.code,
                "category": failure.category.value,
                "message": failure.message,
                "retry": failure.retryable,
            }
        case Unknown(reason):
            return {"unknown": reason}
        case InDoubt(reason):
            return {"doubt": reason}
        case None:
            return None


def outcome_of(row: Row | None) -> Known | None:
    """Raises ValueError for what only a later release knows: it isn't taken for an operation without any."""
    match row:
        case {"approved": reference, "amount": amount}:
            return Approved(reference, amount)
        case {"declined": code, "category": category, "message": message, "retry": retryable}:
            return Declined(Failure(code, FailureCategory(category), message, retryable))
        case {"unknown": reason}:
            return Unknown(reason)
        case {"partly": _}:
            # Once stored until the part was given back. Whoever looks next meets it at the processor again.
            return Unknown("partial_approval")
        case {"doubt": reason}:
            return InDoubt(reason)
        case None:
            return None
        case _:
            raise ValueError(f"an outcome of a later release: {', '.join(sorted(row))}")
