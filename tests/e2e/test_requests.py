"""Requests that are wrong: what is checked first, and what the caller is told."""

from typing import Any

import pytest

from tests.e2e.caller import Caller, code_of, created

UNKNOWN = "/v1/payments/pay_aaaaaaaaaaaaaaaaaaaa"
KIB = 1024


def post_raw(shop: Caller, path: str, content: bytes | str, **headers: str) -> Any:
    headers = {"Idempotency-Key": "raw", "Content-Type": "application/json", **headers}
    return shop.call("POST", path, data=content, headers=headers)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"amount": 0}, "/amount"),
        ({"amount": -1}, "/amount"),
        ({"amount": 1.5}, "/amount"),
        ({"amount": "100"}, "/amount"),
        ({"amount": 1_000_000_000_000}, "/amount"),
        ({"amount": True}, "/amount"),
        ({"amount": None}, "/amount"),
        ({"currency": "usd"}, "/currency"),
        ({"currency": "USD\n"}, "/currency"),
        ({"capture_method": "later"}, "/capture_method"),
        ({"reference": "x" * 65}, "/reference"),
        ({"description": "x" * 256}, "/description"),
        ({"metadata": {"k": 1}}, "/metadata/k"),
        ({"metadata": {"k" * 41: "v"}}, "/metadata"),
        ({"metadata": {"k": "v" * 201}}, "/metadata/k"),
        ({"metadata": {str(n): "v" for n in range(21)}}, "/metadata"),
        ({"metadata": {str(n): "v" * 200 for n in range(11)}}, "/metadata"),
        ({"colour": "red"}, "/colour"),
        ({"payment_method": {}}, "/payment_method"),
        ({"payment_method": {"token": "tok_x", "encrypted_card": "x"}}, "/payment_method"),
        ({"payment_method": {"token": "tok_x", "cvc": "x"}}, "/payment_method/cvc"),
    ],
)
def test_a_wrong_field_is_named(shop: Caller, change: dict[str, Any], pointer: str) -> None:
    body = {"amount": 100, "currency": "USD", "payment_method": {"token": "tok_x"}} | change
    answer = shop.post("/v1/payments", body)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("field", ["amount", "currency", "payment_method"])
def test_a_missing_field_is_named(shop: Caller, field: str) -> None:
    body: dict[str, Any] = {"amount": 100, "currency": "USD", "payment_method": {"token": "tok_x"}}
    del body[field]
    answer = shop.post("/v1/payments", body)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"amount":1}{}'])
def test_what_is_no_json_object_is_refused(shop: Caller, content: bytes) -> None:
    answer = post_raw(shop, "/v1/payments", content)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")


@pytest.mark.parametrize("size", [8 * KIB + 1, 100 * KIB, 11 * KIB * KIB])
def test_a_body_that_is_too_large_is_413(shop: Caller, size: int) -> None:
    answer = post_raw(shop, "/v1/payments", b" " * size)
    assert (answer.status_code, code_of(answer)) == (413, "payload_too_large")


def test_a_body_of_eight_kib_is_read(shop: Caller) -> None:
    answer = post_raw(shop, "/v1/payments", b"{}".ljust(8 * KIB))
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_media_type_is_415(shop: Caller, media_type: str) -> None:
    for path in ("/v1/tokens", "/v1/payments"):
        answer = post_raw(shop, path, "{}", **{"Content-Type": media_type})
        assert (answer.status_code, code_of(answer)) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v1/nothing"),
        ("GET", "/v2/payments"),
        ("PUT", "/v1/payments"),
        ("DELETE", UNKNOWN),
        ("PATCH", UNKNOWN),
        ("GET", f"{UNKNOWN}/void"),
        ("POST", "/health"),
        ("GET", "/oauth/token"),
        ("GET", "/v1/payments/a%2Fb"),
    ],
)
def test_an_unknown_path_or_verb_is_404(shop: Caller, method: str, path: str) -> None:
    answer = shop.call(method, path)
    assert (answer.status_code, code_of(answer)) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("id_", ["pay_aaaaaaaaaaaaaaaaaaaa", "x", "é", "x" * 3000, "%00", "pay_%20"])
def test_what_never_existed_is_404_whatever_its_id(shop: Caller, id_: str) -> None:
    for path in (f"payments/{id_}", f"tokens/{id_}", f"audits/{id_}", f"payments/{id_}/refunds"):
        answer = shop.get(f"/v1/{path}")
        assert (answer.status_code, code_of(answer)) == (404, "not_found"), path


@pytest.mark.parametrize("step", ["captures", "void", "refunds"])
def test_existence_comes_before_key_body_and_media_type(shop: Caller, step: str) -> None:
    for answer in (
        shop.call("POST", f"{UNKNOWN}/{step}"),
        shop.post(f"{UNKNOWN}/{step}", {"colour": "red"}),
        post_raw(shop, f"{UNKNOWN}/{step}", "x" * 9 * KIB, **{"Content-Type": "text/plain"}),
    ):
        assert (answer.status_code, code_of(answer)) == (404, "not_found")


def test_existence_comes_before_query_parameters(shop: Caller) -> None:
    assert code_of(shop.get(UNKNOWN, colour="red")) == "not_found"
    payment = shop.pay()
    answer = shop.get(f"/v1/payments/{payment['id']}", colour="red")
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")


def test_form_comes_before_state(shop: Caller) -> None:
    payment = shop.authorize()
    path = f"/v1/payments/{payment['id']}"
    created(shop.post(f"{path}/void", {}))
    for step in ("captures", "void", "refunds"):
        assert code_of(shop.call("POST", f"{path}/{step}")) == "idempotency_key_missing"
        assert code_of(shop.post(f"{path}/{step}", {"colour": "red"})) == "invalid_request"
        assert code_of(shop.post(f"{path}/{step}?colour=red", {})) == "invalid_request"
        assert post_raw(shop, f"{path}/{step}", "{}", **{"Content-Type": "text/plain"}).status_code == 415
        assert code_of(shop.post(f"{path}/{step}", {})) == "invalid_state"


def test_every_exchange_has_an_id_of_its_own(shop: Caller) -> None:
    ids = [shop.get(path).headers["X-Request-Id"] for path in ("/health", "/v1/payments", UNKNOWN) * 2]
    assert len(set(ids)) == len(ids)
