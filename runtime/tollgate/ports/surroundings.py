"""Time and chance."""

from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""
        ...


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """`prefix` and 20 random base32 characters."""
        ...
