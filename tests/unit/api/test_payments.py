"""`/v1/payments`: what callers get, what the processor gets, and what is kept."""

from typing import Any

import pytest

from tests.contract.processor.fake import (
    ISSUER_DECLINE,
    NO_ANSWER,
    NOT_ATTEMPTED,
    REFUSAL,
    LostAnswer,
)
from tests.unit.api.caller import Api

PAYMENTS = "POST /v1/payments"
CAPTURES = "POST /v1/payments/{id}/captures"
VOID = "POST /v1/payments/{id}/void"
READ = "GET /v1/payments/{id}"


def kinds(api: Api) -> list[str]:
    return [effect.kind for effect in api.processor.effects]


def test_an_automatic_payment_is_captured_at_once(api: Api) -> None:
    answer = api.pay(reference="order-1", metadata={"cart": "7"})
    assert answer.status == 201
    paid = answer.body
    assert (paid["status"], paid["amount_captured"], paid["amount_refundable"]) == (
        "captured",
        10_000,
        10_000,
    )
    assert (paid["amount_capturable"], paid["amount_authorized"]) == (0, 10_000)
    assert paid["metadata"] == {"cart": "7"}
    assert len(paid["id"]) <= 24
    assert kinds(api) == ["sale"]
    assert api.call(READ, id=paid["id"]).body == paid


def test_a_manual_payment_is_authorized_then_captured(api: Api) -> None:
    paid = api.pay(capture_method="manual").body
    assert (paid["status"], paid["amount_capturable"]) == ("authorized", 10_000)
    captured = api.call(CAPTURES, {"amount": 4_000}, id=paid["id"])
    assert captured.status == 201
    assert captured.body["status"] == "captured"
    assert (captured.body["amount_captured"], captured.body["amount_capturable"]) == (4_000, 0)
    assert kinds(api) == ["authorization", "capture"]


def test_a_payment_shows_its_captures_and_until_when_more_can_be_taken(api: Api) -> None:
    at_once = api.pay().body
    (capture,) = at_once["captures"]
    assert (capture["amount"], capture["created_at"]) == (10_000, at_once["created_at"])
    assert at_once["expires_at"] is None
    held = api.pay(capture_method="manual").body
    assert (held["captures"], held["expires_at"]) == ([], "2027-01-22T08:00:00.000Z")
    api.later(60)
    part = api.call(CAPTURES, {"amount": 4_000, "final": False}, id=held["id"]).body
    assert [(each["amount"], each["created_at"]) for each in part["captures"]] == [
        (4_000, "2027-01-15T08:01:00.000Z")
    ]
    assert part["expires_at"] == held["expires_at"]
    rest = api.call(CAPTURES, id=held["id"]).body
    assert [each["amount"] for each in rest["captures"]] == [4_000, 6_000]
    assert len({each["id"] for each in (*rest["captures"], capture)}) == 3
    assert rest["expires_at"] is None


