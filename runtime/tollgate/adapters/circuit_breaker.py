"""A circuit breaker around a processor's calls: after calls failed in a row, none is made for a while."""

import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import TypeVar

from tollgate.domain.outcome import NotAttempted, Unknown

T = TypeVar("T")

CIRCUIT_OPEN = "circuit open"
_REFUSED = NotAttempted(CIRCUIT_OPEN)


class _State(Enum):
    CLOSED = auto()
    OPEN = auto()
    PROBING = auto()


class Circuit:
    """Closed; open after `failures` in a row; after `cool_down` seconds one probe closes or re-opens it.

    Threads may share it. `monotonic` gives seconds that never run backwards.
    """

    def __init__(self, failures: int, cool_down: float, monotonic: Callable[[], float]) -> None:
        self._limit = failures
        self._cool_down = cool_down
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._state = _State.CLOSED
        self._changes = 0
        self._failures = 0
        self._opened_at = 0.0

    def admit(self) -> int | None:
        """A ticket to call with, or None for a call that is refused."""
        with self._lock:
            if self._state is _State.OPEN and self._monotonic() - self._opened_at >= self._cool_down:
                self._enter(_State.PROBING)
                return self._changes
            return self._changes if self._state is _State.CLOSED else None

    def admits(self) -> bool:
        """Whether `admit` would give a ticket."""
        with self._lock:
            cooled = self._monotonic() - self._opened_at >= self._cool_down
            return self._state is _State.CLOSED or (self._state is _State.OPEN and cooled)

    def settle(self, ticket: int, *, answered: bool) -> None:
        """Every admitted call must end here. One from before the last change of state tells nothing new."""
        with self._lock:
            if ticket != self._changes:
                return
            self._failures = 0 if answered else self._failures + 1
            if answered and self._state is _State.PROBING:
                self._enter(_State.CLOSED)
            elif self._failures >= self._limit:  # a failed probe is one more of the failures in a row
                self._enter(_State.OPEN)
                self._opened_at = self._monotonic()

    def _enter(self, state: _State) -> None:
        self._state = state
        self._changes += 1


class CircuitBreaker:
    """Goes around a processor's calls (`WrappedProcessor`): a circuit for each processor account in this
    execution environment.

    Environments don't tell each other: each finds out by itself, and each sends its own probe. A call
    fails that comes to `NotAttempted` or `Unknown`. A refused one comes to `NotAttempted("circuit open")`.

    `failures` in a row open a circuit, for `cool_down` seconds. Raises `ValueError`, naming the parameter.
    """

    def __init__(
        self,
        *,
        failures: int = 5,
        cool_down: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        for parameter, value in (("failures", failures), ("cool_down", cool_down)):
            if value <= 0:
                raise ValueError(f"{parameter} must be positive")
        self._new_circuit = lambda: Circuit(failures, cool_down, monotonic)
        self._circuits: dict[str, Circuit] = {}
        self._lock = threading.Lock()

    def __call__(self, account: str, call: Callable[[], T]) -> T | NotAttempted:
        circuit = self._circuit(account)
        ticket = circuit.admit()
        if ticket is None:
            return _REFUSED
        answered = False
        try:
            result = call()
            answered = not isinstance(result, (NotAttempted, Unknown))
            return result
        finally:
            circuit.settle(ticket, answered=answered)

    def admits(self, account: str) -> bool:
        """Whether a call would be made now."""
        return self._circuit(account).admits()

    def _circuit(self, account: str) -> Circuit:
        with self._lock:
            if account not in self._circuits:
                self._circuits[account] = self._new_circuit()
            return self._circuits[account]
