"""The worker's answer to a batch: what comes again, and in which order."""

import json
from typing import Any

import pytest

from tests.contract.processor.fake import NO_ANSWER
from tests.emitted import values
from tests.unit.api.caller import RULES, Api
from tollgate.domain.operation import Claim
from tollgate.domain.payment import Payment
from tollgate.handlers.worker import work
from tollgate.operations.execution import Ports
from tollgate.operations.follow_up import Came, FollowUpPorts, follow_up
from tollgate.wiring.worker import World


@pytest.fixture
def api() -> Api:
    return Api()


def message(number: int, payment_id: str, body: str | None = None) -> dict[str, Any]:
    return {
        "messageId": f"m{number}",
        "attributes": {"MessageGroupId": payment_id},
        "body": json.dumps({"payment_id": payment_id}) if body is None else body,
    }


def worked(api: Api, message: dict[str, Any], request_id: str = "look-1") -> list[str]:
    money = Ports(api.payments, api.processor, api.clock, RULES)
    here = World(FollowUpPorts(money, api.payments, api.vault))
    answer = work({"Records": [message]}, request_id, here)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_a_message_that_was_worked_off_does_not_come_again(api: Api) -> None:
    assert worked(api, message(1, "pay_none")) == []


def test_a_message_that_failed_comes_again(api: Api) -> None:
    assert worked(api, message(1, "pay_a", "{")) == ["m1"]


def test_a_follow_up_that_fails_is_counted(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    worked(api, message(1, "pay_a", "{"))
    worked(api, message(2, "pay_none"))
    assert values(capsys, "FollowUps") == {("failed",): 1, ("nothing_to_do",): 1}


def test_a_message_delivered_twice_makes_looks_of_two_names(api: Api) -> None:
    """Else both could claim in one millisecond, and each take the other's claim for its own."""
    api.processor.script(*[NO_ANSWER] * 2)
    payment_id = api.pay().body["id"]
    api.later(300)
    claims: list[Claim] = []
    save = api.payments.save

    def saved(payment: Payment) -> bool:
        if payment.latest.claim:
            claims.append(payment.latest.claim)
        return save(payment)

    api.payments.save = saved
    api.processor.books_closed = True
    for request_id in ("look-1", "look-2"):
        api.processor.script(NO_ANSWER)
        worked(api, message(1, payment_id), request_id)
        api.later(RULES.longest * 2)
    assert [each.by for each in claims] == ["look-1", "look-2"]


def test_how_long_an_operation_has_been_open_is_measured(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    api.processor.script(*[NO_ANSWER] * 2)
    payment_id = api.pay().body["id"]
    api.later(300)
    api.processor.books_closed = True
    capsys.readouterr()
    worked(api, message(1, payment_id))
    assert values(capsys, "OpenOperationAge") == {(): 300}
    api.processor.books_closed = False
    api.later(RULES.longest * 2)
    worked(api, message(2, payment_id))
    assert values(capsys, "OpenOperationAge") == {}


def test_a_look_at_a_processor_that_cannot_be_reached_is_not_made_and_not_counted(api: Api) -> None:
    api.processor.script(*[NO_ANSWER] * 2)
    paid = api.pay().body["id"]
    api.later(60)
    before, calls = api.stored(paid), len(api.processor.calls)
    money = Ports(api.payments, api.processor, api.clock, RULES)
    ports = FollowUpPorts(money, api.payments, api.vault, reachable=lambda _: False)
    look = follow_up(paid, "look-1", ports)
    assert (look.came, look.open_for) == (Came.POSTPONED, 60_000)
    assert api.stored(paid) == before
    assert len(api.processor.calls) == calls
