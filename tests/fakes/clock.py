"""Time that moves when told to."""

from tests.examples import NOW


class FakeClock:
    """The `Clock` port."""

    def __init__(self, now: int = NOW) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def advance(self, milliseconds: int) -> None:
        self._now += milliseconds
