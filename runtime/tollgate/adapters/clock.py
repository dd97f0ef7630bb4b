"""The time of day."""

import time


class SystemClock:
    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""
        return time.time_ns() // 1_000_000


def wait_until(at: int) -> None:
    """Sleep until a time in milliseconds, UTC."""
    time.sleep(max(0, at / 1000 - time.time()))
