"""Sealed list cursors: AES-256-GCM under a key that KMS derives, bound to what they were made for."""

import base64
import binascii
import secrets
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DERIVATION = b"tollgate list cursors, version 1"
NONCE_BYTES = 12
MAX_LENGTH = 512


class SealedCursors:
    """The `Cursors` port. The key is the KMS HMAC key's MAC of a constant: one call a warm function."""

    def __init__(self, kms: Any, key_id: str) -> None:
        self._kms = kms
        self._key_id = key_id

    def seal(self, position: str, binding: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, position.encode(), binding.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def open(self, cursor: str, binding: str) -> str | None:
        if len(cursor) > MAX_LENGTH or not cursor.isascii():
            return None
        try:
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            position = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], binding.encode())
        except (binascii.Error, InvalidTag, ValueError):
            return None
        return position.decode() if self._canonical(cursor, sealed) else None

    @staticmethod
    def _canonical(cursor: str, sealed: bytes) -> bool:
        """Base64's last character has spare bits; a cursor has one spelling only."""
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=") == cursor

    @cached_property
    def _cipher(self) -> AESGCM:
        answer = self._kms.generate_mac(KeyId=self._key_id, MacAlgorithm="HMAC_SHA_256", Message=DERIVATION)
        return AESGCM(answer["Mac"])
