"""Query parameters: strict, and each mistake named."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from tollgate.domain.errors import Code, Refusal, invalid
from tollgate.handlers.exchange import Request
from tollgate.ports import Cursors

DEFAULT_LIMIT = 20
MAX_LIMIT = 100

_WHOLE = re.compile(r"[1-9][0-9]{0,2}")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
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
        if value is not None and not 1 <= len(value) <= longest:
            raise invalid(name, f"Must have 1 to {longest} characters.")
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        value = self._values.get(name)
        try:
            return None if value is None else choices(value)
        except ValueError:
            raise invalid(name, "Must be one of " + ", ".join(choices) + ".") from None

    def time(self, name: str) -> int | None:
        """RFC 3339, as milliseconds since the epoch (rounded up: from is inclusive, to is exclusive)."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return _milliseconds(value)
        except (ValueError, OverflowError):
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
    if not _RFC3339.fullmatch(value):
        raise ValueError(value)
    fraction = re.search(r"\.(\d+)", value)
    moment = datetime.fromisoformat(re.sub(r"\.\d+", "", value).upper()).astimezone(UTC)
    digits = (fraction[1] if fraction else "").ljust(9, "0")
    return int(moment.timestamp()) * 1000 + -(-int(digits) // 1_000_000)
