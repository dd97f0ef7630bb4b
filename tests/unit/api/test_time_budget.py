"""A request ends before its function does, however slow the processor is."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.contract.processor.fake import FakeProcessor, LostAnswer
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import RULES, Answer, Api
from tollgate.domain import budget
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome, Unknown

REFUNDS = "POST /v1/payments/{id}/refunds"
CAPTURES = "POST /v1/payments/{id}/captures"
OUR_TIME = budget.FUNCTION - budget.STORAGE


@dataclass
class Slow(FakeProcessor):
    """Takes its time, in milliseconds, for each of the next calls and look-ups."""

    clock: FakeClock
    takes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        self._pass()
        return super().find(account, order_id)

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        self._pass()
        return super().look(account, reference)

    def _call(self, *call: Any, **kinds: Any) -> Outcome:
        self._pass()
        return super()._call(*call, **kinds)

    def _pass(self) -> None:
        self.clock.advance(self.takes.pop(0) if self.takes else 0)


@dataclass
class Scene:
    """An authorization of which a first part was captured, though nobody knows."""

    clock: FakeClock
    processor: Slow
    api: Api
    payment_id: str

    def capture_the_rest(self, *takes: int) -> tuple[Answer, int]:
        """Its answer, and how long the processor kept the request."""
        self.processor.takes = list(takes)
        began = self.clock.now()
        answer = self.api.call(CAPTURES, {"amount": 4_000}, id=self.payment_id)
        return answer, self.clock.now() - began


@pytest.fixture
def scene() -> Scene:
    clock = FakeClock()
    processor = Slow(clock)
    api = Api(clock=clock, processor=processor)
    payment = api.pay(amount=10_000, capture_method="manual").body
    processor.script(LostAnswer())
    assert api.call(CAPTURES, {"amount": 6_000, "final": False}, id=payment["id"]).status == 202
    api.later(RULES.first * 2)
    return Scene(clock, processor, api, payment["id"])


def test_a_request_that_had_to_wait_too_long_for_an_earlier_operation_begins_none(scene: Scene) -> None:
    scene.processor.books_closed = True
    scene.processor.script(LostAnswer())
    answer, took = scene.capture_the_rest(budget.CALL, budget.LOOK_UP, budget.CALL)
    assert (answer.status, answer.code) == (409, "operation_in_progress")
    assert took <= OUR_TIME


@pytest.mark.parametrize(("first", "status"), [(budget.PATIENCE, 201), (budget.PATIENCE + 1, 409)])
def test_a_request_begins_its_own_operation_only_if_the_processor_may_take_all_its_time(
    scene: Scene, first: int, status: int
) -> None:
    answer, took = scene.capture_the_rest(first, budget.CALL)
    assert answer.status == status
    assert took <= OUR_TIME
    kinds = [effect.kind for effect in scene.processor.effects]
    assert kinds == ["authorization"] + ["capture"] * (2 if status == 201 else 1)


def test_a_refund_has_time_to_look_first(scene: Scene) -> None:
    scene.processor.takes = [budget.PATIENCE, budget.LOOK_UP, budget.CALL]
    began = scene.clock.now()
    assert scene.api.call(REFUNDS, {"amount": 1_000}, id=scene.payment_id).status == 201
    assert scene.clock.now() - began <= OUR_TIME


def test_a_refused_capture_has_time_to_find_out_why(scene: Scene) -> None:
    scene.processor.expire(scene.processor.effects[0].reference)
    answer, took = scene.capture_the_rest(budget.PATIENCE, budget.CALL, budget.LOOK_UP)
    assert (answer.code, took <= OUR_TIME) == ("invalid_state", True)
