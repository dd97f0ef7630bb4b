"""`/v1/checkout_sessions`, as a merchant's server opens and reads them."""

from dataclasses import replace
from typing import Any

import pytest

from tests.examples import merchant
from tests.unit.api.caller import PAGES, Api
from tests.unit.api.shopper import OPEN, READ, SHOP, TERMS, Shopper

MEMBERS = {
    "id",
    "object",
    "status",
    "url",
    "payment",
    "amount",
    "currency",
    "reference",
    "expires_at",
    "created_at",
}


def test_a_session_is_opened_with_a_secret_and_a_hosted_page(api: Api) -> None:
    answer = api.call(OPEN, TERMS)
    assert answer.status == 201
    session = answer.body
    assert session.keys() == MEMBERS | {"client_secret"}
    assert (session["object"], session["status"], session["payment"]) == ("checkout_session", "open", None)
    assert (session["amount"], session["currency"], session["reference"]) == (10_000, "USD", "order-1")
    assert session["url"] == f"{PAGES}/checkout/{session['id']}#{session['client_secret']}"
    assert (session["created_at"], session["expires_at"]) == (
        "2027-01-15T08:00:00.000Z",
        "2027-01-15T08:30:00.000Z",
    )


def test_whoever_reads_it_hears_no_secret(api: Api) -> None:
    session = api.call(OPEN, TERMS).body
    read = api.call(READ, id=session["id"])
    assert (read.status, read.body.keys()) == (200, MEMBERS)
    assert session["client_secret"] not in read.content


def test_the_same_key_opens_one_session_and_hears_its_secret_again(api: Api) -> None:
    first = api.call(OPEN, TERMS, key="k")
    api.later(60)
    again = api.call(OPEN, TERMS, key="k")
    assert (again.status, again.body) == (201, first.body)
    assert (again.headers["Idempotent-Replayed"], "Idempotent-Replayed" in first.headers) == ("true", False)


def test_a_replay_shows_nothing_of_what_happened_since(api: Api) -> None:
    shopper = Shopper(api, api.call(OPEN, TERMS, key="k").body)
    assert shopper.hears() == "succeeded"
    api.later(3600)
    assert api.call(OPEN, TERMS, key="k").body == shopper.session


@pytest.mark.parametrize(
    "other",
    [{"amount": 10_001}, {"reference": "order-2"}, {"origins": []}, {"return_url": f"{SHOP}/paid"}],
)
def test_the_same_key_for_another_session_is_refused(api: Api, other: dict[str, Any]) -> None:
    api.call(OPEN, TERMS, key="k")
    refused = api.call(OPEN, {**TERMS, **other}, key="k")
    assert (refused.status, refused.code) == (422, "idempotency_key_reused")


def test_a_currency_that_is_not_the_merchants_is_refused_unless_the_session_is_there(api: Api) -> None:
    refused = api.call(OPEN, {**TERMS, "currency": "GBP"}, key="k")
    assert (refused.status, refused.code) == (422, "currency_unsupported")
    opened = api.call(OPEN, TERMS, key="k").body
    api.merchants.stored["mer_one"] = replace(merchant(), currencies=frozenset({"JPY"}))
    assert api.call(OPEN, TERMS, key="k").body == opened


@pytest.mark.parametrize("scope", ["payments:read", "tokens:write", ""])
def test_who_may_not_take_payments_opens_none(api: Api, scope: str) -> None:
    refused = api.call(OPEN, TERMS, scope=scope)
    assert (refused.status, refused.code) == (403, "insufficient_scope")
    assert 'scope="payments:write"' in refused.headers["WWW-Authenticate"]


def test_another_merchants_session_is_as_one_that_never_existed(api: Api) -> None:
    session = api.call(OPEN, TERMS).body
    foreign = api.call(READ, merchant="mer_two", id=session["id"])
    unknown = api.call(READ, merchant="mer_two", id="cks_aaaaaaaaaaaaaaaaaaaa")
    assert (foreign.status, foreign.code) == (unknown.status, unknown.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"amount": 0}, "/amount"),
        ({"currency": "usd"}, "/currency"),
        ({"capture_method": "later"}, "/capture_method"),
        ({"reference": ""}, "/reference"),
        ({"payment_method": {"token": "tok_one"}}, "/payment_method"),
        ({"return_url": "javascript:alert(1)"}, "/return_url"),
        ({"return_url": "http://shop.example/paid"}, "/return_url"),
        ({"return_url": "https://ada@shop.example/"}, "/return_url"),
        ({"return_url": "https://shop.example/#paid"}, "/return_url"),
        ({"return_url": "https://[::1"}, "/return_url"),
        ({"return_url": "/paid"}, "/return_url"),
        ({"return_url": "https://" + "a" * 2050}, "/return_url"),
        ({"origins": "https://shop.example"}, "/origins"),
        ({"origins": ["*"]}, "/origins/0"),
        ({"origins": [SHOP, "https://shop.example/"]}, "/origins/1"),
        ({"origins": ["https://Shop.example"]}, "/origins/0"),
        ({"origins": ["https://shop.example:443"]}, "/origins/0"),
        ({"origins": ["http://shop.example"]}, "/origins/0"),
        ({"origins": [f"https://{n}.example" for n in range(21)]}, "/origins"),
        ({"reference": "4539 8588 7604 7062"}, "/reference"),
    ],
)
def test_what_is_malformed_is_named(api: Api, fields: dict[str, Any], pointer: str) -> None:
    refused = api.call(OPEN, {**TERMS, **fields})
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert [each["pointer"] for each in refused.body["errors"]] == [pointer]


@pytest.mark.parametrize(
    "url", ["https://shop.example", "https://Shop.example:8443/paid?a=1", "http://localhost:1/"]
)
def test_a_return_url_is_taken(api: Api, url: str) -> None:
    assert api.call(OPEN, {**TERMS, "return_url": url}).status == 201


def test_opening_and_reading_are_on_record(api: Api) -> None:
    session = api.call(OPEN, TERMS, key="k").body
    api.later(1)
    api.call(OPEN, TERMS, key="k")
    api.call(READ, id=session["id"])
    api.call(READ, merchant="mer_two", id=session["id"])
    records = [
        (each.action.value, each.exchange.actor_id, each.merchant_id, each.sha256 is None)
        for each in api.trail.audits
        if each.resource.id == session["id"]
    ]
    assert records == [
        ("checkout_session.created", "cli_mer_one", "mer_one", True),
        ("checkout_session.read", "cli_mer_one", "mer_one", False),
        ("checkout_session.read", "cli_mer_one", "mer_one", False),
        ("access.denied", "cli_mer_two", "mer_two", True),
    ]


def test_a_session_that_nobody_pays_expires(api: Api) -> None:
    shopper = Shopper.comes_to(api)
    api.later(30 * 60 - 1)
    assert shopper.merchant_sees() == ("open", None)
    api.later(1)
    assert shopper.merchant_sees() == ("expired", None)
