"""What a browser encrypts: a card, for one merchant, for a few minutes, for one use."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tollgate.domain.card import Card, expired, passes_luhn
from tollgate.domain.errors import Code, FieldError, Refusal

MAX_AGE = 600
MAX_AHEAD = 300

_NUMBER = re.compile(r"[0-9]{12,19}")
_CODE = re.compile(r"[0-9]{3,4}")
_REQUIRED = {"number", "exp_month", "exp_year", "merchant", "iat", "jti"}
_OPTIONAL = {"cvc", "name"}


@dataclass(frozen=True, slots=True)
class EncryptedCard:
    """The contents of a card's JWE. `issued_at` in seconds, UTC, by the browser's clock."""

    card: Card
    merchant_id: str
    issued_at: int
    jti: str

    def fresh(self, now: int) -> bool:
        """Not older than 10 minutes, not more than 5 minutes ahead (`now` in seconds)."""
        return now - MAX_AGE <= self.issued_at <= now + MAX_AHEAD


def read(plaintext: bytes) -> EncryptedCard | None:
    """The contents, or None if they aren't exactly of the contract's form (`api.md` §4)."""
    try:
        claims = json.loads(plaintext, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or not _REQUIRED <= claims.keys() <= _REQUIRED | _OPTIONAL:
        return None
    if not all(_well_formed(name, value) for name, value in claims.items()):
        return None
    card = Card(
        claims["number"], claims["exp_month"], claims["exp_year"], claims.get("cvc"), claims.get("name")
    )
    return EncryptedCard(card, claims["merchant"], claims["iat"], claims["jti"])


def check_card(card: Card, now: int, pointer: str) -> None:
    """Refuse (`card_invalid`) a number that is no card's and an expiry that is past (`now` in seconds)."""
    today = datetime.fromtimestamp(now, UTC)
    wrong: list[FieldError] = []
    if not passes_luhn(card.number):
        wrong.append(FieldError(pointer, "number: this is not a card number."))
    if expired(card.exp_month, card.exp_year, year=today.year, month=today.month):
        wrong.append(FieldError(pointer, "exp_month, exp_year: the card has expired."))
    if wrong:
        raise Refusal(Code.CARD_INVALID, "The card can't be used.", tuple(wrong))


def encrypted_card_invalid(pointer: str) -> Refusal:
    """The same words whatever is wrong: a decrypting end must not be an oracle."""
    detail = "The encrypted card can't be used. Encrypt the card again."
    return Refusal(
        Code.ENCRYPTED_CARD_INVALID, detail, (FieldError(pointer, "Not a usable encrypted card."),)
    )


def _well_formed(name: str, value: Any) -> bool:
    match name:
        case "number":
            return isinstance(value, str) and bool(_NUMBER.fullmatch(value))
        case "cvc":
            return isinstance(value, str) and bool(_CODE.fullmatch(value))
        case "exp_month":
            return type(value) is int and 1 <= value <= 12
        case "exp_year":
            return type(value) is int and 1000 <= value <= 9999
        case "iat":
            return type(value) is int and value >= 0
        case _:
            return isinstance(value, str) and bool(value) and value.isprintable()


def _without_duplicates(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    claims = dict(pairs)
    if len(claims) != len(pairs):
        raise ValueError("a name stands twice")
    return claims
