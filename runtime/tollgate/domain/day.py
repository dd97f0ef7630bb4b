"""Calendar days, as reconciliation looks at them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY = timedelta(days=1)
LOOKS = (1, 8, 31)
"""How many days later a day is looked at: when it has ended, and twice again, since refunds come late and
schemes let an authorization expire after 7 to 30 days."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day in UTC."""

    date: date

    @classmethod
    def of(cls, text: str) -> "Day":
        """The day of `YYYY-MM-DD`. Raises `ValueError`."""
        return cls(date.fromisoformat(text))

    @property
    def since(self) -> int:
        """Its first millisecond since the epoch."""
        return int(datetime(self.date.year, self.date.month, self.date.day, tzinfo=UTC).timestamp()) * 1000

    @property
    def until(self) -> int:
        """The first millisecond after it."""
        return self.since + DAY // timedelta(milliseconds=1)

    def __str__(self) -> str:
        return self.date.isoformat()


def days_to_look_at(now: int) -> tuple[Day, ...]:
    """The days whose turn it is at `now` (milliseconds, UTC), newest first."""
    today = datetime.fromtimestamp(now // 1000, UTC).date()
    return tuple(Day(today - days * DAY) for days in LOOKS)
