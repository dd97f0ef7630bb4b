"""The streams onto the logs of events: everything once, and what fails holds back itself alone."""

from typing import Any

import pytest

from tests.examples import DECLINE, EXCHANGE, NOW, payment
from tests.fakes.clock import FakeClock
from tests.fakes.events import FakeEventLog, FakeHeld
from tests.unit.events.streams import change, entry
from tollgate.adapters.event_outbox import entry_of
from tollgate.adapters.streams import before_and_after, source_of
from tollgate.domain.difference_story import difference_story
from tollgate.domain.event import Story, entry_id
from tollgate.domain.outcome import Approved, Declined
from tollgate.domain.payment import Payment
from tollgate.domain.reconciliation import Difference, DifferenceKind, difference_record
from tollgate.handlers.publisher import again, streamed
from tollgate.wiring.publisher import World

INTENT = payment()
CAPTURED = INTENT.settled(Approved("M1", 10_000), NOW + 5)
OTHER = payment(id="pay_two").settled(Declined(DECLINE), NOW + 6)


class Sources:
    """The `Told` port."""

    def __init__(self) -> None:
        self.payments: dict[str, Payment] = {}
        self.entries: dict[str, Story] = {}

    def payment(self, payment_id: str) -> Payment | None:
        return self.payments.get(payment_id)

    def entry(self, entry_id: str) -> Story | None:
        return self.entries.get(entry_id)


class Scene:
    def __init__(self) -> None:
        self.log, self.held, self.sources, self.clock = FakeEventLog(), FakeHeld(), Sources(), FakeClock(NOW)
        self.world = World(
            source_of, before_and_after, entry_of, self.sources, self.held, self.log, self.clock
        )

    def stream(self, *records: dict[str, Any]) -> None:
        assert streamed(list(records), self.world) == {"batchItemFailures": []}

    @property
    def types(self) -> list[str]:
        return [each["type"] for each in self.log.logs["mer_one"]]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_change_is_published_once_however_often_it_is_delivered(scene: Scene) -> None:
    for _ in range(2):
        scene.stream(change(None, INTENT), change(INTENT, CAPTURED), change(None, OTHER))
    assert scene.types == ["payment.captured", "payment.declined"]


def test_a_withdrawn_payment_has_no_events(scene: Scene) -> None:
    scene.stream(change(None, INTENT), change(INTENT, None))
    assert scene.types == []


def test_a_record_that_makes_no_sense_holds_back_its_own_payment_only(scene: Scene) -> None:
    broken = {"dynamodb": {"Keys": {"id": {"S": "pay_x"}}, "NewImage": {"id": {"S": "pay_x"}}}}
    scene.stream(broken, change(INTENT, CAPTURED))
    assert scene.types == ["payment.captured"]
    assert list(scene.held.waiting) == ["pay_x"]


def test_what_was_held_back_is_published_from_the_payment_itself(scene: Scene) -> None:
    scene.log.broken = True
    scene.stream(change(INTENT, CAPTURED))
    scene.log.broken = False
    scene.sources.payments["pay_one"] = CAPTURED
    assert again(scene.world) == {"held": 0}
    assert scene.types == []
    scene.clock.advance(60_000)
    assert again(scene.world) == {"held": 0}
    assert scene.types == ["payment.captured"]
    assert scene.held.waiting == {}


def test_what_fails_anew_goes_on_waiting(scene: Scene) -> None:
    scene.log.broken = True
    scene.stream(change(INTENT, CAPTURED))
    scene.sources.payments["pay_one"] = CAPTURED
    scene.clock.advance(60_000)
    assert again(scene.world) == {"held": 1}
    assert scene.held.waiting == {"pay_one": NOW + 120_000}


def test_a_difference_comes_behind_what_the_payment_tells_itself(scene: Scene) -> None:
    found = Difference(DifferenceKind.MISSING, "pay_one", "M1", None, None)
    story = difference_story(found, difference_record(found, "mer_one", EXCHANGE, NOW + 9))
    scene.sources.payments["pay_one"] = CAPTURED
    scene.stream(entry(story))
    scene.stream(change(INTENT, CAPTURED))
    assert [(each["type"], each["sequence"]) for each in scene.log.logs["mer_one"]] == [
        ("payment.captured", 1),
        ("reconciliation.difference", 2),
    ]


def test_an_entry_of_the_outbox_that_was_held_back_is_read_again(scene: Scene) -> None:
    found = Difference(DifferenceKind.EXTRA, None, "M9", None, None)
    story = difference_story(found, difference_record(found, "mer_one", EXCHANGE, NOW))
    scene.log.broken = True
    scene.stream(entry(story))
    scene.log.broken = False
    scene.sources.entries[entry_id(story)] = story
    scene.clock.advance(60_000)
    again(scene.world)
    assert scene.types == ["reconciliation.difference"]
