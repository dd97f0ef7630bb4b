"""A key stands for one intent: whatever is repeated, money moves once and the answer stays the same."""

import time
import uuid
from typing import Any

import pytest

from tests.cards import MASTERCARD
from tests.e2e.caller import Caller, code_of, created
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually


def test_the_first_answer_is_given_again_word_for_word(shop: Caller, processor: Processor) -> None:
    body, key = shop.payment_request(reference="once"), str(uuid.uuid4())
    first = shop.post("/v1/payments", body, key)
    shop.refund(created(first), amount=1)
    again = shop.post("/v1/payments", body, key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert processor.effects(first.json()) == [("sale", 10_000), ("refund", 1)]


def test_a_decline_is_given_again_with_a_request_id_of_its_own(shop: Caller) -> None:
    body, key = shop.payment_request(amount=4901), str(uuid.uuid4())
    first, again = (shop.post("/v1/payments", body, key) for _ in range(2))
    assert (first.status_code, again.status_code) == (402, 402)
    assert again.headers["Idempotent-Replayed"] == "true"
    problems = first.json(), again.json()
    assert problems[0].pop("request_id") != problems[1].pop("request_id")
    assert problems[0] == problems[1]


def test_captures_voids_and_refunds_are_given_again_too(shop: Caller, processor: Processor) -> None:
    captured, voided = shop.authorize(), shop.authorize()
    steps = [
        (captured, "captures", {"amount": 4_000, "final": False}),
        (captured, "refunds", {"amount": 1_000, "reason": "once"}),
        (voided, "void", {}),
    ]
    made: list[tuple[str, dict[str, Any], str, bytes]] = []
    for payment, step, body in steps:
        path, key = f"/v1/payments/{payment['id']}/{step}", str(uuid.uuid4())
        made.append((path, body, key, shop.post(path, body, key).content))
    for path, body, key, content in made:
        again = shop.post(path, body, key)
        assert (again.status_code, again.content) == (201, content)
        assert again.headers["Idempotent-Replayed"] == "true"
    assert [kind for kind, _ in processor.effects(captured)] == ["authorization", "capture", "refund"]
    assert [kind for kind, _ in processor.effects(voided)] == ["authorization", "reversal"]


def test_formatting_defaults_and_quotes_make_no_other_request(shop: Caller) -> None:
    token, key = shop.token(), str(uuid.uuid4())
    first = created(shop.post_payment(key, payment_method={"token": token}))
    respelled = f'{{ "currency":"\\u0055SD",\n"payment_method":{{"token":"{token}"}},"amount":10000 }}'
    headers = {"Idempotency-Key": f'"{key}"', "Content-Type": "application/json; charset=utf-8"}
    assert created(shop.call("POST", "/v1/payments", data=respelled, headers=headers)) == first
    spelled_out = shop.post_payment(
        key, payment_method={"token": token}, capture_method="automatic", metadata={}
    )
    assert created(spelled_out) == first


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 10_001},
        {"currency": "EUR"},
        {"capture_method": "manual"},
        {"reference": "other"},
        {"description": "other"},
        {"metadata": {"other": "1"}},
        {"payment_method": {"token": "tok_other"}},
    ],
)
def test_a_key_with_another_request_is_refused_and_nothing_happens(
    shop: Caller, processor: Processor, change: dict[str, Any]
) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    payment = created(shop.post("/v1/payments", body, key))
    refused = shop.post("/v1/payments", body | change, key)
    assert (refused.status_code, code_of(refused)) == (422, "idempotency_key_reused")
    assert processor.effects(payment) == [("sale", 10_000)]
    assert created(shop.post("/v1/payments", body, key)) == payment


def test_other_refund_or_capture_under_a_used_key_is_refused(shop: Caller) -> None:
    payment = shop.authorize()
    path, key = f"/v1/payments/{payment['id']}", str(uuid.uuid4())
    created(shop.post(f"{path}/captures", {"amount": 5_000, "final": False}, key))
    created(shop.post(f"{path}/refunds", {"amount": 1_000}, key))
    for refused in (
        shop.post(f"{path}/captures", {"amount": 5_000}, key),
        shop.post(f"{path}/refunds", {"amount": 1_001}, key),
        shop.post(f"{path}/refunds", {"amount": 1_000, "reason": "other"}, key),
    ):
        assert (refused.status_code, code_of(refused)) == (422, "idempotency_key_reused")


