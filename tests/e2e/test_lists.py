"""Lists: newest first, filtered, and walked by cursors that are good for one list only."""

import uuid
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest

from tests.e2e.caller import Caller, Object, code_of
from tests.integration.local.project import eventually


@pytest.fixture(scope="module")
def reference() -> str:
    """What tells the payments of this module."""
    return str(uuid.uuid4())


@pytest.fixture(scope="module")
def payments(shop: Caller, reference: str) -> list[Object]:
    """Five payments, newest first: two authorized, three captured."""
    token = {"token": shop.token()}
    methods = ("automatic", "manual", "automatic", "manual", "automatic")
    made = [shop.pay(payment_method=token, reference=reference, capture_method=each) for each in methods]
    eventually(lambda: len(shop.get("/v1/payments", reference=reference).json()["data"]) == len(made))
    return made[::-1]


def ids(objects: list[Object]) -> list[str]:
    return [each["id"] for each in objects]


def test_payments_are_listed_newest_first_as_they_are_read(
    shop: Caller, payments: list[Object], reference: str
) -> None:
    page = shop.get("/v1/payments", reference=reference).json()
    assert page == {"object": "list", "data": payments, "has_more": False, "next_cursor": None}


def test_without_filters_the_newest_of_all_come_first(shop: Caller, payments: list[Object]) -> None:
    newest = shop.pay()
    listed = eventually(lambda: _starts_with(shop.get("/v1/payments", limit=6).json()["data"], newest))
    assert ids(listed)[1:] == ids(payments)


def _starts_with(data: list[Object], payment: Object) -> list[Object] | None:
    return data if data[0]["id"] == payment["id"] else None


def test_pages_follow_one_another_whatever_their_limits(
    shop: Caller, payments: list[Object], reference: str
) -> None:
    pages = shop.pages("/v1/payments", reference=reference, limit=2)
    assert [ids(page) for page in pages] == [ids(payments[:2]), ids(payments[2:4]), ids(payments[4:])]
    first = shop.get("/v1/payments", reference=reference, limit=1).json()
    rest = shop.get("/v1/payments", reference=reference, limit=100, cursor=first["next_cursor"]).json()
    assert ids(rest["data"]) == ids(payments[1:])


def test_a_page_that_ends_with_the_list_says_so(shop: Caller, payments: list[Object], reference: str) -> None:
    page = shop.get("/v1/payments", reference=reference, limit=len(payments)).json()
    assert (page["has_more"], page["next_cursor"]) == (False, None)


def test_payments_are_filtered_by_their_present_status(
    shop: Caller, payments: list[Object], reference: str
) -> None:
    authorized = shop.get("/v1/payments", reference=reference, status="authorized").json()["data"]
    assert ids(authorized) == ids([payments[1], payments[3]])
    assert shop.get("/v1/payments", reference=reference, status="expired").json()["data"] == []


def test_from_is_inclusive_and_to_is_exclusive(shop: Caller, payments: list[Object], reference: str) -> None:
    listed = partial(shop.get, "/v1/payments", reference=reference)
    at = payments[2]["created_at"]
    assert ids(listed(created_from=at).json()["data"]) == ids(payments[:3])
    assert ids(listed(created_to=at).json()["data"]) == ids(payments[3:])
    elsewhere = datetime.fromisoformat(at).astimezone(timezone(timedelta(hours=2)))
    assert ids(listed(created_from=elsewhere.isoformat()).json()["data"]) == ids(payments[:3])
    assert listed(created_from=at, created_to=at).json()["data"] == []


def test_a_cursor_is_good_for_its_own_list_only(
    shop: Caller, rival: Caller, payments: list[Object], reference: str
) -> None:
    list_ = "/v1/payments"
    cursor = shop.get(list_, reference=reference, limit=1).json()["next_cursor"]
    changed = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    refunds = f"/v1/payments/{payments[0]['id']}/refunds"
    for answer in (
        shop.get(list_, reference=reference, cursor=changed),
        shop.get(list_, reference=reference, cursor=cursor + "A"),
        shop.get(list_, reference=reference, cursor="made up"),
        shop.get(list_, cursor=cursor),
        shop.get(list_, reference="other", cursor=cursor),
        shop.get(list_, reference=reference, status="captured", cursor=cursor),
        shop.get("/v1/audits", cursor=cursor),
        shop.get(refunds, cursor=cursor),
        rival.get(list_, reference=reference, cursor=cursor),
    ):
        assert (answer.status_code, code_of(answer)) == (400, "invalid_cursor"), answer.request.path_url
    assert shop.get(list_, reference=reference, limit=1, cursor=cursor).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "1.0"},
        {"limit": ""},
        {"status": "paid"},
        {"status": ""},
        {"reference": "x" * 65},
        {"created_from": "yesterday"},
        {"created_to": "2026-02-30T00:00:00Z"},
        {"created_from": "2026-01-31T09:30:00"},
        {"colour": "red"},
    ],
)
def test_a_bad_or_unknown_filter_is_named(shop: Caller, query: dict[str, str]) -> None:
    answer = shop.get("/v1/payments", **query)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert [error["pointer"] for error in answer.json()["errors"]] == list(query)


def test_a_filter_given_twice_is_refused(shop: Caller) -> None:
    answer = shop.call("GET", "/v1/payments?status=captured&status=declined")
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
