"""The identity service: an API key buys a bearer token."""

import hmac
import secrets
import threading
import time
from typing import Any

from local.simulator.problems import Problem

TOKEN_SECONDS = 3600


class Access:
    """Issues and checks bearer tokens. They live in memory: a restart ends them all."""

    def __init__(self, api_key: str) -> None:
        self._api_key = api_key
        self._expiries: dict[str, float] = {}
        self._lock = threading.Lock()

    def check_api_key(self, api_key: str | None) -> None:
        """Raises `Problem` (401) for a missing or wrong key."""
        if not hmac.compare_digest((api_key or "").encode(), self._api_key.encode()):
            raise Problem(401, "not-authorized", "The API key is not valid")

    def issue(self) -> dict[str, Any]:
        """A new token in the identity service's answer."""
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._expiries = {held: expiry for held, expiry in self._expiries.items() if expiry > now}
            self._expiries[token] = now + TOKEN_SECONDS
        return {
            "access_token": token,
            "expires_in": TOKEN_SECONDS,
            "scope": "payments",
            "token_type": "Bearer",
        }

    def check_bearer(self, authorization: str | None) -> None:
        """Raises `Problem` (401) unless the header holds a token that is still good."""
        scheme, _, token = (authorization or "").partition(" ")
        with self._lock:
            expiry = self._expiries.get(token, 0.0)
        if scheme.lower() != "bearer" or expiry <= time.monotonic():
            raise Problem(401, "not-authorized", "The access token is missing, unknown or has expired")
