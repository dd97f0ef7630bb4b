"""`Prefer: respond-async` (RFC 7240): accepted at once, carried out from the queue, in order."""

import uuid
from typing import Any

import requests

from tests.e2e.caller import Caller, Object, created
from tests.e2e.matrix.convergence import WITHIN
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually


def post_async(shop: Caller, path: str, body: Object, key: str | None = None) -> requests.Response:
    return shop.post(path, body, key, Prefer="respond-async")


def accepted(answer: requests.Response, location: str) -> Object:
    assert answer.status_code == 202, answer.text
    assert answer.headers["Preference-Applied"] == "respond-async"
    assert answer.headers["Location"] == location.format_map(answer.json())
    return answer.json()


def settled(shop: Caller, payment: Object) -> Object:
    return eventually(lambda: _if_settled(shop.read(payment)), WITHIN)


def _if_settled(payment: Object) -> Object | None:
    return None if payment["next_check_at"] else payment


def test_a_payment_is_accepted_and_then_carried_out_once(shop: Caller, processor: Processor) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    payment = accepted(post_async(shop, "/v1/payments", body, key), "/v1/payments/{id}")
    assert payment["status"] == "processing"
    paid = settled(shop, payment)
    assert (paid["status"], paid["amount_captured"]) == ("captured", 10_000)
    for again in (post_async(shop, "/v1/payments", body, key), shop.post("/v1/payments", body, key)):
        assert created(again) == paid
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Preference-Applied" not in again.headers
    assert processor.effects(payment) == [("sale", 10_000)]


def test_a_decline_is_heard_by_the_repetition(shop: Caller) -> None:
    body, key = shop.payment_request(amount=4901), str(uuid.uuid4())
    payment = accepted(post_async(shop, "/v1/payments", body, key), "/v1/payments/{id}")
    assert settled(shop, payment)["status"] == "declined"
    assert post_async(shop, "/v1/payments", body, key).status_code == 402


def test_a_refund_is_reserved_and_then_carried_out(shop: Caller, processor: Processor) -> None:
    payment = shop.pay()
    refunds = f"/v1/payments/{payment['id']}/refunds"
    refund = accepted(post_async(shop, refunds, {"amount": 6_000}), "/v1/payments/{payment_id}/refunds/{id}")
    assert refund["status"] == "processing"
    after = settled(shop, payment)
    assert (after["amount_refunded"], after["amount_refundable"]) == (6_000, 4_000)
    assert shop.get(f"{refunds}/{refund['id']}").json()["status"] == "succeeded"
    assert processor.effects(payment) == [("sale", 10_000), ("refund", 6_000)]


def test_with_an_encrypted_card_the_preference_is_ignored(shop: Caller) -> None:
    body: dict[str, Any] = shop.payment_request(payment_method={"encrypted_card": shop.card()})
    answer = post_async(shop, "/v1/payments", body)
    assert created(answer)["status"] == "captured"
    assert "Preference-Applied" not in answer.headers
