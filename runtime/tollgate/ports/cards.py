"""Encrypted cards and the vault."""

from typing import Protocol

from tollgate.domain.audit import Audit
from tollgate.domain.card import Card
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken


class CardKeys(Protocol):
    """The private halves of the published card keys."""

    def decrypt(self, jwe: str) -> bytes | None:
        """The plaintext, or None for whatever isn't an untouched JWE of the contract's form."""
        ...


class Vault(Protocol):
    """Tokens and the cards behind them. Merchant keys never leave it."""

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None:
        """The merchant's token, deleted or not."""
        ...

    def add(self, token: StoredToken, audit: Audit) -> bool:
        """Store a token together with its record. False, and no change, if the id is taken."""
        ...

    def delete(self, token: StoredToken, deleted_at: int, audit: Audit) -> bool:
        """Remove the card for good, together with the record. False, and no change, if it was gone."""
        ...

    def seal(self, merchant_id: str, token_id: str, card: Card) -> SealedCard:
        """The card (without its code), for the token of this id alone."""
        ...

    def open(self, token: StoredToken) -> Card:
        """The card of a token that isn't deleted. Raises `LookupError` for a deleted one."""
        ...

    def identity_of(self, merchant_id: str, card: Card, version: int | None = None) -> CardIdentity:
        """The card's identity by the merchant's key of `version` (default: the current one)."""
        ...

    def fingerprint(self, merchant_id: str, card: Card) -> str:
        """`fp_…`, the same for the same number and merchant, for ever."""
        ...

    def use_once(self, merchant_id: str, jti: str, used_by: str, expires_at: int) -> bool:
        """Mark an encrypted card's `jti` as used by the operation `used_by`. False if it is another's.

        The mark may be forgotten after `expires_at` (seconds, UTC).
        """
        ...
