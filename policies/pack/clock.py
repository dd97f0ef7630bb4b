"""The pack's only clock."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day in UTC: an exception holds until the end of its last day there."""
    return datetime.now(UTC).date()
