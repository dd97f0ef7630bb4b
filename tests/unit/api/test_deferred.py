"""`Prefer: respond-async`: accepted now, carried out later."""

from tests.contract.processor.fake import (
    NOT_ATTEMPTED,
)
from tests.unit.api.caller import RULES, Answer, Api
from tollgate.operations.follow_up import Came

READ = "GET /v1/payments/{id}"
REFUNDS = "POST /v1/payments/{id}/refunds"


def kinds(api: Api) -> list[str]:
    return [effect.kind for effect in api.processor.effects]


def read(api: Api, answer: Answer) -> dict[str, object]:
    return api.call(READ, id=answer.body["id"]).body


def test_an_async_payment_is_accepted_and_carried_out_later(api: Api) -> None:
    token = api.token()
    prefer = {"Prefer": "respond-async"}
    body = {"amount": 100, "currency": "USD", "payment_method": {"token": token}}
    accepted = api.call("POST /v1/payments", body, key="k1", headers=prefer)
    assert (accepted.status, accepted.body["status"]) == (202, "processing")
    assert accepted.headers["Location"] == f"/live/v1/payments/{accepted.body['id']}"
    assert accepted.headers["Preference-Applied"] == "respond-async"
    assert api.queue.sent == [accepted.body["id"]]
    assert kinds(api) == []
    waiting = api.call("POST /v1/payments", body, key="k1", headers=prefer)
    assert (waiting.status, waiting.body) == (202, accepted.body)
    assert api.follow_up() == [Came.RESOLVED]
    done = api.call("POST /v1/payments", body, key="k1", headers=prefer)
    assert (done.status, done.body["status"]) == (201, "captured")
    assert "Preference-Applied" not in done.headers
    assert kinds(api) == ["sale"]


def test_an_async_payment_may_be_declined(api: Api) -> None:
    accepted = api.call(
        "POST /v1/payments",
        {"amount": 4901, "currency": "USD", "payment_method": {"token": api.token()}},
        headers={"Prefer": "respond-async"},
    )
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, accepted)["status"] == "declined"


def test_with_a_raw_card_the_preference_is_ignored(api: Api) -> None:
    paid = api.call(
        "POST /v1/payments",
        {
            "amount": 100,
            "currency": "USD",
            "payment_method": {"encrypted_card": api.card_keys.encrypt("mer_one")},
        },
        headers={"Prefer": "respond-async"},
    )
    assert paid.status == 201
    assert "Preference-Applied" not in paid.headers


def test_an_async_refund_is_reserved_at_once_and_given_back_later(api: Api) -> None:
    paid = api.pay().body["id"]
    accepted = api.call(REFUNDS, {"amount": 6_000}, id=paid, headers={"Prefer": "respond-async"})
    assert (accepted.status, accepted.body["status"]) == (202, "processing")
    assert accepted.headers["Location"] == f"/live/v1/payments/{paid}/refunds/{accepted.body['id']}"
    assert api.call(READ, id=paid).body["amount_refundable"] == 4_000
    assert api.follow_up() == [Came.RESOLVED]
    assert api.call(READ, id=paid).body["amount_refunded"] == 6_000
    assert kinds(api) == ["sale", "reversal"]


def test_an_async_payment_waits_for_a_processor_that_is_away(api: Api) -> None:
    body = {"amount": 100, "currency": "USD", "payment_method": {"token": api.token()}}
    prefer = {"Prefer": "respond-async"}
    accepted = api.call("POST /v1/payments", body, key="k1", headers=prefer)
    api.processor.script(NOT_ATTEMPTED)
    assert api.follow_up() == [Came.STILL_OPEN]
    waiting = api.call("POST /v1/payments", body, key="k1", headers=prefer)
    assert (waiting.status, waiting.headers["Preference-Applied"]) == (202, "respond-async")
    unasked = api.call("POST /v1/payments", body, key="k1")
    assert (unasked.status, "Preference-Applied" in unasked.headers) == (202, False)
    api.later(RULES.first * 4)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, accepted)["status"] == "captured"
