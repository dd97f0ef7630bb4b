"""Merchants' logs of events: the table and the tests' stand-in alike."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import pytest

from tests.contract.events.tables import events_table
from tests.examples import NOW
from tests.fakes.events import FakeEventLog
from tollgate.adapters.event_log import WRITES, WrittenEvents
from tollgate.adapters.events_table import EventsTable
from tollgate.domain.audit import Resource
from tollgate.domain.event import Event, EventType, Story, event_id
from tollgate.ports import EventLog, Events


class Log(EventLog, Events, Protocol):
    pass


class Table(WrittenEvents, EventsTable):
    """Both sides of it."""


def event(subject: str, number: int, *, noted: bool = False) -> Event:
    id = event_id(subject, str(number))
    content = {"id": subject, "object": "payment", "number": number}
    about = Resource("payment", subject)
    return Event(id, EventType.PAYMENT_CAPTURED, NOW + number, subject, about, content, noted=noted)


def story(subject: str, *numbers: int) -> Story:
    return Story("mer_one", subject, tuple(event(subject, each) for each in numbers))


@pytest.fixture(params=["fake", "table"])
def log(request: pytest.FixtureRequest, aws: None) -> Any:
    return FakeEventLog() if request.param == "fake" else Table(events_table(), "events")


def read(log: Log, merchant: str = "mer_one") -> list[tuple[str, int, int]]:
    page = log.after(merchant, 0, 1000)
    return [(each["resource"]["id"], each["data"]["object"]["number"], each["sequence"]) for each in page]


def test_each_event_is_entered_once_in_its_subjects_order(log: Log) -> None:
    assert log.append("mer_one", [story("pay_a", 1, 2), story("pay_b", 1)]) == [
        event("pay_a", 1).id,
        event("pay_a", 2).id,
        event("pay_b", 1).id,
    ]
    assert log.append("mer_one", [story("pay_a", 1, 2, 3)]) == [event("pay_a", 3).id]
    assert log.append("mer_one", [story("pay_a", 1)]) == []
    assert read(log) == [("pay_a", 1, 1), ("pay_a", 2, 2), ("pay_b", 1, 1), ("pay_a", 3, 3)]


def test_what_others_note_takes_the_next_place_in_the_sequence(log: Log) -> None:
    noted = event("pay_a", 90, noted=True)
    log.append("mer_one", [story("pay_a", 1)])
    log.append("mer_one", [replace(story("pay_a", 1), events=(event("pay_a", 1), noted))])
    log.append("mer_one", [story("pay_a", 1, 2)])
    assert read(log) == [("pay_a", 1, 1), ("pay_a", 90, 2), ("pay_a", 2, 3)]


def test_an_event_keeps_its_position(log: Log) -> None:
    log.append("mer_one", [story("pay_a", 1, 2), story("pay_b", 1)])
    second = event("pay_a", 2).id
    assert log.position("mer_one", second) == 2
    assert [each["resource"]["id"] for each in log.after("mer_one", 2, 10)] == ["pay_b"]
    assert log.after("mer_one", 3, 10) == []
    assert [each["id"] for each in log.after("mer_one", 1, 1)] == [second]


def test_another_merchants_log_is_another_one(log: Log) -> None:
    log.append("mer_one", [story("pay_a", 1)])
    assert read(log, "mer_two") == []
    assert log.position("mer_two", event("pay_a", 1).id) is None
    assert log.position("mer_one", "evt_nothing") is None
    assert log.position("mer_one", "end#mer_one") is None


def test_an_event_reads_as_the_contract_says(log: Log) -> None:
    log.append("mer_one", [story("pay_a", 1)])
    assert log.after("mer_one", 0, 1) == [
        {
            "id": event("pay_a", 1).id,
            "object": "event",
            "type": "payment.captured",
            "created_at": "2027-01-15T08:00:00.001Z",
            "sequence": 1,
            "resource": {"type": "payment", "id": "pay_a"},
            "data": {"object": {"id": "pay_a", "object": "payment", "number": 1}},
        }
    ]


def test_more_events_than_a_transaction_takes_are_entered(aws: None) -> None:
    log = Table(events_table(), "events")
    many = WRITES // 2 + 1
    log.append("mer_one", [story("pay_a", *range(many))])
    assert [sequence for _, _, sequence in read(log)] == list(range(1, many + 1))


class Interrupted:
    """DynamoDB, where somebody else is faster, before each of the first writes."""

    def __init__(self, dynamodb: Any, *faster: Callable[[], object]) -> None:
        self._dynamodb = dynamodb
        self._faster = list(faster)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dynamodb, name)

    def transact_write_items(self, **request: Any) -> Any:
        if self._faster:
            self._faster.pop(0)()
        return self._dynamodb.transact_write_items(**request)


def test_writers_who_meet_leave_no_gap_and_nothing_twice(aws: None) -> None:
    dynamodb = events_table()
    other = Table(dynamodb, "events")
    faster = [
        lambda: other.append("mer_one", [story("pay_b", 1)]),
        lambda: other.append("mer_one", [story("pay_a", 1)]),
    ]
    log = Table(Interrupted(dynamodb, *faster), "events")
    assert log.append("mer_one", [story("pay_a", 1, 2)]) == [event("pay_a", 2).id]
    assert read(log) == [("pay_b", 1, 1), ("pay_a", 1, 1), ("pay_a", 2, 2)]
    assert log.end("mer_one") == 3
