"""Tollgate's REST API, as an application calls it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from onboarding.failure import Failure

TIMEOUT = 30
"""Seconds: a little more than the gateway's own limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the decoded JSON, None for an empty answer."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Api:
    """One client's calls. `base_url` has no slash at its end."""

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)

    def access_token(self) -> str:
        """A new access token with all the client's scopes (RFC 6749 §4.4)."""
        answer = requests.post(
            f"{self.base_url}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(self.client_id, self.client_secret),
            timeout=TIMEOUT,
        )
        return self._accepted(answer).body["access_token"]

    def card_key(self) -> dict[str, str]:
        """The published key that cards are encrypted to now."""
        answer = self._accepted(requests.get(f"{self.base_url}/.well-known/jwks.json", timeout=TIMEOUT))
        return next(key for key in answer.body["keys"] if key["use"] == "enc")

    def merchant_id(self, access_token: str) -> str:
        """The merchant that the client acts for."""
        return self.get(access_token, "/v1/me").body["merchant"]["id"]

    def get(self, access_token: str, path: str, **query: str) -> Answer:
        return self._accepted(
            requests.get(
                self.base_url + path,
                params=query,
                headers={"Authorization": f"Bearer {access_token}"},
                timeout=TIMEOUT,
            )
        )

    def post(self, access_token: str, path: str, body: Mapping[str, Any], idempotency_key: str) -> Answer:
        return self._accepted(self._posted(access_token, path, body, idempotency_key))

    def try_post(self, access_token: str, path: str, body: Mapping[str, Any], idempotency_key: str) -> Answer:
        """Whatever the answer is, and be it a problem."""
        return _answer(self._posted(access_token, path, body, idempotency_key))

    def _posted(
        self, access_token: str, path: str, body: Mapping[str, Any], idempotency_key: str
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {access_token}", "Idempotency-Key": idempotency_key}
        return requests.post(self.base_url + path, json=body, headers=headers, timeout=TIMEOUT)

    def _accepted(self, response: requests.Response) -> Answer:
        """Raises Failure with the problem's own words unless the answer is a success."""
        if response.ok:
            return _answer(response)
        path = response.request.path_url
        raise Failure(
            f"{response.request.method} {path} was answered {response.status_code}: {_problem(response)}",
            "On the laptop `tollgate logs` says more, on a stage the logs of the API and of its functions.",
        )


def _answer(response: requests.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.json() if response.content else None)


def _problem(response: requests.Response) -> str:
    try:
        problem = response.json()
    except requests.JSONDecodeError:
        return "no problem description"
    return str(problem.get("detail") or problem.get("error_description") or problem.get("error") or problem)
