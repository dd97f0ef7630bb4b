"""Request headers, as RFC 9110 lets callers write them: any case, lists, several lines of one name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tollgate.domain.card_number import is_card_number
from tollgate.domain.errors import Code, FieldError, Refusal

KEY = "Idempotency-Key"
ASYNC = "respond-async"

_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,255}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_STRING = r'"(?:[^"\\]|\\.)*"'
_IDENTITY = {"", "identity"}


class Headers:
    """The lines of an event's headers, by lower-case name."""

    def __init__(self, event: Mapping[str, Any]) -> None:
        """The gateway keeps the last line of a name only, but for the multi-value form of its event."""
        several: Mapping[str, list[str]] = event.get("multiValueHeaders") or {
            name: [value] for name, value in (event.get("headers") or {}).items()
        }
        self._lines: dict[str, tuple[str, ...]] = {}
        for name, values in several.items():
            self._lines[name.lower()] = (*self._lines.get(name.lower(), ()), *values)

    def lines(self, name: str) -> tuple[str, ...]:
        """Each line's value, in their order; () without any."""
        return self._lines.get(name, ())

    def get(self, name: str) -> str | None:
        """The value: several lines mean the same as one list (RFC 9110 §5.3)."""
        return ", ".join(self._lines[name]) if name in self._lines else None


def idempotency_key(headers: Headers) -> str:
    """The `Idempotency-Key`, bare or quoted as a structured-field string (RFC 8941 §3.3.3).

    Raises `Refusal`: none (`idempotency_key_missing`), two that differ, one of another form, or a card
    number (`invalid_request`).
    """
    keys = {_unquoted(line.strip()) for line in headers.lines(KEY.lower()) if line.strip()}
    if not keys:
        raise Refusal(
            Code.IDEMPOTENCY_KEY_MISSING, "Send an Idempotency-Key header: one new key for each new intent."
        )
    if len(keys) > 1:
        raise _bad_key("A request has one Idempotency-Key.", "Stands there twice, with different values.")
    key = keys.pop()
    if key is None or not _VISIBLE_ASCII.fullmatch(key):
        raise _bad_key(
            "The Idempotency-Key must be 1 to 255 characters of visible ASCII.",
            "1 to 255 characters of visible ASCII, bare or quoted.",
        )
    if is_card_number(key):
        raise _bad_key("The Idempotency-Key must not be a card number.", "Must not be a card number.")
    return key


def prefers_async(headers: Headers) -> bool:
    """Whether the caller would rather not wait (`Prefer: respond-async`, RFC 7240 §4.1)."""
    for preference in split(headers.get("prefer") or "", ","):
        name, _, value = next(split(preference, ";"), "").partition("=")
        if name.strip().lower() == ASYNC:
            return value.strip() in {"", '""'}  # an empty value is none (RFC 7240 §2); the first counts
    return False


def is_media_type(headers: Headers, wanted: str) -> bool:
    """Whether the body says to be of this type, and in UTF-8 if it names a character set."""
    named, *parameters = [*split(headers.get("content-type") or "", ";")] or [""]
    sets = [value for name, _, value in (each.partition("=") for each in parameters) if _is(name, "charset")]
    return _is(named, wanted) and all(_is(value.strip().strip('"'), "utf-8") for value in sets)


def is_encoded(headers: Headers) -> bool:
    """Whether the body is sent in another coding than its own (RFC 9110 §8.4)."""
    codings = split(headers.get("content-encoding") or "", ",")
    return any(coding.strip().lower() not in _IDENTITY for coding in codings)


def split(value: str, separator: str) -> Iterator[str]:
    """The parts of a list, at separators that don't stand in a quoted string."""
    return iter(re.findall(rf'(?:[^"{separator}]|{_STRING}|")+', value))


def _unquoted(given: str) -> str | None:
    quoted = _QUOTED.fullmatch(given)
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1])
    return None if given.startswith('"') else given


def _is(text: str, wanted: str) -> bool:
    return text.strip().lower() == wanted


def _bad_key(detail: str, field: str) -> Refusal:
    return Refusal(Code.INVALID_REQUEST, detail, (FieldError(KEY, field),))
