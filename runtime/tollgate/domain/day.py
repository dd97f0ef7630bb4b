"""Calendar days, and parts of them, as reconciliation and reports look at them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY = timedelta(days=1)
LOOKS = (1, 8, 31)
"""How many days later a day is looked at: when it has ended, and twice again, since refunds come late and
schemes let an authorization expire after 7 to 30 days."""
HOUR, QUARTER = 3_600_000, 900_000
"""In milliseconds. A million payments a day are 10,417 in a quarter of an hour: 417 pages of the books."""


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a day: `since` (inclusive) to `until` (exclusive), in milliseconds since the epoch."""

    day: "Day"
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day in UTC."""

    date: date

    @classmethod
    def of(cls, text: str) -> "Day":
        """The day of `YYYY-MM-DD`. Raises `ValueError`."""
        return cls(date.fromisoformat(text))

    @classmethod
    def holding(cls, at: int) -> "Day":
        """The day of a moment in milliseconds, UTC."""
        return cls(datetime.fromtimestamp(at // 1000, UTC).date())

    @property
    def since(self) -> int:
        """Its first millisecond since the epoch."""
        return int(datetime(self.date.year, self.date.month, self.date.day, tzinfo=UTC).timestamp()) * 1000

    @property
    def until(self) -> int:
        """The first millisecond after it."""
        return self.since + DAY // timedelta(milliseconds=1)

    def hours(self) -> tuple[Period, ...]:
        starts = range(self.since, self.until, HOUR)
        return tuple(Period(self, start, start + HOUR) for start in starts)

    def __str__(self) -> str:
        return self.date.isoformat()


def periods_to_look_at(now: int) -> tuple[Period, ...]:
    """The quarter of an hour that `now` (milliseconds, UTC) is in, of each day whose turn it is. So every
    quarter of every day has its turn, and a run of its own."""
    begun = now - now % QUARTER
    today = datetime.fromtimestamp(now // 1000, UTC).date()
    return tuple(
        Period(Day(today - days * DAY), start, start + QUARTER)
        for days in LOOKS
        for start in (begun - days * DAY // timedelta(milliseconds=1),)
    )


def days_to_look_at(now: int) -> tuple[Day, ...]:
    """The days whose turn it is at `now` (milliseconds, UTC), newest first."""
    today = datetime.fromtimestamp(now // 1000, UTC).date()
    return tuple(Day(today - days * DAY) for days in LOOKS)
