"""JSON as the contract takes it: UTF-8, each member once, and no text that can't be kept."""

import json
from typing import Any

from tollgate.domain.card_number import holds_card_number
from tollgate.domain.errors import NO_CARD_NUMBER, invalid
from tollgate.domain.text import fault_of

NO_TEXT = {"encrypted_card", "token"}
"""Members that hold what is looked into elsewhere, and never stored as it came."""

REPLACEMENT = "\ufffd"


class _Members(list[tuple[str, Any]]):
    """An object's members in their order, each as often as it stands there."""


def check_json(content: bytes, *, as_text: bool) -> None:
    """Raises `Refusal` (400) with a pointer: other bytes than UTF-8, no JSON, a member that stands twice, a
    control character, half a surrogate pair, a card number.

    `as_text`: the gateway has made a text of the bytes, so what can't be read is replaced already.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise invalid("", "The body is not UTF-8.") from None
    if as_text and REPLACEMENT in text:
        raise invalid("", "The body is not UTF-8.")
    try:
        _check(json.loads(text, object_pairs_hook=_Members), "", "")
    except (ValueError, RecursionError):
        raise invalid("", "The body is not valid JSON.") from None


def escaped(name: str) -> str:
    """A member's name as a step of a JSON Pointer (RFC 6901 §3)."""
    return name.replace("~", "~0").replace("/", "~1")


def _check(value: Any, pointer: str, name: str) -> None:
    match value:
        case _Members():
            _check_members(value, pointer)
        case list():
            for index, each in enumerate(value):
                _check(each, f"{pointer}/{index}", name)
        case str():
            _check_text(value, pointer, card_numbers=name not in NO_TEXT)
        case _:
            pass


def _check_members(members: _Members, pointer: str) -> None:
    seen: set[str] = set()
    for name, value in members:
        _check_text(name, pointer, card_numbers=True)  # a name that is wrong isn't shown: its object is
        here = f"{pointer}/{escaped(name)}"
        if name in seen:
            raise invalid(here, "Stands there twice.")
        seen.add(name)
        _check(value, here, name)


def _check_text(text: str, pointer: str, *, card_numbers: bool) -> None:
    if fault := fault_of(text):
        raise invalid(pointer, fault)
    if card_numbers and holds_card_number(text):
        raise invalid(pointer, NO_CARD_NUMBER)
