"""Endpoints' signing secrets, under a key of KMS's, each bound to its endpoint."""

import secrets
from typing import Any

from tollgate.adapters.cache import BoundedCache
from tollgate.domain.webhook_signature import SECRET_BYTES
from tollgate.ports import Clock

ENDPOINTS = 500
HOUR = 3_600_000


class SealedSecrets:
    """The `Secrets` port."""

    def __init__(self, kms: Any, key: str) -> None:
        self._kms = kms
        self._key = key

    def make(self) -> bytes:
        return secrets.token_bytes(SECRET_BYTES)

    def seal(self, endpoint_id: str, secret: bytes) -> bytes:
        answer = self._kms.encrypt(
            KeyId=self._key, Plaintext=secret, EncryptionContext={"endpoint": endpoint_id}
        )
        return answer["CiphertextBlob"]


class OpenedSecrets:
    """The `SecretOpener` port. A secret is opened once in an hour."""

    def __init__(self, kms: Any, key: str, clock: Clock) -> None:
        self._kms = kms
        self._key = key
        self._cache: BoundedCache[bytes] = BoundedCache(clock, ENDPOINTS, HOUR)

    def open(self, endpoint_id: str, sealed: bytes) -> bytes:
        opened = self._cache.get(f"{endpoint_id} {sealed.hex()}", lambda: self._opened(endpoint_id, sealed))
        assert opened is not None, endpoint_id
        return opened

    def _opened(self, endpoint_id: str, sealed: bytes) -> bytes:
        answer = self._kms.decrypt(
            KeyId=self._key, CiphertextBlob=sealed, EncryptionContext={"endpoint": endpoint_id}
        )
        return answer["Plaintext"]
