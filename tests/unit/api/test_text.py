"""Text of callers: every character is kept as it came, but for what nobody can keep, and card numbers."""

import json
from typing import Any

import pytest

from tests.cards import VISA
from tests.unit.api.caller import Answer, Api

PAYMENTS = "POST /v1/payments"
GOOD = '"amount":100,"currency":"USD","payment_method":{"token":"tok_x"}'
REFUND = "POST /v1/payments/{id}/refunds"
NO_PLACE = "A card number has no place here."


def sent(api: Api, members: str) -> Answer:
    return api.call(PAYMENTS, f"{{{GOOD},{members}}}".encode())


def refused_at(answer: Answer) -> str:
    assert (answer.status, answer.code) == (400, "invalid_request"), answer.content
    (error,) = answer.body["errors"]
    return error["pointer"]


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ('"amount":99999', "/amount"),
        ('"amount":100', "/amount"),
        ('"reference":"a","reference":"a"', "/reference"),
        ('"metadata":{"k":"1","j":"2","k":"1"}', "/metadata/k"),
        ('"metadata":{"k":"1","\\u006b":"1"}', "/metadata/k"),
        ('"tip":[{"a":1},{"b":1,"b":1}]', "/tip/1/b"),
        ('"payment_method":{"token":"t"}', "/payment_method"),
    ],
)
def test_a_member_that_stands_twice_is_refused(api: Api, members: str, pointer: str) -> None:
    assert refused_at(sent(api, members)) == pointer


@pytest.mark.parametrize(
    "content", [b'"Z\xfcrich"', b'"\xc3"', b'"\xed\xa0\x80"', b'"\xc0\xaf"', b'"\xf5\x80\x80\x80"']
)
def test_other_bytes_than_utf8_are_refused(api: Api, content: bytes) -> None:
    body = f'{{{GOOD},"reference":'.encode() + content + b"}"
    assert refused_at(api.call(PAYMENTS, body)) == ""


def test_bytes_that_the_gateway_has_replaced_are_refused(api: Api) -> None:
    body = {
        "amount": 100,
        "currency": "USD",
        "payment_method": {"token": "tok_x"},
        "reference": "Z\ufffdrich",
    }
    assert api.call(PAYMENTS, json.dumps(body).encode()).code == "token_invalid"
    assert refused_at(api.call(PAYMENTS, body, as_text=True)) == ""


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[1m", "tab\t", "line\n", "\x7f", "\ud800", "\udc00\ud800"])
@pytest.mark.parametrize("field", ["reference", "description"])
def test_control_characters_and_half_pairs_are_refused(api: Api, field: str, text: str) -> None:
    assert refused_at(api.pay(**{field: text})) == f"/{field}"
    assert refused_at(api.pay(metadata={"note": text})) == "/metadata/note"
    assert refused_at(api.pay(metadata={text: "x"})) == "/metadata"


@pytest.mark.parametrize(
    "text",
    [
        "Zürich",
        "山田\u3000太郎",
        "a\u00a0b",
        "\u200c\u200d\u00ad",
        "🛒",
        "\ufeff",
        "\u202e",
        "\ufffd",
        "\x80",
        "'; --",
        " ",
    ],
)
def test_every_other_character_is_kept_as_it_came(api: Api, text: str) -> None:
    paid = api.call(
        PAYMENTS,
        json.dumps(
            {
                "amount": 100,
                "currency": "USD",
                "payment_method": {"token": api.token()},
                "reference": text,
                "description": text,
                "metadata": {text: text},
            },
            ensure_ascii=False,
        ).encode(),
    )
    assert paid.status == 201
    assert (paid.body["reference"], paid.body["description"]) == (text, text)
    assert paid.body["metadata"] == {text: text}


@pytest.mark.parametrize("field", ["reference", "description"])
def test_an_empty_text_is_refused(api: Api, field: str) -> None:
    assert refused_at(api.pay(**{field: ""})) == f"/{field}"


def test_an_empty_reason_is_refused(api: Api) -> None:
    assert refused_at(api.call(REFUND, {"reason": ""}, id=api.pay().body["id"])) == "/reason"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"reference": VISA}, "/reference"),
        ({"description": "paid with 4539 8588 7604 7062, thanks"}, "/description"),
        ({"metadata": {"note": VISA}}, "/metadata/note"),
        ({"metadata": {VISA: "note"}}, "/metadata"),
        ({VISA: 1}, ""),
        ({"payment_method": {VISA: 1}}, "/payment_method"),
        ({"capture_method": VISA}, "/capture_method"),
    ],
)
def test_a_card_number_is_refused_and_never_shown(api: Api, fields: dict[str, Any], pointer: str) -> None:
    refused = api.pay(**fields)
    assert refused_at(refused) == pointer
    assert refused.body["errors"][0]["detail"] == NO_PLACE
    assert "4539" not in refused.content
    assert api.payments.stored == {}


def test_a_card_number_in_a_reason_is_refused(api: Api) -> None:
    assert refused_at(api.call(REFUND, {"reason": f"card {VISA}"}, id=api.pay().body["id"])) == "/reason"


def test_a_card_number_in_a_path_or_a_user_agent_is_not_kept(api: Api) -> None:
    for route in ("GET /v1/tokens/{id}", "GET /v1/payments/{id}", "GET /v1/audits/{id}"):
        assert api.call(route, id=VISA, headers={"User-Agent": f"shop {VISA}"}).status == 404
    refund = api.call("GET /v1/payments/{id}/refunds/{refund_id}", id=api.pay().body["id"], refund_id=VISA)
    assert refund.status == 404
    api.project()
    denied = [each for each in api.trail.audits if each.action.value == "access.denied"]
    assert [each.resource.id for each in denied] == [None] * 4
    assert VISA not in repr(api.trail.audits)


def test_a_denial_names_an_object_that_could_be_ours(api: Api) -> None:
    foreign = api.pay("mer_two").body["id"]
    assert api.call("GET /v1/payments/{id}", id=foreign).status == 404
    assert api.trail.audits[-1].resource.id == foreign


@pytest.mark.parametrize(
    ("metadata", "pointer"),
    [
        ({"ok": "v", "k": 1}, "/metadata/k"),
        ({"a/b": "v" * 201}, "/metadata/a~1b"),
        ({"k" * 41: "v"}, "/metadata"),
        ({"": "v"}, "/metadata"),
    ],
)
def test_the_pair_that_is_wrong_is_named(api: Api, metadata: dict[str, object], pointer: str) -> None:
    assert refused_at(api.pay(metadata=metadata)) == pointer
