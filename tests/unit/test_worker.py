"""The worker's answer to a batch: what comes again, and in which order."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.processor.fake import NO_ANSWER
from tests.emitted import values
from tests.unit.api.caller import RULES, Api
from tollgate.handlers.worker import work
from tollgate.operations.execution import Ports
from tollgate.operations.follow_up import FollowUpPorts
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


def worked(api: Api, *messages: dict[str, Any], remaining: Callable[[], int] = lambda: 60_000) -> list[str]:
    money = Ports(api.payments, api.processor, api.clock, RULES)
    here = World(FollowUpPorts(money, api.payments, api.vault))
    answer = work({"Records": list(messages)}, remaining, here)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_messages_that_were_worked_off_do_not_come_again(api: Api) -> None:
    assert worked(api, message(1, "pay_none"), message(2, "pay_none")) == []


def test_a_failure_holds_back_its_own_group_only(api: Api) -> None:
    batch = [message(1, "pay_a", "{"), message(2, "pay_b"), message(3, "pay_a"), message(4, "pay_b")]
    assert worked(api, *batch) == ["m1", "m3"]


def test_a_follow_up_that_fails_is_counted(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    worked(api, message(1, "pay_a", "{"), message(2, "pay_none"))
    assert values(capsys, "FollowUps") == {("failed",): 1, ("nothing_to_do",): 1}


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


def test_what_there_is_no_time_for_goes_back_unopened(api: Api) -> None:
    left = iter([60_000, 20_000, 20_000])
    batch = [message(1, "pay_a"), message(2, "pay_b"), message(3, "pay_c")]
    assert worked(api, *batch, remaining=lambda: next(left)) == ["m2", "m3"]
