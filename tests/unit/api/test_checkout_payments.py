"""Paying a checkout session from a page: one attempt at a time, one success, whatever is clicked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.cards import MASTERCARD
from tests.contract.processor.fake import (
    ISSUER_DECLINE,
    NO_ANSWER,
    NOT_ATTEMPTED,
    REFUSAL,
    Half,
    LostAnswer,
)
from tests.unit.api.caller import PAGES, Api
from tests.unit.api.shopper import PAY, SHOP, VIEW, Shopper
from tollgate.domain.audit import ActorType

HALF_AN_HOUR = 30 * 60


def sales(api: Api) -> int:
    return [effect.kind for effect in api.processor.effects].count("sale")


def test_a_page_pays_and_the_session_is_complete(api: Api) -> None:
    shopper = Shopper.comes_to(api, description="Two lamps", metadata={"cart": "7"})
    answer = shopper.pays()
    assert (answer.status, answer.body) == (200, {"status": "succeeded", "message": "Paid."})
    status, payment_id = shopper.merchant_sees()
    assert (status, sales(api)) == ("complete", 1)
    payment = api.call("GET /v1/payments/{id}", id=str(payment_id)).body
    assert (payment["reference"], payment["description"]) == ("order-1", "Two lamps")
    assert (payment["metadata"], payment["amount_captured"]) == ({"cart": "7"}, 10_000)


def test_a_manual_session_only_authorizes(api: Api) -> None:
    shopper = Shopper.comes_to(api, capture_method="manual")
    assert shopper.hears() == "succeeded"
    assert [effect.kind for effect in api.processor.effects] == ["authorization"]


def test_whatever_comes_after_a_success_hears_of_it_and_charges_nothing(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    jwe = shopper.card()
    assert shopper.hears(jwe) == "succeeded"
    assert [shopper.hears(jwe), shopper.hears(), shopper.hears("no card at all")] == ["succeeded"] * 3
    api.later(HALF_AN_HOUR)
    assert shopper.hears() == "succeeded"
    assert sales(api) == 1


def test_while_an_attempt_has_no_outcome_every_answer_is_its_own(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(NO_ANSWER)
    jwe = shopper.card()
    assert [shopper.hears(jwe), shopper.hears(jwe), shopper.hears()] == ["processing"] * 3
    status, payment_id = shopper.merchant_sees()
    assert (status, payment_id is None) == ("open", False)
    api.later(HALF_AN_HOUR)
    assert shopper.merchant_sees() == ("open", payment_id)
    assert len(api.payments.stored) == 1


def test_a_charge_whose_answer_was_lost_becomes_the_sessions(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(LostAnswer())
    jwe = shopper.card()
    assert shopper.hears(jwe) == "processing"
    for _ in range(10):
        api.later(120)
        api.follow_up()
    assert [shopper.hears(jwe), shopper.hears()] == ["succeeded", "succeeded"]
    assert (shopper.merchant_sees()[0], sales(api)) == ("complete", 1)


@pytest.mark.parametrize(("outcome", "status"), [(ISSUER_DECLINE, "declined"), (REFUSAL, "failed")])
def test_after_a_certain_no_another_card_may_be_tried(api: Api, outcome: Any, status: str) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(outcome)
    first = shopper.card()
    assert shopper.hears(first) == status
    assert shopper.merchant_sees() == ("open", None)
    assert shopper.hears(first) == status  # the same ciphertext tries nothing again
    assert shopper.hears(shopper.card(number=MASTERCARD)) == "succeeded"
    assert shopper.hears(first) == "succeeded"
    assert sales(api) == 1


def test_a_partial_approval_is_a_no_and_another_card_pays_the_whole(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(Half())
    assert [shopper.hears(), shopper.hears()] == ["declined", "succeeded"]


def test_five_cards_may_be_tried_and_no_more(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(*[ISSUER_DECLINE] * 5)
    assert [shopper.hears() for _ in range(5)] == ["declined"] * 5
    assert [shopper.hears(), shopper.looks().body["attempts_left"]] == ["declined", 0]
    assert (sales(api), len(api.payments.stored)) == (0, 5)


def test_what_was_not_attempted_leaves_the_attempt_free(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.processor.script(NOT_ATTEMPTED)
    jwe = shopper.card()
    refused = shopper.pays(jwe)
    assert (refused.status, refused.code) == (503, "processor_unavailable")
    assert shopper.hears(jwe) == "succeeded"
    assert sales(api) == 1


def test_two_cards_at_once_are_one_charge(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    cards = [shopper.card(), shopper.card(number=MASTERCARD)] * 8
    with ThreadPoolExecutor(len(cards)) as pool:
        heard = set(pool.map(shopper.hears, cards))
    assert heard <= {"succeeded", "processing"}
    assert sales(api) == 1


def test_a_card_that_lost_the_race_may_still_be_tried_when_the_other_is_declined(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    loser = shopper.card(number=MASTERCARD)
    find, raced = api.payments.find, list[str]()

    def find_while_another_pays(merchant_id: str, payment_id: str) -> Any:
        found = find(merchant_id, payment_id)
        if len(raced) < 2 and found is None:  # the loser's first looks see nothing yet
            raced.append(payment_id)
            if len(raced) == 2:
                api.processor.script(ISSUER_DECLINE)
                api.payments.find = find
                assert shopper.hears(shopper.card()) == "declined"
        return found

    api.payments.find = find_while_another_pays
    assert shopper.hears(loser) == "succeeded"
    assert (sales(api), len(api.payments.stored)) == (1, 2)


def test_an_expired_session_is_paid_no_more(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.later(HALF_AN_HOUR)
    refused = shopper.pays()
    assert (refused.status, refused.code, sales(api)) == (404, "not_found", 0)


def test_a_wrong_secret_and_an_unknown_session_are_404(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    other = Shopper.comes_to(api, reference="order-2")
    wrong = [shopper.pays(client_secret=secret) for secret in ("css_x", other.session["client_secret"], "ü")]
    other.session["id"] = "cks_aaaaaaaaaaaaaaaaaaaa"
    answers = [*wrong, shopper.looks(client_secret="css_x"), other.pays(), other.looks()]
    assert {(each.status, each.code) for each in answers} == {(404, "not_found")}
    assert sales(api) == 0


@pytest.mark.parametrize(
    ("request_", "status", "pointer"),
    [
        ({"encrypted_card": ""}, 400, "/encrypted_card"),
        ({"encrypted_card": None}, 400, "/encrypted_card"),
        ({"client_secret": ""}, 400, "/client_secret"),
        ({"amount": 1}, 400, "/amount"),
        ({"encrypted_card": "no card"}, 422, "/encrypted_card"),
        ({"encrypted_card": "x" * 5000}, 422, "/encrypted_card"),
    ],
)
def test_what_is_malformed_is_named(api: Api, request_: dict[str, Any], status: int, pointer: str) -> None:
    refused = Shopper.comes_to(api).pays(**request_)
    assert refused.status == status
    assert [each["pointer"] for each in refused.body["errors"]] == [pointer]


def test_a_card_that_is_none_uses_no_attempt_up(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    refused = shopper.pays(shopper.card(number="4539858876047063"))
    assert (refused.status, refused.code) == (422, "card_invalid")
    assert (shopper.looks().body["attempts_left"], len(api.payments.stored)) == (5, 0)


def test_a_card_of_a_payment_pays_no_session(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    jwe = shopper.card()
    assert api.pay(payment_method={"encrypted_card": jwe}).status == 201
    assert (shopper.pays(jwe).status, sales(api)) == (422, 1)


def test_pages_of_the_sessions_origins_may_read_the_answer(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    for origin in (SHOP, PAGES):
        preflight = ask(api, shopper, "OPTIONS", PAY, origin)
        assert (preflight.status, preflight.content) == (204, "")
        assert preflight.headers["Access-Control-Allow-Origin"] == origin
        assert preflight.headers["Access-Control-Allow-Methods"] == "POST"
        assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
        refused = ask(api, shopper, "POST", PAY, origin)
        assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (400, origin)
        assert refused.headers["Vary"] == "Origin"


def test_the_platforms_own_page_hears_that_there_is_no_such_session(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    shopper.session["id"] = "cks_aaaaaaaaaaaaaaaaaaaa"
    assert ask(api, shopper, "OPTIONS", VIEW, PAGES).status == 204
    unknown = ask(api, shopper, "POST", VIEW, PAGES)
    assert (unknown.status, unknown.headers["Access-Control-Allow-Origin"]) == (404, PAGES)


@pytest.mark.parametrize(
    ("route", "origin"), [(PAY, "https://elsewhere.example"), (PAY, "null"), (PAY, None), (VIEW, SHOP)]
)
def test_no_other_page_may(api: Api, route: str, origin: str | None) -> None:
    shopper = Shopper.comes_to(api)
    for method in ("OPTIONS", "POST"):
        answer = ask(api, shopper, method, route, origin)
        assert not any(name.startswith("Access-Control") for name in answer.headers)
    assert ask(api, shopper, "OPTIONS", route, origin).status == 404


def ask(api: Api, shopper: Shopper, method: str, route: str, origin: str | None) -> Any:
    headers = {"Origin": origin} if origin else {}
    path = route.partition(" ")[2]
    body = {} if method == "POST" else None
    return api.call(
        f"{method} {path}", body, key="", headers=headers, anonymous=True, id=shopper.session["id"]
    )


def test_on_the_trail_it_was_the_session_who_paid(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    jwe = shopper.card()
    shopper.pays(jwe)
    shopper.pays(jwe)
    shopper.pays(client_secret="css_x")
    _, payment_id = shopper.merchant_sees()
    assert api.actions(str(payment_id)) == ["payment.read", "payment.created", "payment.captured"]
    by_page = [each for each in api.trail.audits if each.exchange.actor_id == shopper.session["id"]]
    assert {each.exchange.actor_type for each in by_page} == {ActorType.CLIENT}
    assert [each.action.value for each in by_page if each.resource.type == "checkout_session"] == [
        "access.denied"
    ]


def test_the_hosted_page_sees_what_is_to_be_paid_and_how_it_stands(api: Api) -> None:
    shopper = Shopper.comes_to(api, return_url=f"{SHOP}/thanks", description="Two lamps")
    seen = shopper.looks()
    assert (seen.status, seen.body) == (
        200,
        {
            "object": "checkout_view",
            "status": "open",
            "progress": None,
            "attempts_left": 5,
            "merchant": {"id": "mer_one", "name": "One"},
            "amount": 10_000,
            "currency": "USD",
            "reference": "order-1",
            "description": "Two lamps",
            "return_url": f"{SHOP}/thanks",
        },
    )
    api.processor.script(ISSUER_DECLINE, NO_ANSWER)
    steps = []
    for _ in range(2):
        shopper.pays()
        view = shopper.looks().body
        steps.append((view["status"], view["progress"], view["attempts_left"]))
    assert steps == [("open", "declined", 4), ("open", "processing", 0)]


def test_the_hosted_page_of_an_expired_session_says_so(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.later(HALF_AN_HOUR)
    view = shopper.looks().body
    assert (view["status"], view["attempts_left"]) == ("expired", 0)
