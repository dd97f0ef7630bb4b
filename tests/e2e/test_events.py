"""What has happened, as a shop reads it: complete, in order, once, and its own alone."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from onboarding import Stage
from tests.e2e.caller import Caller, Object, created
from tests.e2e.test_reconciliation import forged, reconcile

PATIENCE = 60
"""Seconds until what has happened must be in the log."""


def read_on(shop: Caller, after: str | None, **query: str) -> Iterator[Object]:
    """Everything behind an event, page by page."""
    while True:
        page = shop.get("/v1/events", limit="7", **query, **({"after": after} if after else {})).json()
        yield from page["data"]
        if not page["has_more"]:
            return
        after = page["next_cursor"]


def last_id(shop: Caller) -> str | None:
    return next((each["id"] for each in reversed(list(read_on(shop, None)))), None)


def until(shop: Caller, after: str | None, enough: Callable[[list[Object]], bool]) -> list[Object]:
    deadline = time.monotonic() + PATIENCE
    while not enough(found := list(read_on(shop, after))):
        assert time.monotonic() < deadline, [(each["type"], each["resource"]["id"]) for each in found]
        time.sleep(0.3)
    return found


def of(events: list[Object], *ids: str) -> list[tuple[str, int]]:
    return [(each["type"], each["sequence"]) for each in events if each["resource"]["id"] in ids]


def test_what_happens_is_read_once_in_each_payments_order(shop: Caller, rival: Caller) -> None:
    before, theirs = last_id(shop), last_id(rival)
    token = created(shop.post("/v1/tokens", {"encrypted_card": shop.card()}))
    paid = shop.pay()
    refund = shop.refund(paid, amount=1_500)
    held = shop.authorize()
    shop.post(f"/v1/payments/{held['id']}/void", {})
    assert shop.session.delete(f"{shop.base_url}/v1/tokens/{token['id']}").status_code == 204

    def enough(events: list[Object]) -> bool:
        shown = {each["type"] for each in events if each["resource"]["id"] in {token["id"], held["id"]}}
        return {"token.deleted", "payment.canceled"} <= shown

    events = until(shop, before, enough)
    assert of(events, token["id"]) == [("token.created", 1), ("token.deleted", 2)]
    assert of(events, paid["id"], refund["id"]) == [("payment.captured", 1), ("refund.succeeded", 2)]
    assert of(events, held["id"]) == [("payment.authorized", 1), ("payment.canceled", 2)]
    assert len({each["id"] for each in events}) == len(events)
    by_id = {each["resource"]["id"]: each["data"]["object"] for each in events if each["sequence"] == 1}
    assert by_id[paid["id"]] == paid
    assert by_id[token["id"]] == token
    assert list(read_on(shop, before)) == events
    assert list(read_on(shop, events[-1]["id"])) == []
    only = list(read_on(shop, before, type="refund.succeeded"))
    assert [each["resource"]["id"] for each in only] == [refund["id"]]
    assert list(read_on(rival, theirs)) == []


def test_an_event_that_is_none_of_yours_is_no_place_to_begin(shop: Caller, rival: Caller) -> None:
    rival.pay()
    foreign = until(rival, None, bool)[0]["id"]
    for after in (foreign, "evt_2222222222222222222a", "nothing"):
        answer = shop.get("/v1/events", after=after)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def test_a_difference_is_told_behind_what_the_payment_tells(
    shop: Caller, stage: Stage, state_dir: Path
) -> None:
    before = last_id(shop)
    payment = shop.pay()
    with forged(stage, payment, captured=1_000):
        reconcile(state_dir, payment)
    events = until(shop, before, lambda found: ("reconciliation.difference", 2) in of(found, payment["id"]))
    assert of(events, payment["id"])[-2:] == [("payment.captured", 1), ("reconciliation.difference", 2)]


def test_a_days_movements_add_up(shop: Caller) -> None:
    paid = shop.pay(reference="=SUM(A1)")
    day = paid["created_at"][:10]
    refund = shop.refund(paid, amount=1_500)
    until(shop, None, lambda found: bool(of(found, refund["id"])))

    def lines() -> list[Object]:
        cursor: str | None = None
        found: list[Object] = []
        while True:
            query = {"cursor": cursor} if cursor else {}
            page = shop.get("/v1/movements", date=day, currency="USD", limit="50", **query).json()
            found += page["data"]
            if not page["has_more"]:
                (total,) = page["totals"]
                amounts = [each["amount"] for each in found]
                assert total["net"] == sum(amounts) == total["captured"] - total["refunded"]
                assert total["count"] == len(found)
                return found
            cursor = page["next_cursor"]

    shown = lines()
    first = shop.get("/v1/movements", date=day, currency="USD", limit="1").json()
    second = shop.get(
        "/v1/movements", date=day, currency="USD", limit="1", cursor=first["next_cursor"]
    ).json()
    assert first["data"] + second["data"] == shown[:2]
    assert [each["at"] for each in shown] == sorted(each["at"] for each in shown)
    ours = {each["kind"]: each for each in shown if each["payment_id"] == paid["id"]}
    assert (ours["capture"]["amount"], ours["refund"]["amount"]) == (paid["amount"], -1_500)
    assert ours["refund"]["id"] == refund["id"]
    assert ours["capture"]["processor_reference"] == paid["processor"]["reference"]
    answer = shop.session.get(
        f"{shop.base_url}/v1/movements", params={"date": day}, headers={"Accept": "text/csv"}
    )
    assert answer.headers["Content-Type"].startswith("text/csv")
    table = list(csv.DictReader(io.StringIO(answer.text)))
    row = next(each for each in table if each["id"] == refund["id"])
    assert (row["amount"], row["reference"]) == ("-1500", "'=SUM(A1)")
    for wrong in ({}, {"date": "2026-13-01"}, {"date": day, "currency": "usd"}):
        assert shop.get("/v1/movements", **wrong).status_code == 400
