"""Operations without an outcome are resolved without anybody asking, on evidence only."""

import pytest

from tests.contract.processor.fake import (
    ISSUER_DECLINE,
    KEY_IN_USE,
    NO_ANSWER,
    NOT_ATTEMPTED,
    LostAnswer,
)
from tests.unit.api.caller import RULES, Answer, Api
from tollgate.operations.follow_up import Came

READ = "GET /v1/payments/{id}"
CAPTURES = "POST /v1/payments/{id}/captures"
VOID = "POST /v1/payments/{id}/void"
REFUNDS = "POST /v1/payments/{id}/refunds"


def kinds(api: Api) -> list[str]:
    return [effect.kind for effect in api.processor.effects]


def by_card(api: Api) -> dict[str, str]:
    return {"encrypted_card": api.card_keys.encrypt("mer_one")}


def read(api: Api, answer: Answer) -> dict[str, object]:
    return api.call(READ, id=answer.body["id"]).body


@pytest.mark.parametrize("method", ["token", "card"])
def test_a_charge_whose_answer_was_lost_is_found_and_not_made_again(api: Api, method: str) -> None:
    means = {"token": api.token()} if method == "token" else by_card(api)
    api.processor.script(LostAnswer())
    unknown = api.pay(payment_method=means)
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "captured"
    assert read(api, unknown)["next_check_at"] is None
    assert kinds(api) == ["sale"]


def test_a_lost_request_by_token_is_carried_out_once(api: Api) -> None:
    token = api.token()
    api.processor.script(NO_ANSWER)
    unknown = api.pay(key="k1", payment_method={"token": token})
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    again = api.pay(key="k1", payment_method={"token": token})
    assert (again.status, again.body["status"], again.body["id"]) == (201, "captured", unknown.body["id"])
    assert kinds(api) == ["sale"]


def test_a_lost_request_by_card_fails_only_after_the_window(api: Api) -> None:
    api.processor.script(NO_ANSWER)
    unknown = api.pay(payment_method=by_card(api))
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.STILL_OPEN]
    assert read(api, unknown)["status"] == "processing"
    api.later(RULES.not_found)
    assert api.follow_up() == [Came.RESOLVED]
    failed = read(api, unknown)
    assert (failed["status"], failed["next_check_at"]) == ("failed", None)
    assert kinds(api) == []


def test_the_books_silence_says_nothing_about_a_request_that_was_just_sent_again(api: Api) -> None:
    token = api.token()
    api.processor.script(NO_ANSWER, NO_ANSWER, NOT_ATTEMPTED)
    unknown = api.pay(payment_method={"token": token})
    api.later(RULES.not_found)
    assert api.follow_up() == [Came.STILL_OPEN]  # sent again, without an answer
    api.later(RULES.first * 4)
    assert api.follow_up() == [Came.STILL_OPEN]  # not sent again, and the last time isn't long ago
    api.later(RULES.first * 8)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "captured"
    assert kinds(api) == ["sale"]


def test_a_payment_that_can_not_be_sent_again_fails_when_the_books_have_been_silent_long_enough(
    api: Api,
) -> None:
    token = api.token()
    api.processor.script(NO_ANSWER, NO_ANSWER, NOT_ATTEMPTED)
    unknown = api.pay(payment_method={"token": token})
    api.later(RULES.not_found)
    assert api.follow_up() == [Came.STILL_OPEN]
    api.later(RULES.not_found)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "failed"
    assert kinds(api) == []


def test_a_charge_that_shows_up_late_is_reversed(api: Api) -> None:
    api.processor.books_lag = True
    api.processor.script(LostAnswer())
    unknown = api.pay(payment_method=by_card(api), capture_method="manual")
    api.later(RULES.not_found + 60)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "failed"
    api.processor.books_lag = False
    api.later(RULES.longest)
    assert api.follow_up() == [Came.LATE_CHARGE]
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["authorization", "reversal"]
    assert read(api, unknown)["status"] == "failed"
    changes = {"payment.created", "payment.failed", "payment.canceled"}
    assert set(api.actions(unknown.body["id"])) == changes | {"payment.read"}


def test_the_watch_ends(api: Api) -> None:
    api.processor.script(NO_ANSWER)
    api.pay(payment_method=by_card(api))
    api.later(RULES.not_found + 60)
    api.follow_up()
    for _ in range(60):
        api.later(RULES.longest)
        api.follow_up()
    assert api.follow_up() == []
    assert all(each.follow_up_at is None for each in api.payments.stored.values())


