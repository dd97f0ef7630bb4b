"""What is kept of an exchange: nothing that a card, a key or an access token could be read from."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from tollgate.domain.card import passes_luhn

REMOVED = "[removed]"
_NEVER_KEPT = frozenset({"authorization", "x-api-key", "access_token", "cvv", "securetoken", "token"})
_NUMBER = "cardnumber"
_DIGITS = re.compile(r"(?<!\d)\d{13,19}(?!\d)")


class NotRedacted(Exception):
    """Something secret would have been saved. The message doesn't repeat it."""


def redacted(value: Any) -> Any:
    """A JSON value without secrets: card numbers as first six and last four digits."""
    match value:
        case dict():
            return {name: _member(name.lower(), each) for name, each in value.items()}
        case list():
            return [redacted(each) for each in value]
        case str():
            return _DIGITS.sub(lambda found: _masked(found[0]) if passes_luhn(found[0]) else found[0], value)
        case _:
            return value


def saved(document: Mapping[str, Any], secrets: Collection[str]) -> str:
    """A redacted document as text. Raises `NotRedacted` if one of `secrets` or a card number is in it all the
    same."""
    text = json.dumps(redacted(document), indent=2, ensure_ascii=False) + "\n"
    if any(secret in text for secret in secrets):
        raise NotRedacted("a key or an access token is in what was to be saved")
    if any(passes_luhn(digits) for digits in _DIGITS.findall(text)):
        raise NotRedacted("a card number is in what was to be saved")
    return text


def _member(name: str, value: Any) -> Any:
    if name in _NEVER_KEPT:
        return REMOVED
    return _masked(value) if name == _NUMBER and isinstance(value, str) else redacted(value)


def _masked(digits: str) -> str:
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]
