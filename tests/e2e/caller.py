"""A consuming application: what it sends, and what must hold for every answer that it gets."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from schemathesis.specs.openapi.schemas import OpenApiSchema

from onboarding import Stage, add_client
from tests.cards import VISA, encrypt_card
from tollgate.domain.merchant import Scope

TIMEOUT = 40
"""Seconds: more than the gateway's own limit, so that the gateway's answer is heard."""

SENTINEL_CVC = "9471"
"""A card code that stands nowhere else, so that whoever stores or logs it is found."""

PROBLEM = {"type", "title", "status", "detail", "code", "request_id", "retryable"}
MOST_THREADS = 64
UNAVAILABLE = 503

Object = dict[str, Any]


def direct_session() -> requests.Session:
    """Without a proxy of the environment, and with connections for all threads of a test."""
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(pool_maxsize=MOST_THREADS))
    return session


def code_of(answer: requests.Response) -> str:
    """The problem's code."""
    return answer.json()["code"]


@dataclass(frozen=True)
class Caller:
    """One client of one merchant. Every answer is held against what the contract says of all answers."""

    base_url: str
    merchant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    contract: OpenApiSchema = field(repr=False)

    @cached_property
    def anonymous(self) -> requests.Session:
        """Without an access token."""
        return direct_session()

    @cached_property
    def session(self) -> requests.Session:
        """With an access token."""
        session = direct_session()
        session.headers["Authorization"] = f"Bearer {self.access_token()}"
        return session

    @cached_property
    def card_key(self) -> Mapping[str, str]:
        """The published key that cards are encrypted to."""
        keys = self.send("GET", "/.well-known/jwks.json").json()["keys"]
        return next(key for key in keys if key["use"] == "enc")

    def colleague(self, stage: Stage, *scopes: Scope, plan: str = "standard") -> Self:
        """A new client of the same merchant, with all scopes unless some are named."""
        new = add_client(stage, self.merchant_id, scopes=scopes or Scope, plan=plan)
        return replace(self, client_id=new.client_id, client_secret=new.client_secret)

    def access_token(self, **parameters: str) -> str:
        """A new one. `parameters` may ask for a `scope`."""
        answer = self.grant(parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def grant(self, parameters: Mapping[str, str]) -> requests.Response:
        """Ask for an access token, with the client's own credentials in the header."""
        form = {"grant_type": "client_credentials", **parameters}
        return self.send("POST", "/oauth/token", data=form, auth=(self.client_id, self.client_secret))

    def send(self, method: str, path: str, **request: Any) -> requests.Response:
        """A call without an access token, or with the one that `request` brings."""
        return self._sent(self.anonymous, method, path, request)

    def call(self, method: str, path: str, **request: Any) -> requests.Response:
        """A call with the client's access token."""
        return self._sent(self.session, method, path, request)

    def get(self, path: str, **query: str | int) -> requests.Response:
        return self.call("GET", path, params=query)

    def delete(self, path: str) -> requests.Response:
        return self.call("DELETE", path)

    def post(self, path: str, body: Object, key: str | None = None, **headers: str) -> requests.Response:
        """With a new idempotency key unless one is given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), **headers}
        return self.call("POST", path, json=body, headers=headers)

    def post_payment(self, key: str | None = None, **terms: Any) -> requests.Response:
        """`terms` replace or add to 100 USD by a new token."""
        return self.post("/v1/payments", self.payment_request(**terms), key)

    def payment_request(self, **terms: Any) -> Object:
        """A body for `POST /v1/payments`."""
        method = {} if "payment_method" in terms else {"payment_method": {"token": self.token()}}
        return {"amount": 10_000, "currency": "USD", **method, **terms}

    def pay(self, **terms: Any) -> Object:
        """A payment that succeeds."""
        return created(self.post_payment(**terms))

    def authorize(self, **terms: Any) -> Object:
        """A payment that is authorized and no more."""
        return self.pay(capture_method="manual", **terms)

    def refund(self, payment: Object, **request: Any) -> Object:
        """A refund that succeeds."""
        return created(self.post(f"/v1/payments/{payment['id']}/refunds", request))

    def token(self, number: str = VISA) -> str:
        """The id of a new token."""
        return created(self.post("/v1/tokens", {"encrypted_card": self.card(number)}))["id"]

    def card(self, number: str = VISA, **claims: Any) -> str:
        """A JWE as a browser makes it."""
        return encrypt_card(self.card_key, self.merchant_id, number, **{"cvc": SENTINEL_CVC, **claims})

    def read(self, thing: Object) -> Object:
        """A payment, token or audit record as it stands."""
        answer = self.get(f"/v1/{thing['object']}s/{thing['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pages(self, path: str, **query: str | int) -> list[list[Object]]:
        """All pages of a list."""
        pages: list[list[Object]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, **query, **cursor).json()
            assert page["object"] == "list"
            assert page["has_more"] is (page["next_cursor"] is not None)
            pages.append(page["data"])
            if not page["has_more"]:
                return pages
            cursor = {"cursor": page["next_cursor"]}

    def _sent(
        self, session: requests.Session, method: str, path: str, request: dict[str, Any]
    ) -> requests.Response:
        answer = session.request(method, self.base_url + path, timeout=TIMEOUT, **request)
        assert answer.headers["X-Request-Id"], answer.headers
        if answer.headers.get("Content-Type") == "application/problem+json":
            _check_problem(answer)
        operation = self.contract.find_operation_by_path(method, urlsplit(path).path)
        if operation:
            assert str(answer.status_code) in operation.responses.status_codes, answer.text
            operation.validate_response(answer)
        return answer


def created(answer: requests.Response) -> Object:
    """The object of a 201."""
    assert answer.status_code == 201, answer.text
    return answer.json()


def if_created(answer: requests.Response) -> Object | None:
    """The object of a 201. None for a 503, which has no effect: for some seconds after failures in a row the
    circuit to the processor is open."""
    return created(answer) if answer.status_code != UNAVAILABLE else None


def _check_problem(answer: requests.Response) -> None:
    problem = answer.json()
    assert problem.keys() >= PROBLEM
    assert problem["status"] == answer.status_code
    assert problem["request_id"] == answer.headers["X-Request-Id"]
