"""Calls of a processor, counted."""

from collections.abc import Callable
from typing import TypeVar

from tollgate import telemetry
from tollgate.adapters.circuit_breaker import CIRCUIT_OPEN
from tollgate.domain.outcome import Declined, FailureCategory, NotAttempted, Unknown

T = TypeVar("T")


def measured(_account: str, call: Callable[[], T]) -> T:
    """What a call comes to, with a metric for it. Around a circuit breaker, to count what that refuses."""
    result = call()
    telemetry.processor_called(_word(result))
    return result


def _word(result: object) -> str:
    match result:
        case NotAttempted(reason) | Unknown(reason) if reason == CIRCUIT_OPEN:
            return "circuit_open"
        case NotAttempted():
            return "not_attempted"
        case Unknown():
            return "unknown"
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return "refused"
        case _:
            return "answered"
