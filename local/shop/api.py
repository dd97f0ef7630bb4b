"""Tollgate's REST API, as this shop calls it: one client, its access token kept while it is good."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

TIMEOUT = 40
"""Seconds: longer than the API ever takes."""
RENEWED_BEFORE = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and decoded JSON; `retry_after` in seconds."""

    status: int
    body: Mapping[str, Any]
    retry_after: float = 1.0


@dataclass
class Api:
    """`base_url` has no slash at its end. Every call raises `requests.RequestException` without an answer."""

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    _access_token: str = field(default="", repr=False)
    _good_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, path: str, **query: str) -> Mapping[str, Any]:
        """The object or list. Anything but a 200 is raised as no answer."""
        answer = self._call("GET", path, params=query)
        if answer.status != 200:
            raise requests.HTTPError(f"{path}: {answer.status}")
        return answer.body

    def post(self, path: str, body: Mapping[str, Any], key: str) -> Answer:
        """`key`: the Idempotency-Key."""
        return self._call("POST", path, json=body, headers={"Idempotency-Key": key})

    def _call(self, method: str, path: str, headers: Mapping[str, str] | None = None, **rest: Any) -> Answer:
        response = _send(
            method,
            self.base_url + path,
            headers={**(headers or {}), "Authorization": f"Bearer {self._bearer()}"},
            **rest,
        )
        wait = response.headers.get("Retry-After", "1")
        return Answer(response.status_code, response.json(), float(wait) if wait.isdecimal() else 1.0)

    def _bearer(self) -> str:
        with self._lock:
            if time.monotonic() > self._good_until:
                issued = _send(
                    "POST",
                    f"{self.base_url}/oauth/token",
                    data={"grant_type": "client_credentials"},
                    auth=(self.client_id, self.client_secret),
                )
                issued.raise_for_status()
                self._access_token = issued.json()["access_token"]
                self._good_until = time.monotonic() + issued.json()["expires_in"] - RENEWED_BEFORE
            return self._access_token


def _send(method: str, url: str, **rest: Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False  # no proxy comes between two processes of one machine
        return session.request(method, url, timeout=TIMEOUT, **rest)
