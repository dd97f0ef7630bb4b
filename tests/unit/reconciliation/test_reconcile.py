"""The daily comparison: what it finds, what it puts on record, and what it changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.contract.processor.fake import FakeProcessor, LostAnswer
from tests.examples import ACCOUNT, NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tollgate.domain.audit import timestamp
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.day import QUARTER, days_to_look_at, periods_to_look_at
from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Refund
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Approved, Unknown
from tollgate.handlers.reconciler import compared
from tollgate.operations.reconcile import ReconciliationPorts
from tollgate.wiring.reconciler import World

HOUR = 3_600
DAY = 24 * HOUR
CAPTURES = "POST /v1/payments/{id}/captures"
REFUNDS = "POST /v1/payments/{id}/refunds"
READ = "GET /v1/payments/{id}"


class Books(FakeProcessor):
    """With a clock that may be `ahead` (milliseconds), and a hook for while a payment is looked up."""

    def __init__(self, now: Callable[[], int]) -> None:
        super().__init__(lambda: now() + self.ahead)
        self.ahead = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        found = super().find(account, order_id)
        self.meanwhile()
        return found


@pytest.fixture
def books(clock: FakeClock) -> Books:
    return Books(clock.now)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def api(clock: FakeClock, books: Books) -> Api:
    return Api(clock=clock, processor=books)


def compared_day(api: Api, **event: str) -> dict[str, Any]:
    """The report of the day that has ended, or of the one that the event names."""
    return run(api, **event)["days"][0]


def run(api: Api, **event: str) -> dict[str, Any]:
    """All that a run finds: of the day that has ended, unless the event names another."""
    day = event or {"day": str(days_to_look_at(api.clock.now())[0])}
    return compared(day, "run-1", world(api))


def world(api: Api) -> World:
    return World(
        ReconciliationPorts(
            api.merchants, api.payments, api.payments, api.processor, api.trail, api.vault.outbox, api.clock
        )
    )


def differences(api: Api) -> list[tuple[str, str | None]]:
    return [(each["kind"], each["payment_id"]) for each in compared_day(api)["differences"]]


def recorded(api: Api) -> list[tuple[str, str, str | None]]:
    return [
        (each.merchant_id, each.resource.type, each.resource.id)
        for each in api.trail.audits
        if each.action.value == "reconciliation.difference"
    ]


def elsewhere(api: Api, order_id: str, amount: int = 700) -> str:
    """A sale that the API knows nothing of; its reference."""
    card = Card("4539858876047062", 12, 2030)
    sale = api.processor.send(
        ACCOUNT, f"by hand {order_id}", Charge(order_id, amount, "USD", True, card, None)
    )
    assert isinstance(sale, Approved)
    return sale.reference


def reference_of(api: Api, payment_id: str) -> str:
    return api.stored(payment_id).processor_reference or ""


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


def metrics(written: str) -> list[tuple[str, list[float], str | None]]:
    """Name, values and kind of what the embedded metric format carries."""
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    return [
        (metric["Name"], line[metric["Name"]], line.get("kind"))
        for line in lines
        if "_aws" in line
        for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    ]


def test_agreement_is_a_metric_and_so_is_each_kind_of_difference(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    paid = api.pay().body["id"]
    api.later(DAY)
    compared_day(api)
    assert metrics(capsys.readouterr().out) == [
        ("ReconciliationDifferences", [0], None),
        ("ReconciliationUnreadBooks", [0], None),
    ]
    api.processor.send(ACCOUNT, "by hand", Refund(reference_of(api, paid), 300, "USD", "by hand"))
    compared_day(api)
    assert metrics(capsys.readouterr().out) == [
        ("ReconciliationDifferences", [1], None),
        ("ReconciliationUnreadBooks", [0], None),
        ("ReconciliationDifferences", [1], "refunded_elsewhere"),
    ]


def test_a_difference_is_told_once(api: Api) -> None:
    held = api.pay(capture_method="manual").body["id"]
    api.processor.expire(reference_of(api, held))
    api.later(DAY)
    compared_day(api)
    compared_day(api)
    told = [each.events[-1] for each in api.vault.outbox.stories]
    differences = [each for each in told if each.type == "reconciliation.difference"]
    assert [(each.subject, each.object["kind"], each.noted) for each in differences] == [
        (held, "expired", True)
    ]