def test_a_payment_shows_the_cards_fingerprint_as_its_token_does(api: Api) -> None:
    token = api.token()
    shown = api.call("GET /v1/tokens/{id}", id=token).body["card"]["fingerprint"]
    by_token = api.pay(payment_method={"token": token}).body
    by_card = api.pay(payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")}).body
    assert {each["payment_method"]["card"]["fingerprint"] for each in (by_token, by_card)} == {shown}


def test_a_payment_with_a_card_keeps_neither_token_nor_number(api: Api) -> None:
    jwe = api.card_keys.encrypt("mer_one")
    paid = api.pay(payment_method={"encrypted_card": jwe})
    assert paid.status == 201
    assert paid.body["payment_method"]["token"] is None
    assert paid.body["payment_method"]["card"]["last4"] == "7062"
    assert "4539858876047062" not in repr(api.payments.stored)


def test_the_same_key_gives_the_same_answer_and_one_charge(api: Api) -> None:
    body = {"amount": 10_000, "currency": "USD", "payment_method": {"token": api.token()}}
    first = api.call(PAYMENTS, body, key="k1")
    api.call("POST /v1/payments/{id}/refunds", {"amount": 1}, id=first.body["id"])
    again = api.call(PAYMENTS, body, key='"k1"')
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert kinds(api) == ["sale", "reversal"]


@pytest.mark.parametrize(
    "change", [{"amount": 1}, {"currency": "EUR"}, {"capture_method": "manual"}, {"reference": "x"}]
)
def test_the_same_key_with_another_request_is_refused(api: Api, change: dict[str, Any]) -> None:
    body = {"amount": 10_000, "currency": "USD", "payment_method": {"token": api.token()}}
    api.call(PAYMENTS, body, key="k1")
    assert api.call(PAYMENTS, {**body, **change}, key="k1").code == "idempotency_key_reused"
    assert kinds(api) == ["sale"]


def test_defaults_spelled_out_are_the_same_request(api: Api) -> None:
    body = {"amount": 10_000, "currency": "USD", "payment_method": {"token": api.token()}}
    api.call(PAYMENTS, body, key="k1")
    spelled = api.call(PAYMENTS, {**body, "capture_method": "automatic", "metadata": {}}, key="k1")
    assert spelled.headers["Idempotent-Replayed"] == "true"


def test_a_card_encrypted_anew_is_the_same_request(api: Api) -> None:
    first = api.pay(key="k1", payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    anew = api.card_keys.encrypt("mer_one", cvc="999", name="Other")
    again = api.pay(key="k1", payment_method={"encrypted_card": anew})
    assert (again.status, again.body["id"]) == (201, first.body["id"])
    other = api.card_keys.encrypt("mer_one", exp_month=11)
    refused = api.pay(key="k1", payment_method={"encrypted_card": other})
    assert refused.code == "idempotency_key_reused"


def test_a_key_used_by_mistake_does_not_use_the_card_up(api: Api) -> None:
    api.pay(key="k1", payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    other = api.card_keys.encrypt("mer_one", exp_month=11)
    assert api.pay(key="k1", payment_method={"encrypted_card": other}).code == "idempotency_key_reused"
    assert api.pay(key="k2", payment_method={"encrypted_card": other}).status == 201


def test_a_card_is_the_same_after_the_vault_key_was_rotated(api: Api) -> None:
    api.pay(key="k1", payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    api.vault.key_version = 2
    again = api.pay(key="k1", payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    assert again.headers["Idempotent-Replayed"] == "true"


def test_the_retry_of_a_stale_request_hears_the_true_answer(api: Api) -> None:
    jwe = api.card_keys.encrypt("mer_one")
    first = api.pay(key="k1", payment_method={"encrypted_card": jwe})
    api.clock.advance(3_600_000)
    again = api.pay(key="k1", payment_method={"encrypted_card": jwe})
    assert (again.status, again.body) == (201, first.body)
    assert api.pay(key="k2", payment_method={"encrypted_card": jwe}).code == "encrypted_card_invalid"


def test_a_replay_does_not_depend_on_the_token_or_the_merchant_still_being_good(api: Api) -> None:
    token = api.token()
    body = {"amount": 10_000, "currency": "USD", "payment_method": {"token": token}}
    first = api.call(PAYMENTS, body, key="k1")
    api.call("DELETE /v1/tokens/{id}", id=token)
    assert api.call(PAYMENTS, body, key="k1").body == first.body
    assert api.call(PAYMENTS, body, key="k2").code == "token_invalid"


def test_another_merchants_token_is_refused_as_one_that_never_was(api: Api) -> None:
    foreign = api.pay("mer_two", payment_method={"token": api.token("mer_one")})
    unknown = api.pay("mer_two", payment_method={"token": "tok_none"})
    assert (foreign.status, foreign.code) == (unknown.status, unknown.code) == (422, "token_invalid")
    assert kinds(api) == []


@pytest.mark.parametrize("currency", ["XXX", "CHF"])
def test_a_currency_that_is_unknown_or_not_enabled_is_refused(api: Api, currency: str) -> None:
    assert api.pay(currency=currency).code == "currency_unsupported"


def test_a_decline_is_final_and_shows_the_payment(api: Api) -> None:
    token = api.token()
    api.processor.script(ISSUER_DECLINE)
    declined = api.pay(key="k1", payment_method={"token": token})
    assert (declined.status, declined.code) == (402, "card_declined")
    assert declined.body["payment"]["status"] == "declined"
    assert declined.body["payment"]["failure"]["category"] == "issuer_declined"
    again = api.pay(key="k1", payment_method={"token": token})
    assert again.status == 402
    assert again.body["payment"] == declined.body["payment"]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_refusal_by_the_processor_is_a_failed_payment(api: Api) -> None:
    api.processor.script(REFUSAL)
    refused = api.pay()
    assert (refused.status, refused.code) == (502, "processor_error")
    assert refused.body["payment"]["status"] == "failed"


def test_what_was_certainly_not_attempted_leaves_the_key_free(api: Api) -> None:
    token = api.token()
    api.processor.script(NOT_ATTEMPTED)
    unavailable = api.pay(key="k1", payment_method={"token": token})
    assert (unavailable.status, unavailable.code) == (503, "processor_unavailable")
    assert unavailable.body["retryable"] is True
    assert api.payments.stored == {}
    other = api.pay(key="k1", amount=5, payment_method={"token": token})
    assert other.status == 201
    assert "Idempotent-Replayed" not in other.headers


def test_an_unknown_outcome_leaves_the_payment_processing(api: Api) -> None:
    api.processor.script(LostAnswer())
    token = api.token()
    unknown = api.pay(key="k1", payment_method={"token": token})
    assert unknown.status == 202
    assert unknown.body["status"] == "processing"
    assert unknown.body["next_check_at"] is not None
    again = api.pay(key="k1", payment_method={"token": token})
    assert (again.status, again.body) == (202, unknown.body)
    assert kinds(api) == ["sale"]
    api.processor.books_closed = True
    assert api.call(CAPTURES, id=unknown.body["id"]).code == "operation_in_progress"


def test_a_request_that_died_is_in_progress_and_then_unknown(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The function was killed while the processor was at work."""
    token = api.token()

    def die(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(api.processor, "send", die)
        with pytest.raises(KeyboardInterrupt):
            api.pay(key="k1", payment_method={"token": token})
    busy = api.pay(key="k1", payment_method={"token": token})
    assert (busy.status, busy.code) == (409, "idempotency_key_in_progress")
    assert int(busy.headers["Retry-After"]) >= 1
    api.clock.advance(60_000)
    assert api.pay(key="k1", payment_method={"token": token}).status == 202
    assert kinds(api) == []


def test_captures_in_parts_keep_the_rest_until_the_final_one(api: Api) -> None:
    paid = api.pay(capture_method="manual").body
    part = api.call(CAPTURES, {"amount": 4_000, "final": False}, id=paid["id"], key="c1").body
    assert (part["status"], part["amount_capturable"]) == ("partially_captured", 6_000)
    rest = api.call(CAPTURES, id=paid["id"]).body
    assert (rest["status"], rest["amount_captured"]) == ("captured", 10_000)
    again = api.call(CAPTURES, {"final": False, "amount": 4_000}, id=paid["id"], key="c1")
    assert (again.status, again.body) == (201, part)
    assert api.call(CAPTURES, {"amount": 4_000}, id=paid["id"], key="c1").code == "idempotency_key_reused"


def test_captures_in_parts_need_a_processor_that_has_them(api: Api) -> None:
    paid = api.pay("mer_two", capture_method="manual").body
    refused = api.call(CAPTURES, {"amount": 1, "final": False}, id=paid["id"], merchant="mer_two")
    assert (refused.status, refused.code) == (422, "multiple_captures_unsupported")


def test_more_than_is_capturable_is_refused(api: Api) -> None:
    paid = api.pay(capture_method="manual").body
    refused = api.call(CAPTURES, {"amount": 10_001}, id=paid["id"])
    assert (refused.status, refused.code) == (422, "amount_exceeds_capturable")
    assert refused.body["errors"][0]["pointer"] == "/amount"


def test_a_void_releases_an_authorization_and_nothing_else(api: Api) -> None:
    manual = api.pay(capture_method="manual").body
    voided = api.call(VOID, {}, id=manual["id"], key="v1")
    assert (voided.status, voided.body["status"], voided.body["amount_capturable"]) == (201, "canceled", 0)
    assert api.call(VOID, id=manual["id"], key="v1").body == voided.body
    assert api.call(VOID, id=manual["id"]).code == "invalid_state"
    assert api.call(CAPTURES, id=manual["id"]).code == "invalid_state"
    assert api.call(VOID, id=api.pay().body["id"]).code == "invalid_state"


def test_a_capture_without_a_known_outcome_changes_nothing_yet(api: Api) -> None:
    paid = api.pay(capture_method="manual").body
    api.processor.script(NO_ANSWER, NO_ANSWER)
    api.processor.books_closed = True
    unknown = api.call(CAPTURES, id=paid["id"], key="c1")
    assert unknown.status == 202
    shown = {**unknown.body, "updated_at": paid["updated_at"], "next_check_at": None}
    assert shown == paid
    assert api.call(VOID, id=paid["id"]).code == "operation_in_progress"


def test_a_capture_that_was_not_attempted_leaves_no_trace(api: Api) -> None:
    paid = api.pay(capture_method="manual").body
    api.processor.script(NOT_ATTEMPTED)
    assert api.call(CAPTURES, id=paid["id"], key="c1").status == 503
    assert api.call(READ, id=paid["id"]).body == paid
    assert api.call(CAPTURES, id=paid["id"], key="c1").status == 201


def test_each_attempt_has_its_own_processor_key(api: Api) -> None:
    token = api.token()
    api.processor.script(NOT_ATTEMPTED)
    api.pay(key="k1", payment_method={"token": token})
    api.clock.advance(1)
    api.processor.script(ISSUER_DECLINE)
    assert api.pay(key="k1", payment_method={"token": token}).status == 402
