"""The daily comparison: what it finds, what it puts on record, and what it changes."""

from dataclasses import replace
from typing import Any

from tests.contract.processor.fake import LostAnswer
from tests.examples import ACCOUNT, NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tests.unit.reconciliation.scene import (
    DAY,
    HOUR,
    Books,
    compared_day,
    differences,
    elsewhere,
    recorded,
    reference_of,
)
from tollgate.domain.day import days_to_look_at
from tollgate.domain.instruction import Refund
from tollgate.domain.merchant import ProcessorAccount

CAPTURES = "POST /v1/payments/{id}/captures"
REFUNDS = "POST /v1/payments/{id}/refunds"
READ = "GET /v1/payments/{id}"


def test_a_day_on_which_all_agrees(api: Api) -> None:
    paid = api.pay().body["id"]
    api.pay(merchant="mer_two", amount=4901)
    api.call(REFUNDS, {"amount": 10}, id=paid)
    held = api.pay(capture_method="manual").body["id"]
    api.call(CAPTURES, {"amount": 40}, id=held)
    api.later(DAY)
    report = compared_day(api)
    assert (report["compared"], report["open"]) == (3, 0)
    assert (report["differences"], report["unread"], recorded(api)) == ([], [], [])


def test_a_refund_made_elsewhere_is_found_and_recorded_once(api: Api) -> None:
    paid = api.pay().body["id"]
    api.processor.send(ACCOUNT, "by hand", Refund(reference_of(api, paid), 300, "USD", "by hand"))
    api.later(DAY)
    report = compared_day(api)
    assert compared_day(api) == report
    (difference,) = report["differences"]
    assert (difference["kind"], difference["payment_id"]) == ("refunded_elsewhere", paid)
    assert (difference["ours"]["refunded"], difference["books"]["refunded"]) == (0, 300)
    assert recorded(api) == [("mer_one", "payment", paid)]


def test_a_charge_that_is_not_ours_goes_to_the_trail_of_the_accounts_first_merchant(api: Api) -> None:
    paid = api.pay(merchant="mer_two").body["id"]
    foreign, unknown, second = (elsewhere(api, order) for order in ("shop-17", "pay_unknown", paid))
    api.later(DAY)
    assert sorted(differences(api), key=str) == [("extra", paid), ("extra", None), ("extra", None)]
    assert sorted(recorded(api)) == [
        ("mer_one", "processor_payment", foreign),
        ("mer_one", "processor_payment", unknown),
        ("mer_two", "processor_payment", second),
    ]


def test_a_charge_that_the_books_lack_is_missing(api: Api) -> None:
    api.processor.books_lag = True
    paid = api.pay().body["id"]
    api.later(DAY)
    assert differences(api) == [("missing", paid)]


def test_a_charge_of_the_next_day_belongs_to_its_payment(api: Api, clock: FakeClock, books: Books) -> None:
    end = days_to_look_at(NOW + DAY * 1000)[0].until
    clock.advance(end - NOW - 500)
    books.ahead = 1000
    api.pay()
    clock.advance(HOUR * 1000)
    assert differences(api) == []
    api.later(DAY)
    assert differences(api) == []


def test_an_expired_authorization_expires_with_us_too(api: Api) -> None:
    held = api.pay(capture_method="manual").body["id"]
    api.processor.expire(reference_of(api, held))
    api.later(DAY)
    (difference,) = compared_day(api)["differences"]
    assert (difference["kind"], difference["resolved"]) == ("expired", True)
    shown = api.call(READ, id=held).body
    assert (shown["status"], shown["amount_capturable"], shown["next_check_at"]) == ("expired", 0, None)
    assert api.actions(held).count("payment.canceled") == 1
    assert api.call(CAPTURES, {}, id=held).code == "invalid_state"
    assert differences(api) == []


def test_what_expired_weeks_later_is_found_on_a_later_look(api: Api) -> None:
    held = api.pay(capture_method="manual").body["id"]
    api.later(DAY)
    assert differences(api) == []
    api.processor.expire(reference_of(api, held))
    api.later(7 * DAY)
    reports = [compared_day(api, day=str(day)) for day in days_to_look_at(api.clock.now())]
    assert [len(report["differences"]) for report in reports] == [0, 1, 0]
    assert api.call(READ, id=held).body["status"] == "expired"


def test_a_payment_without_an_outcome_is_left_out(api: Api) -> None:
    api.processor.script(LostAnswer())
    api.pay()
    api.later(DAY)
    report = compared_day(api)
    assert (report["differences"], report["open"]) == ([], 1)


def test_a_payment_that_changes_while_it_is_looked_at_is_left_out(api: Api, books: Books) -> None:
    paid = api.pay().body["id"]
    books.send(ACCOUNT, "by hand", Refund(reference_of(api, paid), 300, "USD", "by hand"))
    api.later(DAY)
    books.meanwhile = lambda: api.call(REFUNDS, {"amount": 1}, id=paid)
    report = compared_day(api)
    assert (report["differences"], report["open"], recorded(api)) == ([], 1, [])


def test_a_refund_between_the_two_readings_is_no_difference(api: Api, books: Books) -> None:
    paid = api.pay().body["id"]
    api.later(DAY)
    listed = books.listed

    def refunded_first(account: ProcessorAccount, since: int, until: int) -> Any:
        api.call(REFUNDS, {"amount": 1}, id=paid)
        return listed(account, since, until)

    books.listed = refunded_first
    assert differences(api) == []


def test_books_that_can_not_be_read_are_no_agreement(api: Api) -> None:
    other = replace(ACCOUNT, terminal="1234002")
    api.merchants.stored["mer_two"] = replace(api.merchants.stored["mer_two"], processor=other)
    api.pay()
    api.later(DAY)
    api.processor.books_closed = True
    report = compared_day(api)
    assert [each["terminal"] for each in report["unread"]] == ["1234001", "1234002"]
    assert (report["compared"], report["differences"]) == (0, [])


def test_payments_of_a_terminal_that_the_merchant_has_left_are_compared_there(api: Api) -> None:
    paid = api.pay().body["id"]
    other = replace(ACCOUNT, terminal="1234002")
    for merchant_id, merchant in api.merchants.stored.items():
        api.merchants.stored[merchant_id] = replace(merchant, processor=other)
    api.processor.send(ACCOUNT, "by hand", Refund(reference_of(api, paid), 300, "USD", "by hand"))
    api.later(DAY)
    assert differences(api) == [("refunded_elsewhere", paid)]
