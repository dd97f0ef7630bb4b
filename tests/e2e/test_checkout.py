"""Checkout sessions over HTTP: a merchant's server opens them, a page that has but the secret pays."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.cards import MASTERCARD
from tests.e2e.caller import Caller, Object, code_of, created
from tests.e2e.processor import Processor

SESSIONS = "/v1/checkout_sessions"
ORIGIN = "https://shop.example"
DECLINED_AMOUNT = 4901


def opened(shop: Caller, key: str | None = None, **terms: Any) -> Object:
    return created(
        shop.post(SESSIONS, {"amount": 1800, "currency": "USD", "origins": [ORIGIN], **terms}, key)
    )


def pay(shop: Caller, session: Object, card: str | None = None, origin: str = ORIGIN) -> requests.Response:
    body = {"client_secret": session["client_secret"], "encrypted_card": card or shop.card()}
    return shop.send("POST", f"{SESSIONS}/{session['id']}/pay", json=body, headers={"Origin": origin})


def hears(shop: Caller, session: Object, card: str | None = None) -> str:
    answer = pay(shop, session, card)
    assert answer.status_code == 200, answer.text
    return answer.json()["status"]


def read(shop: Caller, session: Object) -> Object:
    answer = shop.get(f"{SESSIONS}/{session['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_page_pays_a_session_once_whatever_it_sends(shop: Caller, processor: Processor) -> None:
    session = opened(shop, reference="order-1042", description="Two chairs")
    assert (session["status"], session["payment"]) == ("open", None)
    card = shop.card()
    assert [hears(shop, session, card), hears(shop, session, card), hears(shop, session)] == ["succeeded"] * 3
    known = {name: value for name, value in session.items() if name != "client_secret"}
    paid = read(shop, session)
    payment = shop.get(f"/v1/payments/{paid['payment']}").json()
    url = session["url"].partition("#")[0]
    assert paid == {**known, "status": "complete", "payment": payment["id"], "url": url}
    assert (payment["status"], payment["reference"], payment["amount"]) == ("captured", "order-1042", 1800)
    assert [each["amount"] for each in processor.transactions(payment)] == [1800]


def test_after_a_decline_another_card_is_tried(shop: Caller) -> None:
    session = opened(shop, amount=DECLINED_AMOUNT)
    card = shop.card()
    assert [hears(shop, session, card), hears(shop, session, card)] == ["declined", "declined"]
    assert hears(shop, session, shop.card(MASTERCARD)) == "declined"
    assert (read(shop, session)["status"], read(shop, session)["payment"]) == ("open", None)


def test_two_tabs_at_once_are_one_charge(shop: Caller, processor: Processor) -> None:
    session = opened(shop, reference="two-tabs")
    cards = [shop.card(), shop.card(MASTERCARD)] * 3
    with ThreadPoolExecutor(len(cards)) as pool:
        heard = list(pool.map(lambda card: hears(shop, session, card), cards))
    assert set(heard) <= {"succeeded", "processing"}
    payment = shop.get(f"/v1/payments/{read(shop, session)['payment']}").json()
    assert [each["kind"] for each in processor.transactions(payment)] == ["sale"]


def test_the_same_key_hears_the_secret_again(shop: Caller) -> None:
    session = opened(shop, key="checkout-1")
    again = shop.post(SESSIONS, {"amount": 1800, "currency": "USD", "origins": [ORIGIN]}, "checkout-1")
    assert (again.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (201, session, "true")


@pytest.mark.parametrize("secret", ["css_wrong", "own of another session"])
def test_without_its_secret_a_session_is_as_one_that_never_existed(shop: Caller, secret: str) -> None:
    session, other = opened(shop), opened(shop)
    secret = other["client_secret"] if secret.startswith("own") else secret
    unknown = pay(shop, {**session, "id": "cks_aaaaaaaaaaaaaaaaaaaa"})
    wrong = pay(shop, {**session, "client_secret": secret})
    assert (
        (wrong.status_code, code_of(wrong)) == (unknown.status_code, code_of(unknown)) == (404, "not_found")
    )


def test_browsers_are_told_which_pages_may_pay(shop: Caller) -> None:
    session = opened(shop)
    path = f"{SESSIONS}/{session['id']}/pay"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = shop.send("OPTIONS", path, headers={"Origin": ORIGIN, **asked})
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert allowed.headers["Access-Control-Allow-Headers"].lower() == "content-type"
    assert pay(shop, session).headers["Access-Control-Allow-Origin"] == ORIGIN
    closed = {"Origin": "https://elsewhere.example", **asked}
    for where, origin in ((path, closed), ("/v1/payments", {**closed, "Origin": ORIGIN}), (SESSIONS, closed)):
        answer = shop.send("OPTIONS", where, headers=origin)
        assert answer.status_code == 404
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
