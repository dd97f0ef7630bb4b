"""The processor's API keys: one secret an account, remembered for ten minutes."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tollgate.adapters.cache import BoundedCache
from tollgate.adapters.payroc import CredentialsUnavailable
from tollgate.ports import Clock

TEN_MINUTES = 600_000


class ProcessorCredentials:
    """Payroc's `Credentials`. `secrets`: each account's secret (ARN), holding `{"api_key": "…"}`."""

    def __init__(self, secretsmanager: Any, secrets: Mapping[str, str], clock: Clock) -> None:
        self._secretsmanager = secretsmanager
        self._secrets = secrets
        self._cache: BoundedCache[str] = BoundedCache(clock, len(secrets) or 1, TEN_MINUTES)

    def __call__(self, account: str) -> str:
        """The account's API key. Raises `CredentialsUnavailable`."""
        api_key = self._cache.get(account, lambda: self._read(account))
        if not api_key:
            raise CredentialsUnavailable(f"the secret of account {account} can't be read or has no api_key")
        return api_key

    def _read(self, account: str) -> str | None:
        try:
            answer = self._secretsmanager.get_secret_value(SecretId=self._secrets[account])
            api_key = json.loads(answer["SecretString"])["api_key"]
        except (BotoCoreError, ClientError, KeyError, ValueError, TypeError):
            return None
        return api_key if isinstance(api_key, str) else None
