"""Where events come from, read again, and what waits there: the table and the tests' stand-in alike."""

import pytest

from tests.contract.events.tables import events_table
from tests.contract.tables import create_table
from tests.examples import EXCHANGE, NOW
from tests.fakes.events import FakeHeld
from tollgate.adapters.event_log import WrittenEvents
from tollgate.adapters.event_outbox import EventOutbox
from tollgate.adapters.event_sources import EventSources
from tollgate.adapters.movements_index import MovementsIndex
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.audit import Resource
from tollgate.domain.day import Day
from tollgate.domain.difference_story import difference_story
from tollgate.domain.event import Event, EventType, Movement, MovementKind, Story, Total, entry_id, event_id
from tollgate.domain.reconciliation import Difference, DifferenceKind, difference_record
from tollgate.ports import Held

DAY = Day.holding(NOW)


def sources() -> EventSources:
    return EventSources(events_table(), "events", PaymentsTable(create_table("payments"), "payments"))


@pytest.fixture(params=["fake", "table"])
def held(request: pytest.FixtureRequest, aws: None) -> Held:
    return FakeHeld() if request.param == "fake" else sources()


def test_what_is_held_back_is_due_in_a_minute_until_it_is_released(held: Held) -> None:
    held.hold("pay_one", NOW)
    held.hold("out_two", NOW + 1)
    assert held.due(NOW + 59_999, 10) == []
    assert held.due(NOW + 60_001, 10) == ["pay_one", "out_two"]
    held.hold("pay_one", NOW + 60_001)
    held.release("out_two")
    assert held.due(NOW + 60_001, 10) == []
    assert held.due(NOW + 120_001, 10) == ["pay_one"]


def test_an_entry_of_the_outbox_is_read_as_it_was_put(aws: None) -> None:
    stored = sources()
    found = Difference(DifferenceKind.EXTRA, None, "M9", None, None)
    story = difference_story(found, difference_record(found, "mer_one", EXCHANGE, NOW))
    outbox = EventOutbox(stored._dynamodb, "events")
    outbox.put(story)
    outbox.put(story)
    assert stored.entry(entry_id(story)) == story
    assert stored.entry("out_nothing") is None


def moved(number: int, amount: int, currency: str = "USD") -> Event:
    kind = MovementKind.CAPTURE if amount > 0 else MovementKind.REFUND
    movement = Movement(NOW + number, kind, "pay_one", f"x_{number}", None, amount, currency, "M1")
    about = Resource("payment", "pay_one")
    id = event_id("pay_one", str(number))
    return Event(id, EventType.PAYMENT_CAPTURED, NOW + number, "pay_one", about, {}, movement)


def test_movements_are_found_by_day_and_summed_once(aws: None) -> None:
    dynamodb = events_table()
    log, index = WrittenEvents(dynamodb, "events"), MovementsIndex(dynamodb, "events")
    events = (moved(1, 100), moved(2, -30), moved(3, 7, "EUR"))
    log.append("mer_one", [Story("mer_one", "pay_one", events[:2])])
    log.append("mer_one", [Story("mer_one", "pay_one", events)])
    pages = index.of_day("mer_one", DAY, None, 2)
    pages += index.of_day("mer_one", DAY, pages[-1][0], 2)
    assert [movement for _, movement in pages] == [each.movement for each in events]
    assert index.totals("mer_one", DAY) == [Total("EUR", 7, 0, 1), Total("USD", 100, 30, 2)]
    assert index.of_day("mer_two", DAY, None, 2) == []
    assert index.totals("mer_two", DAY) == []
