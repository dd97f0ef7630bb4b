"""The stream onto the trail: everything once, in order, and nothing skipped."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from tests.emitted import values
from tests.examples import NOW, operation, payment
from tests.fakes.trail import FakeTrail
from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import payment_row
from tollgate.adapters.streams import before_and_after
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import ByCard, Payment
from tollgate.domain.token import CardIdentity
from tollgate.handlers.projector import project
from tollgate.wiring.projector import World

INTENT = payment()
CAPTURED = INTENT.settled(Approved("M1", 10_000), NOW + 5)
REFUNDED = CAPTURED.begun(operation(Kind.REFUND, "ref_1", 5)).settled(Approved("R1", 5), NOW + 9)


def image(payment: Payment | None) -> dict[str, Any] | None:
    """As Lambda hands it over: JSON, so binary is in base64."""
    return payment and {
        name: encoded(value) for name, value in item_of(payment_row(payment, "mer_one#2027-01#0")).items()
    }


def encoded(value: dict[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    if kind == "B":
        return {"B": base64.b64encode(bytes(content)).decode()}
    if kind == "L":
        return {"L": [encoded(each) for each in content]}
    if kind == "M":
        return {"M": {name: encoded(each) for name, each in content.items()}}
    return value


def change(number: int, before: Payment | None, after: Payment | None) -> dict[str, Any]:
    images = {"OldImage": image(before), "NewImage": image(after)}
    present = {name: each for name, each in images.items() if each}
    return {"eventID": f"e{number}", "dynamodb": {"SequenceNumber": str(number), **present}}


@pytest.fixture
def trail() -> FakeTrail:
    return FakeTrail()


def projected(trail: FakeTrail, *changes: dict[str, Any]) -> list[str]:
    answer = project({"Records": list(changes)}, World(before_and_after, trail))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def actions(trail: FakeTrail) -> list[str]:
    return [audit.action.value for audit in trail.audits]


def test_each_change_is_recorded_once_however_often_it_is_delivered(trail: FakeTrail) -> None:
    stream = [change(1, None, INTENT), change(2, INTENT, CAPTURED), change(3, CAPTURED, REFUNDED)]
    for _ in range(2):
        assert projected(trail, *stream) == []
    assert actions(trail) == [
        "token.used",
        "payment.created",
        "payment.captured",
        "refund.created",
        "refund.succeeded",
    ]


def test_a_withdrawn_payment_leaves_the_use_of_its_card_alone(trail: FakeTrail) -> None:
    assert projected(trail, change(1, None, INTENT), change(2, INTENT, None)) == []
    assert actions(trail) == ["token.used"]


def test_a_payment_by_card_comes_through_with_its_binary_values(trail: FakeTrail) -> None:
    by_card = replace(CAPTURED, method=ByCard(CardIdentity(1, b"\x00\xff"), b"\x01\xfe"))
    assert before_and_after(change(1, None, by_card)) == (None, by_card)
    assert projected(trail, change(1, None, by_card)) == []
    assert actions(trail) == ["payment.created", "payment.captured"]


def test_an_outcome_is_counted_once_its_record_is_made(
    trail: FakeTrail, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.broken = True
    projected(trail, change(1, INTENT, CAPTURED))
    assert values(capsys, "Operations") == {}
    trail.broken = False
    projected(trail, change(1, INTENT, CAPTURED), change(2, CAPTURED, REFUNDED))
    assert values(capsys, "Operations") == {("approved", "refund"): 1, ("approved", "sale"): 1}


def test_what_cannot_be_recorded_is_counted(trail: FakeTrail, capsys: pytest.CaptureFixture[str]) -> None:
    trail.broken = True
    projected(trail, change(1, INTENT, CAPTURED))
    assert values(capsys, "Projections") == {("failed",): 1}


def test_what_cannot_be_recorded_holds_back_everything_after_it(trail: FakeTrail) -> None:
    assert projected(trail, change(1, None, INTENT)) == []
    trail.broken = True
    assert projected(trail, change(2, INTENT, CAPTURED), change(3, CAPTURED, REFUNDED)) == ["2"]
    trail.broken = False
    assert projected(trail, change(2, INTENT, CAPTURED), change(3, CAPTURED, REFUNDED)) == []
    assert actions(trail)[-1] == "refund.succeeded"


def test_a_record_that_makes_no_sense_is_not_skipped(trail: FakeTrail) -> None:
    broken = {"eventID": "e1", "dynamodb": {"SequenceNumber": "1", "NewImage": {"id": {"S": "pay_x"}}}}
    assert projected(trail, broken, change(2, None, INTENT)) == ["1"]
