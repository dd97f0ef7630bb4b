"""Which days a run compares, and where it goes on."""

from typing import Any

import pytest

from tests.contract.processor.fake import LostAnswer
from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tests.unit.reconciliation.scene import DAY, HOUR, compared_day, elsewhere, recorded, run, world
from tollgate.domain.audit import timestamp
from tollgate.domain.day import QUARTER, days_to_look_at, periods_to_look_at
from tollgate.handlers.reconciler import compared


def test_a_day_of_ones_choice_is_compared(api: Api) -> None:
    api.pay()
    assert compared_day(api, day="2027-01-15")["compared"] == 1
    assert compared_day(api, day="2027-01-14")["compared"] == 0
    with pytest.raises(ValueError, match="month must be"):
        compared_day(api, day="2027-13-01")


def test_every_quarter_of_a_day_has_its_turn_by_the_clock(api: Api, clock: FakeClock) -> None:
    """Each payment is compared in one of the next day's runs, and so is whatever the books have."""
    paid = [api.pay().body["id"]]
    clock.advance(6 * HOUR * 1000 + 1)
    paid.append(api.pay().body["id"])
    elsewhere(api, "order-1")
    begin = periods_to_look_at(NOW + DAY * 1000)[0].since + DAY * 1000
    clock.advance(2 * DAY * 1000)
    runs = [
        compared({"time": timestamp(begin + quarter * QUARTER)}, "run-1", world(api)) for quarter in range(96)
    ]
    reports = [each["days"][0] for each in runs]
    assert [each["compared"] for each in reports if each["compared"]] == [1, 1]
    assert [each["kind"] for report in reports for each in report["differences"]] == ["extra"]
    assert {len(each["days"]) for each in runs} == {3}


def test_what_is_open_for_long_is_looked_for_once_a_day_by_the_clock(api: Api) -> None:
    api.processor.script(LostAnswer())
    api.pay()
    times = [timestamp(NOW + DAY * 3000 + quarter * QUARTER) for quarter in range(96)]
    api.later(5 * DAY)
    found = [compared({"time": time}, "run-1", world(api))["open"]["differences"] for time in times]
    assert len([each for each in found if each]) == 1


def test_a_day_that_is_too_long_for_one_call_goes_on_in_the_next(api: Api, clock: FakeClock) -> None:
    """Hour by hour; what needs half of a call's time has had its own."""
    api.pay()
    clock.advance(2 * HOUR * 1000)
    api.pay()
    day = str(days_to_look_at(NOW + DAY * 1000)[0])
    api.later(DAY)
    whole = compared({"day": day}, "run-1", world(api))
    event: dict[str, Any] = {"day": day}
    compared_payments = calls = 0
    while True:
        part = compared(event, "run-1", world(api), lambda: 0)
        compared_payments, calls = compared_payments + part["days"][0]["compared"], calls + 1
        if part["next"] is None:
            break
        event["from"] = part["next"]
    assert (whole["next"], whole["days"][0]["compared"], compared_payments, calls) == (None, 2, 2, 24)


def test_what_is_open_for_more_than_a_day_is_found_whichever_day_it_is_of(api: Api) -> None:
    api.processor.script(LostAnswer())
    api.processor.books_lag = True
    unknown = api.pay().body["id"]
    api.later(DAY - HOUR)
    assert run(api)["open"]["differences"] == []
    api.later(3 * DAY)
    api.processor.books_lag = False
    first, second = run(api, day="2027-02-01"), run(api, day="2027-02-01")
    assert [(each["kind"], each["payment_id"]) for each in first["open"]["differences"]] == [
        ("open", unknown)
    ]
    assert first["open"]["differences"][0]["books"]["captured"] == 10_000
    assert first == second
    assert recorded(api) == [("mer_one", "payment", unknown)]
    assert first["days"][0]["differences"] == []


def test_what_is_open_for_long_is_named_though_the_books_can_not_be_read(api: Api) -> None:
    api.processor.script(LostAnswer())
    unknown = api.pay().body["id"]
    api.later(2 * DAY)
    api.processor.books_closed = True
    left = run(api)["open"]
    assert [(each["payment_id"], each["books"]) for each in left["differences"]] == [(unknown, None)]
    assert [each["terminal"] for each in left["unread"]] == ["1234001"]
