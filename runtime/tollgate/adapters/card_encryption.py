"""Decryption of encrypted cards: compact JWE (RFC 7516), one pair of algorithms, no other header."""

import base64
import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwe import decrypt_compact
from joserfc.jwk import RSAKey

from tollgate.adapters.card_keys import CardKeySecret

ALGORITHM = "RSA-OAEP-256"
ENCRYPTION = "A256GCM"
HEADER = {"alg", "enc", "kid", "typ", "cty"}


class EncryptedCards:
    """Opens what was encrypted to one of the stage's card keys."""

    def __init__(self, keys: CardKeySecret) -> None:
        self._keys = keys

    def decrypt(self, jwe: str) -> bytes | None:
        """The plaintext, or None for whatever isn't an untouched JWE of the contract's form."""
        kid = _kid(jwe)
        key = self._keys.find(kid) if kid else None
        return _decrypted(jwe, key) if key else None


def _kid(jwe: str) -> str | None:
    try:
        header: Any = json.loads(base64.urlsafe_b64decode(jwe.partition(".")[0] + "=="))
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or not header.keys() <= HEADER:
        return None
    if header.get("alg") != ALGORITHM or header.get("enc") != ENCRYPTION:
        return None
    kid = header.get("kid")
    return kid if isinstance(kid, str) else None


def _decrypted(jwe: str, key: RSAKey) -> bytes | None:
    try:
        return decrypt_compact(jwe, key, algorithms=[ALGORITHM, ENCRYPTION]).plaintext
    except (JoseError, ValueError):
        return None
