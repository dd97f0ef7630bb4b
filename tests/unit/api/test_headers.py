"""Headers as RFC 9110, 7240 and 8941 let callers write them."""

import pytest

from tests.cards import VISA
from tests.contract.processor.fake import NO_ANSWER
from tests.unit.api.caller import Answer, Api

PAYMENTS = "POST /v1/payments"
KEY = "Idempotency-Key"


def pay(api: Api, *, lines: dict[str, list[str]], key: str | None = None) -> Answer:
    body = {"amount": 100, "currency": "USD", "payment_method": {"token": api.token()}}
    return api.call(PAYMENTS, body, key=key, lines=lines)


def test_two_keys_that_differ_are_refused(api: Api) -> None:
    refused = pay(api, lines={KEY: ["a", "b"]})
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert api.payments.stored == {}


@pytest.mark.parametrize("lines", [["a", "a"], ["a", '"a"'], [" a ", "a", ""]])
def test_the_same_key_twice_is_one(api: Api, lines: list[str]) -> None:
    assert pay(api, lines={KEY: lines}).status == 201


def test_header_names_know_no_case(api: Api) -> None:
    refused = pay(api, lines={"IDEMPOTENCY-KEY": ["a"], "idempotency-key": ["b"], KEY: ["a"]})
    assert refused.status == 400


@pytest.mark.parametrize("key", [VISA, "4539-8588-7604-7062", f'"{VISA}"'])
def test_a_card_number_is_no_key(api: Api, key: str) -> None:
    refused = api.pay(key=key)
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert VISA not in refused.content


@pytest.mark.parametrize(
    "lines",
    [
        ["respond-async"],
        ["Respond-Async"],
        ["wait=10", "respond-async"],
        ["respond-async", "wait=10"],
        ["wait=10 , respond-async;a=b"],
        ['foo="a, b", respond-async'],
        ['respond-async=""'],
        ["handling=lenient,,respond-async"],
    ],
)
def test_the_preference_not_to_wait_is_heard(api: Api, lines: list[str]) -> None:
    accepted = pay(api, lines={"Prefer": lines})
    assert (accepted.status, accepted.headers["Preference-Applied"]) == (202, "respond-async")


@pytest.mark.parametrize(
    "lines", [["wait=10"], ['foo="a, respond-async"'], ["respond-async2"], ["x;respond-async"], [""]]
)
def test_another_preference_is_ignored(api: Api, lines: list[str]) -> None:
    assert pay(api, lines={"Prefer": lines}).status == 201


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON ; Charset=UTF-8",
        'application/json;charset="utf-8"',
        'application/json; profile="a;b, c"',
    ],
)
def test_json_may_have_parameters(api: Api, content_type: str) -> None:
    assert pay(api, lines={"Content-Type": [content_type]}).status == 201


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/json",
        "application/json; charset=iso-8859-1",
        "application/json, text/plain",
        "application/jsonx",
    ],
)
def test_another_media_type_is_refused(api: Api, content_type: str) -> None:
    assert pay(api, lines={"Content-Type": [content_type]}).code == "unsupported_media_type"


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "identity, br", "deflate"])
def test_an_encoded_body_is_refused(api: Api, coding: str) -> None:
    refused = pay(api, lines={"Content-Encoding": [coding]})
    assert (refused.status, refused.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize("coding", ["identity", "Identity", ""])
def test_an_identical_body_is_not_encoded(api: Api, coding: str) -> None:
    assert pay(api, lines={"Content-Encoding": [coding]}).status == 201


def test_head_is_answered_as_get_is_without_the_body(api: Api) -> None:
    paid = api.pay().body["id"]
    got, head = (api.call(f"{verb} /v1/payments/{{id}}", id=paid) for verb in ("GET", "HEAD"))
    assert (head.status, head.content) == (200, "")
    assert head.headers.keys() == got.headers.keys()
    assert [each.action.value for each in api.trail.audits][-2:] == ["payment.read"] * 2
    assert api.call("HEAD /v1/payments/{id}", id="pay_none").content == ""


def test_a_missing_scope_is_named_in_the_challenge(api: Api) -> None:
    refused = api.call("GET /v1/payments", scope="refunds:read")
    assert refused.status == 403
    challenge = 'Bearer realm="tollgate", error="insufficient_scope", scope="payments:read"'
    assert refused.headers["WWW-Authenticate"] == challenge


def test_an_unforeseen_202_says_where_and_when_to_look(api: Api) -> None:
    api.processor.script(NO_ANSWER)
    unknown = api.pay(key="k1", capture_method="manual")
    assert unknown.status == 202
    assert unknown.headers["Location"] == f"/live/v1/payments/{unknown.body['id']}"
    assert 1 <= int(unknown.headers["Retry-After"]) <= 10
    assert "Preference-Applied" not in unknown.headers


def test_a_deferred_refund_says_where_and_when_to_look(api: Api) -> None:
    paid = api.pay().body["id"]
    accepted = api.call("POST /v1/payments/{id}/refunds", id=paid, lines={"Prefer": ["respond-async"]})
    assert accepted.status == 202
    assert accepted.headers["Location"] == f"/live/v1/payments/{paid}/refunds/{accepted.body['id']}"
    assert accepted.headers["Retry-After"] == "1"
