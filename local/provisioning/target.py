"""The emulator as provisioning sees it."""

from __future__ import annotations

import threading
from typing import Any

from botocore.config import Config

from onboarding.session import isolated_session

SECRET_ACCESS_KEY = "test"


def access_key(account: str) -> str:
    """The access key with which the emulator knows the account's root."""
    return account


class Target:
    """AWS clients of one account and region at an endpoint. Safe to use from several threads.

    `api_id` is the id that a REST API gets, fixed so that its URL is known beforehand.
    """

    def __init__(self, endpoint: str, *, account: str, region: str, api_id: str) -> None:
        self.endpoint = endpoint
        self.account = account
        self.region = region
        self.api_id = api_id
        self._session = isolated_session(access_key(account), SECRET_ACCESS_KEY, region)
        # A retry would hide a conflict, or make something twice.
        self._config = Config(retries={"total_max_attempts": 1}, max_pool_connections=32, proxies={})
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()

    def client(self, service: str) -> Any:
        """The boto3 client of a service, e.g. `dynamodb`."""
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._session.client(
                    service, endpoint_url=self.endpoint, config=self._config
                )
            return self._clients[service]

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"
