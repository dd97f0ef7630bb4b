"""What is wrong with a request is told by its field, in the contract's order of checks."""

from typing import Any

import pytest

from tests.unit.api.caller import Api

PAYMENTS = "POST /v1/payments"
GOOD = {"amount": 100, "currency": "USD", "payment_method": {"token": "tok_x"}}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"amount": "100"}, "/amount"),
        ({"amount": 1.5}, "/amount"),
        ({"amount": 1.0}, "/amount"),
        ({"amount": True}, "/amount"),
        ({"amount": 0}, "/amount"),
        ({"amount": -5}, "/amount"),
        ({"amount": 1_000_000_000_000}, "/amount"),
        ({"amount": 10**30}, "/amount"),
        ({"amount": None}, "/amount"),
        ({"currency": "usd"}, "/currency"),
        ({"currency": "USD\n"}, "/currency"),
        ({"currency": "DOLLAR"}, "/currency"),
        ({"capture_method": "later"}, "/capture_method"),
        ({"reference": "x" * 65}, "/reference"),
        ({"reference": None}, "/reference"),
        ({"description": "x" * 256}, "/description"),
        ({"metadata": {"k" * 41: "v"}}, "/metadata"),
        ({"metadata": {"k": "v" * 201}}, "/metadata"),
        ({"metadata": {"k": 1}}, "/metadata"),
        ({"metadata": {str(n): "v" for n in range(21)}}, "/metadata"),
        ({"metadata": {str(n): "v" * 190 for n in range(11)}}, "/metadata"),
        ({"payment_method": {}}, "/payment_method"),
        ({"payment_method": {"token": "t", "encrypted_card": "j"}}, "/payment_method"),
        ({"payment_method": {"token": 5}}, "/payment_method/token"),
        ({"payment_method": {"number": "4"}}, "/payment_method/number"),
        ({"payment_method": "tok_x"}, "/payment_method"),
        ({"tip": 1}, "/tip"),
        ({"a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_a_bad_field_is_named(api: Api, change: dict[str, Any], pointer: str) -> None:
    refused = api.call(PAYMENTS, {**GOOD, **change})
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert refused.body["errors"][0]["pointer"].startswith(pointer)
    assert refused.body["retryable"] is False
    assert refused.body["request_id"] == refused.headers["X-Request-Id"]


@pytest.mark.parametrize("field", ["amount", "currency", "payment_method"])
def test_a_missing_field_is_named(api: Api, field: str) -> None:
    body = {name: value for name, value in GOOD.items() if name != field}
    refused = api.call(PAYMENTS, body)
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (400, f"/{field}")


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"null", b'{"amount":NaN}', b"{}x", b'{"currency":"\\ud800"}']
)
def test_what_is_not_a_json_object_is_refused(api: Api, body: bytes) -> None:
    assert api.call(PAYMENTS, body).code == "invalid_request"


def test_the_largest_amount_is_taken(api: Api) -> None:
    assert api.pay(amount=999_999_999_999).body["amount_captured"] == 999_999_999_999


def test_metadata_of_two_kibibytes_is_taken(api: Api) -> None:
    metadata = {f"{n:04d}": "v" * 200 for n in range(10)}
    assert api.pay(metadata={**metadata, "k": "v" * 7}).status == 201
    assert api.pay(metadata={**metadata, "k": "v" * 8}).status == 400


@pytest.mark.parametrize("key", ["k", '"k"', "x" * 255, '"' + "x" * 255 + '"', "!~"])
def test_an_idempotency_key_is_visible_ascii_bare_or_quoted(api: Api, key: str) -> None:
    assert api.pay(key=key).status == 201


@pytest.mark.parametrize("key", ["x" * 256, "a b", '"a', '"a b"', '"a"b"', "é", '""'])
def test_another_idempotency_key_is_refused(api: Api, key: str) -> None:
    refused = api.call(PAYMENTS, GOOD, key=key)
    assert (refused.status, refused.code) == (400, "invalid_request")


@pytest.mark.parametrize("header", [None, "", " "])
def test_a_missing_idempotency_key_has_a_code_of_its_own(api: Api, header: str | None) -> None:
    headers = {} if header is None else {"Idempotency-Key": header}
    refused = api.call(PAYMENTS, GOOD, key="", headers=headers)
    assert (refused.status, refused.code) == (400, "idempotency_key_missing")


def test_a_quoted_key_is_the_bare_one(api: Api) -> None:
    token = api.token()
    first = api.pay(key='a"b\\c', payment_method={"token": token})
    again = api.pay(key='"a\\"b\\\\c"', payment_method={"token": token})
    assert again.body == first.body


def test_scope_comes_before_existence_and_existence_before_the_body(api: Api) -> None:
    paid = api.pay().body["id"]
    capture = "POST /v1/payments/{id}/captures"
    bad: dict[str, Any] = {"amount": "x"}
    assert api.call(capture, bad, id="pay_none", key="", scope="payments:read").status == 403
    assert api.call(capture, bad, id="pay_none", key="").status == 404
    assert api.call(capture, bad, id=paid, key="").code == "idempotency_key_missing"
    assert api.call(capture, bad, id=paid).code == "invalid_request"
    assert api.call(capture, {"amount": 5}, id=paid).code == "invalid_state"


def test_a_body_that_is_too_large_or_not_json_is_refused(api: Api) -> None:
    large = api.call(PAYMENTS, {**GOOD, "description": "x" * 8192})
    assert (large.status, large.code) == (413, "payload_too_large")
    form = api.call(PAYMENTS, b"amount=1", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (form.status, form.code) == (415, "unsupported_media_type")
    charset = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert api.call(PAYMENTS, GOOD, headers=charset).code == "token_invalid"


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "1e2"},
        {"limit": "+5"},
        {"status": "paid"},
        {"status": ""},
        {"reference": ""},
        {"created_from": "yesterday"},
        {"created_from": "2026-13-01T00:00:00Z"},
        {"created_to": "2026-01-01"},
        {"page": "2"},
        {"cursor": ""},
    ],
)
def test_a_bad_filter_is_refused(api: Api, query: dict[str, str]) -> None:
    refused = api.call("GET /v1/payments", query=query)
    assert refused.status == 400
    assert refused.code in {"invalid_request", "invalid_cursor"}


def test_query_parameters_are_refused_where_there_are_none(api: Api) -> None:
    paid = api.pay().body["id"]
    assert api.call("GET /v1/payments/{id}", id=paid, query={"expand": "x"}).status == 400
    assert api.call(PAYMENTS, GOOD, query={"dry_run": "1"}).status == 400


def test_a_fault_of_ours_shows_nothing_of_us(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("secret table name")

    monkeypatch.setattr(api.payments, "find", broken)
    answer = api.call("GET /v1/payments/{id}", id="pay_x")
    assert (answer.status, answer.code, answer.body["retryable"]) == (500, "internal_error", True)
    assert "secret" not in answer.content
