"""Rows of the `vault` table, and what they say."""

import hashlib
from collections.abc import Mapping
from typing import Any

from tollgate.domain.card import Brand, CardSummary
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken


def token_row(token: StoredToken) -> dict[str, Any]:
    """The row of a token that isn't deleted."""
    assert token.sealed, "only a sealed card is stored"
    return {
        "id": token.id,
        "merchant": token.merchant_id,
        "brand": token.summary.brand.value,
        "last4": token.summary.last4,
        "exp_month": token.summary.exp_month,
        "exp_year": token.summary.exp_year,
        "fingerprint": token.fingerprint,
        "identity": {"version": token.identity.version, "mac": token.identity.mac},
        "jwe_digest": token.jwe_digest,
        "ciphertext": token.sealed.content,
        "key_version": token.sealed.version,
        "created_at": token.created_at,
    }


def token_of(row: Mapping[str, Any]) -> StoredToken:
    return StoredToken(
        id=row["id"],
        merchant_id=row["merchant"],
        summary=CardSummary(Brand(row["brand"]), row["last4"], row["exp_month"], row["exp_year"]),
        fingerprint=row["fingerprint"],
        identity=CardIdentity(row["identity"]["version"], row["identity"]["mac"]),
        jwe_digest=row["jwe_digest"],
        sealed=SealedCard(row["key_version"], row["ciphertext"]) if "ciphertext" in row else None,
        created_at=row["created_at"],
        deleted_at=row.get("deleted_at"),
    )


def key_row(merchant_id: str, wrapped: bytes) -> dict[str, Any]:
    """The row of a merchant's first vault key."""
    return {"id": key_id(merchant_id), "current": 1, "versions": {"1": wrapped}}


def key_id(merchant_id: str) -> str:
    return f"key#{merchant_id}"


def wrapped_keys_of(row: Mapping[str, Any]) -> tuple[int, dict[int, bytes]]:
    """The version that seals new tokens, and every version as KMS has wrapped it."""
    return row["current"], {int(version): wrapped for version, wrapped in row["versions"].items()}


def use_row(merchant_id: str, jti: str, used_by: str, expires_at: int) -> dict[str, Any]:
    """The mark that an encrypted card was used. The only kind of row that expires."""
    digest = hashlib.sha256(f"{merchant_id}|{jti}".encode()).hexdigest()
    return {"id": f"jti#{digest}", "used_by": used_by, "expires_at": expires_at}
