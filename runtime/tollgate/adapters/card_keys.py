"""The private card keys, from Secrets Manager: remembered for a while, never longer."""

import json
from typing import Any

from joserfc.jwk import RSAKey

from tollgate.ports import Clock

MAX_AGE = 600_000
RETRY_AFTER = 30_000


class CardKeySecret:
    """Keys by their `kid`. The secret is read when what is remembered is 10 minutes old, and for an unknown
    `kid`, since that may be new: then at most once in 30 s, as callers choose what they send."""

    def __init__(self, secretsmanager: Any, secret_id: str, clock: Clock) -> None:
        self._secretsmanager = secretsmanager
        self._secret_id = secret_id
        self._clock = clock
        self._keys: dict[str, RSAKey] = {}
        self._read_at: int | None = None

    def find(self, kid: str) -> RSAKey | None:
        """The key, or None if there is none of this `kid`."""
        if self._older_than(MAX_AGE) or (kid not in self._keys and self._older_than(RETRY_AFTER)):
            self._keys = self._read()
            self._read_at = self._clock.now()
        return self._keys.get(kid)

    def _older_than(self, age: int) -> bool:
        return self._read_at is None or self._clock.now() - self._read_at >= age

    def _read(self) -> dict[str, RSAKey]:
        answer = self._secretsmanager.get_secret_value(SecretId=self._secret_id)
        keys: dict[str, str] = json.loads(answer["SecretString"])["keys"]
        return {kid: RSAKey.import_key(pem) for kid, pem in keys.items()}
