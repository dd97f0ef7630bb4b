"""The time that an attempt has left."""

from dataclasses import dataclass
from typing import Protocol

from tollgate.adapters.payroc.settings import Limits

_SHORTEST_READ_SECONDS = 1.0


class Clock(Protocol):
    """Python's `time` module is one."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...

    def sleep(self, seconds: float, /) -> None:
        """Wait."""
        ...


class OutOfTime(Exception):
    """What is left isn't enough for a request that may be answered."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant `at`, in the clock's monotonic seconds."""

    clock: Clock
    limits: Limits
    at: float

    @classmethod
    def from_now(cls, clock: Clock, limits: Limits) -> "Deadline":
        """The budget, starting now."""
        return cls(clock, limits, clock.monotonic() + limits.budget_seconds)

    def timeouts(self) -> tuple[float, float]:
        """Seconds to connect and to read that end before the deadline. Raises `OutOfTime`."""
        return self._timeouts_after(0.0)

    def wait(self, seconds: float) -> None:
        """Sleep, unless no time for a request would be left: then `OutOfTime` is raised at once."""
        self._timeouts_after(seconds)
        self.clock.sleep(seconds)

    def _timeouts_after(self, seconds: float) -> tuple[float, float]:
        connect = self.limits.connect_seconds
        left = self.at - self.clock.monotonic() - seconds
        read = min(self.limits.read_seconds, left - connect)
        if read < min(_SHORTEST_READ_SECONDS, self.limits.read_seconds):
            raise OutOfTime("no time was left")
        return connect, read
