"""Query parameters: strict, and each mistake named."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tollgate.domain.errors import Code, Refusal, invalid
from tollgate.domain.text import fault_of
from tollgate.handlers.exchange import Request
from tollgate.ports import Cursors

DEFAULT_LIMIT = 20
MAX_LIMIT = 100

_WHOLE = re.compile(r"[1-9][0-9]{0,2}")
_RFC3339 = re.compile(
    r"(?P<date>(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2})[Tt ](?P<minute>[0-9]{2}:[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]+))?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9]))"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 9_999_999_999_999
_LEAP_SECOND = "60"
Choice = TypeVar("Choice", bound=StrEnum)


class Query:
    """A request's query parameters. Every reader raises `Refusal` (400) that names the parameter."""

    def __init__(self, request: Request, known: Collection[str]) -> None:
        """Refuses parameters that aren't `known`, and those given twice."""
        for name, values in request.query.items():
            if name not in known:
                raise invalid(name, "Unknown query parameter.")
            if len(values) > 1:
                raise invalid(name, "May be given once.")
        self._values: Mapping[str, str] = {name: values[0] for name, values in request.query.items()}
        self._binding = _binding(request, self._values)

    def text(self, name: str, longest: int) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not 1 <= len(value) <= longest:
            raise invalid(name, f"Must have 1 to {longest} characters.")
        if fault := fault_of(value):
            raise invalid(name, fault)
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        value = self._values.get(name)
        try:
            return None if value is None else choices(value)
        except ValueError:
            raise invalid(name, "Must be one of " + ", ".join(choices) + ".") from None

    def time(self, name: str) -> int | None:
        """RFC 3339, as milliseconds since the epoch (rounded up: from is inclusive, to is exclusive).

        Before 1970 is 0, after the year 2286 its end: nothing of ours is there.
        """
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return min(max(_milliseconds(value), 0), _LATEST)
        except ValueError:
            raise invalid(name, "Must be an RFC 3339 time, like 2026-01-31T09:30:00Z.") from None

    def limit(self) -> int:
        value = self._values.get("limit", str(DEFAULT_LIMIT))
        if not _WHOLE.fullmatch(value) or int(value) > MAX_LIMIT:
            raise invalid("limit", f"Must be a whole number from 1 to {MAX_LIMIT}.")
        return int(value)

    def start(self, cursors: Cursors) -> str | None:
        """Where the page before ended. Raises `invalid_cursor` for a changed or foreign one."""
        cursor = self._values.get("cursor")
        if cursor is None:
            return None
        key = cursors.open(cursor, self._binding)
        if key is None:
            raise Refusal(Code.INVALID_CURSOR, "The cursor isn't one that this list gave out.")
        return key

    def next_cursor(self, key: str | None, cursors: Cursors) -> str | None:
        return None if key is None else cursors.seal(key, self._binding)


def _binding(request: Request, values: Mapping[str, str]) -> str:
    """What a cursor is good for: this merchant, this path, these filters. The limit may change."""
    filters = sorted((name, value) for name, value in values.items() if name not in {"limit", "cursor"})
    return repr((request.principal.merchant_id, request.path, filters))


def _milliseconds(value: str) -> int:
    """Raises `ValueError` for what isn't RFC 3339."""
    read = _RFC3339.fullmatch(value)
    if read is None:
        raise ValueError(value)
    leap = read["second"] == _LEAP_SECOND
    cycle = 400 if read["year"] == "0000" else 0  # `datetime` begins a year later; the calendar repeats
    date = f"{int(read['year']) + cycle:04d}{read['date'][4:]}"
    second = "59" if leap else read["second"]
    # As if it were UTC: the offset may lead out of `datetime`'s years, so it is reckoned apart.
    local = datetime.fromisoformat(f"{date}T{read['minute']}:{second}+00:00")
    ahead = timedelta(hours=int(read["hours"] or 0), minutes=int(read["minutes"] or 0))
    seconds = (local - _EPOCH).days * 86_400 + (local - _EPOCH).seconds - cycle * 31_556_952
    seconds += int(ahead.total_seconds()) * (1 if read["sign"] == "-" else -1)
    if leap and seconds % 86_400 != 86_399:  # a leap second ends a day of UTC (RFC 3339 §5.7)
        raise ValueError(value)
    fraction = read["fraction"] or "0"
    milliseconds = -(-int(fraction) * 1000 // 10 ** len(fraction))
    return (seconds + leap) * 1000 + milliseconds
