"""What a browser encrypts: a card, for one merchant, for a few minutes, for one use."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tollgate.domain.card import Card, can_be_issued, expired, too_far_ahead
from tollgate.domain.card_number import holds_card_number
from tollgate.domain.errors import NO_CARD_NUMBER, Code, FieldError, Refusal, invalid
from tollgate.domain.text import fault_of

MAX_AGE = 600
MAX_AHEAD = 300

_NUMBER = re.compile(r"[0-9]{12,19}")
_CODE = re.compile(r"[0-9]{3,4}")
_SHOWABLE = re.compile(r"[A-Za-z_]{1,40}")
_UNUSABLE = "Not a usable encrypted card."


@dataclass(frozen=True, slots=True)
class EncryptedCard:
    """The contents of a card's JWE. `issued_at` in seconds, UTC, by the browser's clock."""

    card: Card
    merchant_id: str
    issued_at: int
    jti: str


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of the plaintext: what it must be, in words and as a check."""

    words: str
    holds: Callable[[Any], bool]
    required: bool = True


def _text(value: Any) -> bool:
    return isinstance(value, str) and value != "" and fault_of(value) is None


def _whole(least: int, most: int | None = None) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value >= least and (most is None or value <= most)


def _digits(form: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


_MEMBERS: Mapping[str, _Member] = {
    "number": _Member("must be a string of 12 to 19 digits", _digits(_NUMBER)),
    "exp_month": _Member("must be a whole number from 1 to 12", _whole(1, 12)),
    "exp_year": _Member("must be a whole number of four digits", _whole(1000, 9999)),
    "cvc": _Member("must be a string of 3 or 4 digits, or left out", _digits(_CODE), required=False),
    "name": _Member("must be a text without control characters, or left out", _text, required=False),
    "merchant": _Member("must be the merchant's id", _text),
    "iat": _Member("must be a whole number of seconds since 1970", _whole(0)),
    "jti": _Member("must be a text without control characters", _text),
}


def read(plaintext: bytes, merchant_id: str, now: int, pointer: str) -> EncryptedCard:
    """The contents, of the contract's form, for this merchant and fresh (`now` in seconds).

    Whoever made them knows them, so each wrong member is named, by name and never by value. Raises `Refusal`
    (`encrypted_card_invalid`; `invalid_request` for a card number in the name).
    """
    claims = _claims(plaintext, pointer)
    if faults := [*_malformed(claims), *_misused(claims, merchant_id, now)]:
        raise encrypted_card_invalid(pointer, *faults)
    if holds_card_number(claims.get("name", "")):
        raise invalid(pointer, f"name: {NO_CARD_NUMBER}")
    card = Card(
        claims["number"], claims["exp_month"], claims["exp_year"], claims.get("cvc"), claims.get("name")
    )
    return EncryptedCard(card, claims["merchant"], claims["iat"], claims["jti"])


def check_card(card: Card, now: int, pointer: str) -> None:
    """Refuse (`card_invalid`) a number that is no card's and an expiry that no card has (`now`: seconds)."""
    wrong: list[FieldError] = []
    if not can_be_issued(card.number):
        wrong.append(FieldError(pointer, "number: this is not a card number."))
    if expired(card.exp_month, card.exp_year, now):
        wrong.append(FieldError(pointer, "exp_month, exp_year: the card has expired."))
    if too_far_ahead(card.exp_month, card.exp_year, now):
        wrong.append(FieldError(pointer, "exp_year: no card is good for that long."))
    if wrong:
        raise Refusal(Code.CARD_INVALID, "The card can't be used.", tuple(wrong))


def encrypted_card_invalid(pointer: str, *faults: str) -> Refusal:
    """Without faults the same words whatever is wrong: a decrypting end must not be an oracle."""
    if not faults:
        detail = "The encrypted card can't be used. Encrypt the card again."
        return Refusal(Code.ENCRYPTED_CARD_INVALID, detail, (FieldError(pointer, _UNUSABLE),))
    detail = f"The encrypted card can't be used: {'; '.join(faults)}."
    fields = tuple(FieldError(pointer, f"{fault}.") for fault in faults)
    return Refusal(Code.ENCRYPTED_CARD_INVALID, detail, fields)


def _claims(plaintext: bytes, pointer: str) -> dict[str, Any]:
    try:
        claims = json.loads(plaintext.decode(), object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError):
        claims = None
    if not isinstance(claims, dict):
        fault = "the plaintext must be a JSON object in UTF-8, with each member once"
        raise encrypted_card_invalid(pointer, fault)
    return claims


def _malformed(claims: Mapping[str, Any]) -> Iterator[str]:
    for name, member in _MEMBERS.items():
        if name not in claims:
            if member.required:
                yield f"{name}: is missing"
        elif not member.holds(claims[name]):
            yield f"{name}: {member.words}"
    for name in claims.keys() - _MEMBERS.keys():
        yield f"{name}: isn't known" if _SHOWABLE.fullmatch(name) else "a member isn't known"


def _misused(claims: Mapping[str, Any], merchant_id: str, now: int) -> Iterator[str]:
    merchant, issued_at = claims.get("merchant"), claims.get("iat")
    if _text(merchant) and merchant != merchant_id:
        yield "merchant: must be the caller's own"
    if type(issued_at) is int and issued_at < now - MAX_AGE:
        yield f"iat: {now - issued_at} seconds old, at most {MAX_AGE}"
    if type(issued_at) is int and issued_at > now + MAX_AHEAD:
        yield f"iat: {issued_at - now} seconds ahead, at most {MAX_AHEAD}"


def _without_duplicates(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    claims = dict(pairs)
    if len(claims) != len(pairs):
        raise ValueError("a name stands twice")
    return claims