def test_a_key_belongs_to_its_merchant_and_path(shop: Caller, rival: Caller) -> None:
    key = str(uuid.uuid4())
    payments = [created(who.post_payment(key)) for who in (shop, rival)]
    refunds = [
        created(shop.post(f"/v1/payments/{payment['id']}/refunds", {"amount": 1}, key))
        for payment in (payments[0], shop.pay())
    ]
    assert payments[0]["id"] != payments[1]["id"]
    assert refunds[0]["id"] != refunds[1]["id"]


@pytest.mark.parametrize("change", [{}, {"cvc": None}, {"cvc": "0471"}, {"name": "Ada Example"}])
def test_a_card_encrypted_anew_is_the_same_request(
    shop: Caller, processor: Processor, change: dict[str, Any]
) -> None:
    key = str(uuid.uuid4())
    first = created(shop.post_payment(key, payment_method={"encrypted_card": shop.card()}))
    claims = {name: value for name, value in change.items() if value is not None}
    without = "cvc" if "cvc" in change and change["cvc"] is None else None
    again = shop.post_payment(key, payment_method={"encrypted_card": shop.card(without=without, **claims)})
    assert created(again) == first
    assert processor.effects(first) == [("sale", 10_000)]


def test_another_card_under_a_used_key_is_refused(shop: Caller) -> None:
    key = str(uuid.uuid4())
    created(shop.post_payment(key, payment_method={"encrypted_card": shop.card()}))
    for card in (shop.card(MASTERCARD), shop.card(exp_year=2038)):
        refused = shop.post_payment(key, payment_method={"encrypted_card": card})
        assert (refused.status_code, code_of(refused)) == (422, "idempotency_key_reused")


def test_the_retry_of_a_request_that_went_stale_hears_the_true_answer(shop: Caller) -> None:
    key, issued_at = str(uuid.uuid4()), int(time.time()) - 598
    jwe, unsent = shop.card(iat=issued_at), shop.card(iat=issued_at)
    first = shop.post_payment(key, payment_method={"encrypted_card": jwe})
    eventually(lambda: time.time() > issued_at + 601)
    again = shop.post_payment(key, payment_method={"encrypted_card": jwe})
    assert (again.status_code, again.content) == (201, first.content)
    stale = shop.post_payment(payment_method={"encrypted_card": unsent})
    assert (stale.status_code, code_of(stale)) == (422, "encrypted_card_invalid")


def test_a_replay_does_not_need_the_token_any_more(shop: Caller) -> None:
    token, key = shop.token(), str(uuid.uuid4())
    first = shop.post_payment(key, payment_method={"token": token})
    assert shop.delete(f"/v1/tokens/{token}").status_code == 204
    assert shop.post_payment(key, payment_method={"token": token}).content == first.content


def test_an_answer_that_had_no_effect_leaves_the_key_free(shop: Caller) -> None:
    key, token = str(uuid.uuid4()), shop.token()
    for terms, status in (({"amount": 0}, 400), ({"currency": "XAU"}, 422)):
        assert shop.post_payment(key, payment_method={"token": token}, **terms).status_code == status
    created(shop.post_payment(key, payment_method={"token": token}))


@pytest.mark.parametrize("key", ["k" * 255, '"' + "q" * 255 + '"', "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"])
def test_a_key_is_visible_ascii_bare_or_quoted(shop: Caller, key: str) -> None:
    created(shop.post_payment(key))


@pytest.mark.parametrize("key", ["", '""', "two words", "k" * 256, '"open', "é"])
def test_another_key_is_refused(shop: Caller, key: str) -> None:
    headers = {"Idempotency-Key": key.encode()}
    answer = shop.call("POST", "/v1/payments", json=shop.payment_request(), headers=headers)
    assert answer.status_code == 400
    assert code_of(answer) == ("invalid_request" if key else "idempotency_key_missing")
