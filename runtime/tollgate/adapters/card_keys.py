"""The private card keys, from Secrets Manager: remembered for a while, never longer."""

import json
from collections.abc import Callable, Collection
from typing import Any

from joserfc.jwk import RSAKey

from tollgate.adapters.cache import BoundedCache
from tollgate.ports import Clock

MAX_AGE = 600_000
STRANGERS, STRANGE_FOR = 1000, 1000


class CardKeySecret:
    """Keys by their `kid`. The secret is read when what is remembered is 10 minutes old, and at once for a
    `kid` that is published and not known yet.

    Callers choose what they send: one that isn't published costs a look at what is, once a second.
    """

    def __init__(
        self, secretsmanager: Any, secret_id: str, clock: Clock, published: Callable[[], Collection[str]]
    ) -> None:
        """`published`: the ids of the keys that cards may be encrypted to, as they are now."""
        self._secretsmanager = secretsmanager
        self._secret_id = secret_id
        self._clock = clock
        self._published = published
        self._keys: dict[str, RSAKey] = {}
        self._read_at: int | None = None
        self._strangers: BoundedCache[bool] = BoundedCache(clock, STRANGERS, STRANGE_FOR)

    def find(self, kid: str) -> RSAKey | None:
        """The key, or None if there is none of this `kid`."""
        if self._read_at is None or self._clock.now() - self._read_at >= MAX_AGE or self._is_new(kid):
            self._keys = self._read()
            self._read_at = self._clock.now()
        return self._keys.get(kid)

    def _is_new(self, kid: str) -> bool:
        if kid in self._keys or self._strangers.get(kid, lambda: None):
            return False
        self._strangers.get(kid, lambda: True)  # whatever it is, it isn't looked for again at once
        return kid in self._published()

    def _read(self) -> dict[str, RSAKey]:
        answer = self._secretsmanager.get_secret_value(SecretId=self._secret_id)
        keys: dict[str, str] = json.loads(answer["SecretString"])["keys"]
        return {kid: RSAKey.import_key(pem) for kid, pem in keys.items()}
