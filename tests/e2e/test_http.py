"""What HTTP allows, and what of it reaches the functions as it was sent."""

import json
import uuid
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.caller import Caller

Lines = list[tuple[str, str]]


def posted(shop: Caller, content: bytes, lines: Lines) -> tuple[int, dict[str, Any]]:
    """`POST /v1/payments` with exactly these header lines."""
    connection = HTTPConnection(urlsplit(shop.base_url).netloc, timeout=40)
    connection.putrequest("POST", "/v1/payments", skip_accept_encoding=True)
    authorization = str(shop.session.headers["Authorization"])
    for name, value in [("Authorization", authorization), ("Content-Length", str(len(content))), *lines]:
        connection.putheader(name, value)
    connection.endheaders(content)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body


def body_of(token: str, reference: str = "order") -> bytes:
    method = {"token": token}
    body = {"amount": 100, "currency": "USD", "payment_method": method, "reference": reference}
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def token(shop: Caller) -> str:
    return shop.token()


def with_key(*lines: tuple[str, str]) -> Lines:
    return [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Idempotency-Key", str(uuid.uuid4())),
        *lines,
    ]


def test_two_keys_that_differ_are_refused_and_the_same_twice_is_one(shop: Caller, token: str) -> None:
    one, other = str(uuid.uuid4()), str(uuid.uuid4())
    kind = ("Content-Type", "application/json")
    status, problem = posted(
        shop, body_of(token), [kind, ("Idempotency-Key", one), ("idempotency-key", other)]
    )
    assert (status, problem["code"]) == (400, "invalid_request")
    status, _ = posted(
        shop, body_of(token), [kind, ("Idempotency-Key", one), ("Idempotency-Key", f'"{one}"')]
    )
    assert status == 201


def test_a_preference_on_a_second_line_is_heard(shop: Caller, token: str) -> None:
    status, _ = posted(shop, body_of(token), with_key(("Prefer", "wait=10"), ("Prefer", "respond-async")))
    assert status == 202


def test_other_bytes_than_utf8_are_refused_and_utf8_is_kept(shop: Caller, token: str) -> None:
    status, paid = posted(shop, body_of(token, "Zürich\u3000\ufffd"), with_key())
    assert (status, paid["reference"]) == (201, "Zürich\u3000\ufffd")
    for wrong in (
        body_of(token, "Zürich").decode().encode("latin-1"),
        body_of(token, "X").replace(b"X", b"\xc3"),
    ):
        status, problem = posted(shop, wrong, with_key())
        assert (status, problem["code"]) == (400, "invalid_request")


def test_an_encoded_body_is_415(shop: Caller, token: str) -> None:
    status, problem = posted(shop, body_of(token), with_key(("Content-Encoding", "gzip")))
    assert (status, problem["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("path", ["/health", "/.well-known/jwks.json", "/v1/payments?limit=1", "/v1/me"])
def test_head_answers_wherever_get_does(shop: Caller, path: str) -> None:
    got, head = shop.session.get(shop.base_url + path), shop.session.head(shop.base_url + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["X-Request-Id"]


def test_head_finds_no_other_path(shop: Caller) -> None:
    for path in ("/oauth/token", "/v1/nothing", "/v1/payments/pay_aaaaaaaaaaaaaaaaaaaa"):
        head = shop.session.head(shop.base_url + path)
        assert (head.status_code, head.content) == (404, b"")


def test_every_page_may_read_the_keys_and_the_time(shop: Caller) -> None:
    keys = shop.send("GET", "/.well-known/jwks.json", headers={"Origin": "https://shop.example"})
    assert keys.headers["Access-Control-Allow-Origin"] == "*"
    assert isinstance(keys.json()["now"], int)


def test_a_mistake_in_a_card_is_named_by_the_member(shop: Caller) -> None:
    late = shop.post("/v1/tokens", {"encrypted_card": shop.card(iat=1)})
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (422, "/encrypted_card")
    assert "iat: " in late.json()["detail"]
    assert (
        shop.post("/v1/tokens", {"encrypted_card": "x.y"}).json()["errors"][0]["pointer"] == "/encrypted_card"
    )
