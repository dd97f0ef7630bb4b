"""HTTP to Payroc or the simulator, with a record of what was said."""

import http.client
import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

from onboarding.failure import Failure
from ops.uat.hosts import Hosts

SECONDS = 60
Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """`status` 0: there was none. `body` of a JSON document, else empty."""

    status: int
    body: Body

    @property
    def problem(self) -> str:
        """The kind of a problem document, in Payroc's words; else empty."""
        return str(self.body.get("type", "")).rpartition("#")[2]


@dataclass
class Wire:
    """An access token, and `calls`: each request with its answer, not redacted yet."""

    hosts: Hosts
    pause: Callable[[float], None]
    calls: list[Body] = field(default_factory=list)
    _authorization: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may be saved nowhere."""
        return tuple(
            each for each in (self.hosts.api_key, self._authorization.removeprefix("Bearer ")) if each
        )

    def authorize(self, api_key: str | None = None) -> Answer:
        """Buy an access token, with the hosts' own key unless another is given, which isn't used further."""
        headers = {"x-api-key": api_key or self.hosts.api_key}
        answer = self._send("POST", f"{self.hosts.identity_url}/authorize", headers, None)
        if api_key is None:
            if answer.status != 200:
                raise Failure(
                    f"The identity service answers {answer.status} to the API key.",
                    "Check the key, and that it is one of the test environment.",
                )
            self._authorization = f"Bearer {answer.body['access_token']}"
        return answer

    def get(self, path: str, *, authorization: str | None = None) -> Answer:
        headers = {"Authorization": authorization or self._authorization}
        return self._send("GET", self.hosts.api_url + path, headers, None)

    def post(self, path: str, body: Body, key: str | None = "") -> Answer:
        """`key`: a new one by default, None for none."""
        return self._send("POST", self.hosts.api_url + path, self._headers(key), body)

    def cut(self, path: str, body: Body, key: str, *, after: bool) -> None:
        """Send a request, or (unless `after`) half of it, and hang up without waiting for the answer."""
        content, parts = json.dumps(body).encode(), urlsplit(self.hosts.api_url + path)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        with suppress(OSError):
            connection.putrequest("POST", parts.path)
            for name, value in {**self._headers(key), "Content-Length": str(len(content))}.items():
                connection.putheader(name, value)
            connection.endheaders(content if after else content[: len(content) // 2])
        if after:
            self.pause(1)  # it has arrived: hanging up sooner may be noticed before it is carried out
        connection.close()
        self._record("POST", parts.path, self._headers(key), body, Answer(0, {}))

    def control(self, path: str) -> None:
        """What only the simulator can be told to do."""
        if self.hosts.controls:
            requests.post(f"{self.hosts.controls}/{path}", timeout=SECONDS).raise_for_status()

    def _headers(self, key: str | None) -> dict[str, str]:
        named = {} if key is None else {"Idempotency-Key": key or str(uuid.uuid4())}
        return {"Authorization": self._authorization, "Content-Type": "application/json", **named}

    def _send(self, method: str, url: str, headers: dict[str, str], body: Body | None) -> Answer:
        content = None if body is None else json.dumps(body)
        heard = requests.request(method, url, headers=headers, data=content, timeout=SECONDS)
        try:
            document = heard.json()
        except ValueError:
            document = {}
        answer = Answer(heard.status_code, document if isinstance(document, dict) else {})
        self._record(method, heard.request.path_url, headers, body, answer)
        return answer

    def _record(
        self, method: str, path: str, headers: dict[str, str], body: Body | None, answer: Answer
    ) -> None:
        request = {"method": method, "path": path, "headers": headers, "body": body}
        self.calls.append({"request": request, "answer": {"status": answer.status, "body": answer.body}})
