"""How a mutation is made."""

from collections.abc import Iterator
from contextlib import contextmanager

from tollgate.domain.outcome import Declined, Failure, FailureCategory

FAILED = Declined(Failure("timeout", FailureCategory.PROCESSOR_ERROR, "No answer.", retryable=True))


@contextmanager
def swapped(*swaps: tuple[object, str, object]) -> Iterator[None]:
    """Attributes replaced, and put back."""
    before = [(owner, name, vars(owner)[name]) for owner, name, _ in swaps]
    for owner, name, value in swaps:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