def test_a_decline_whose_answer_was_lost_is_a_decline(api: Api) -> None:
    api.processor.script(LostAnswer())
    unknown = api.pay(amount=4901)
    assert unknown.status == 202
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "declined"


def test_while_the_processor_is_away_nothing_is_guessed(api: Api) -> None:
    api.processor.script(*[NO_ANSWER] * 4)
    unknown = api.pay()
    api.processor.books_closed = True
    for _ in range(3):
        api.later(RULES.longest * 2)
        assert api.follow_up() == [Came.STILL_OPEN]
    assert read(api, unknown)["status"] == "processing"
    api.processor.books_closed = False
    api.later(RULES.longest * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["sale"]


def test_a_request_that_was_killed_is_followed_up(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    token = api.token()
    send = api.processor.send

    def charged_and_killed(*arguments: object) -> object:
        send(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(api.processor, "send", charged_and_killed)
        with pytest.raises(KeyboardInterrupt):
            api.pay(key="k1", payment_method={"token": token})
    assert api.follow_up() == []
    api.later(60)
    assert api.follow_up() == [Came.RESOLVED]
    assert api.pay(key="k1", payment_method={"token": token}).status == 201
    assert kinds(api) == ["sale"]


@pytest.mark.parametrize("lost", [LostAnswer(), NO_ANSWER])
@pytest.mark.parametrize(
    ("route", "effect"), [(CAPTURES, "capture"), (REFUNDS, "reversal"), (VOID, "reversal")]
)
def test_a_later_operation_takes_effect_once(api: Api, route: str, effect: str, lost: object) -> None:
    manual = {"capture_method": "automatic" if route == REFUNDS else "manual"}
    paid = api.pay(**manual).body["id"]
    api.processor.script(lost)  # type: ignore[arg-type]
    assert api.call(route, {}, id=paid, key="k1").status == 202
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api)[1:] == [effect]
    assert api.call(route, {}, id=paid, key="k1").status == 201


def test_a_new_operation_resolves_the_unknown_one_first(api: Api) -> None:
    paid = api.pay(capture_method="manual").body["id"]
    api.processor.script(LostAnswer())
    assert api.call(CAPTURES, {"amount": 400}, id=paid).status == 202
    refund = api.call(REFUNDS, {"amount": 100}, id=paid)
    assert (refund.status, refund.body["status"]) == (201, "succeeded")
    assert kinds(api) == ["authorization", "capture", "reversal"]


def test_a_capture_that_the_processor_refuses_on_the_resend_is_checked_in_its_books(api: Api) -> None:
    paid = api.pay(capture_method="manual").body["id"]
    api.processor.script(NO_ANSWER, KEY_IN_USE)
    unknown = api.call(CAPTURES, id=paid)
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.STILL_OPEN]
    assert unknown.status == 202


def test_each_look_is_later_than_the_one_before_up_to_the_longest(api: Api) -> None:
    api.processor.books_closed = True
    api.processor.script(*[NO_ANSWER] * 20)
    payment_id = api.pay().body["id"]
    waits = []
    for _ in range(14):
        payment = api.stored(payment_id)
        waits.append(payment.latest.due_at - api.clock.now())
        api.clock.advance(waits[-1])
        api.follow_up()
    assert all(0.75 * 10_000 * 2**n <= wait <= 1.25 * 10_000 * 2**n for n, wait in enumerate(waits[:8]))
    assert max(waits) <= RULES.longest * 1250


def test_a_follow_up_that_comes_twice_or_too_early_does_nothing(api: Api) -> None:
    api.processor.script(LostAnswer())
    api.pay()
    assert api.follow_up() == []
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert api.follow_up() == []


def test_without_access_to_cards_the_books_decide(api: Api) -> None:
    api.processor.script(LostAnswer())
    unknown = api.pay()
    api.later(RULES.first * 2)
    assert api.follow_up(cards=False) == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "captured"


def test_a_deleted_token_leaves_the_books_as_evidence(api: Api) -> None:
    token = api.token()
    api.processor.script(LostAnswer())
    unknown = api.pay(payment_method={"token": token})
    api.call("DELETE /v1/tokens/{id}", id=token)
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "captured"


def test_a_declined_resend_is_final(api: Api) -> None:
    api.processor.script(NO_ANSWER, ISSUER_DECLINE)
    unknown = api.pay()
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert read(api, unknown)["status"] == "declined"
