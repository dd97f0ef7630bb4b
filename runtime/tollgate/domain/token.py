"""Tokens: what the vault keeps of a card, and what callers see of it."""

from dataclasses import dataclass, field
from typing import Any

from tollgate.domain.audit import timestamp
from tollgate.domain.card import CardSummary


@dataclass(frozen=True, slots=True)
class CardIdentity:
    """A keyed MAC of a card's number and expiry, by the merchant's vault key of `version`.

    Two requests name the same card if their identities of the same version are equal. Without the key
    it tells nothing of the number.
    """

    version: int
    mac: bytes


@dataclass(frozen=True, slots=True)
class SealedCard:
    """A card under the merchant's vault key of `version`: nonce (12 bytes) and AES-256-GCM ciphertext."""

    version: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token. Once deleted (`deleted_at` set) `sealed` is None; the rest stays, so that a replay of its
    creation hears the first answer again. Times in milliseconds, UTC."""

    id: str
    merchant_id: str
    summary: CardSummary
    fingerprint: str
    identity: CardIdentity
    jwe_digest: bytes
    sealed: SealedCard | None
    created_at: int
    deleted_at: int | None = None

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None


def token_object(token: StoredToken) -> dict[str, Any]:
    """The token as the API shows it."""
    return {
        "id": token.id,
        "object": "token",
        "card": {
            "brand": token.summary.brand.value,
            "last4": token.summary.last4,
            "exp_month": token.summary.exp_month,
            "exp_year": token.summary.exp_year,
            "fingerprint": token.fingerprint,
        },
        "created_at": timestamp(token.created_at),
    }
