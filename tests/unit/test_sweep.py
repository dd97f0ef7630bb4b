"""What one sweep queues, and what it leaves for the next."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.fakes.follow_up_queue import FakeFollowUpQueue
from tollgate.adapters.follow_up_queue import SqsFollowUpQueue
from tollgate.domain.listing import Due, due_shard, due_shards
from tollgate.domain.payment import Payment
from tollgate.operations.sweep import AT_MOST, CROWDED, MINUTE, sweep


class DuePayments:
    """The `AllPayments` port, of payments that are nothing but due: by id, since when."""

    def __init__(self, due: Mapping[str, int]) -> None:
        self._shards: dict[str, list[Due]] = {shard: [] for shard in due_shards()}
        for payment_id, at in sorted(due.items(), key=lambda each: each[1]):
            self._shards[due_shard(payment_id)].append(Due(payment_id, at))

    def load(self, payment_id: str) -> Payment | None:
        raise AssertionError("a sweep reads no payment")

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        return [each for each in self._shards[shard] if each.at <= now][:limit]


class Sqs:
    """SQS's calls. It takes no message of those payments that it `refuses`."""

    def __init__(self, refuses: str = "") -> None:
        self.calls: list[list[str]] = []
        self._refuses = refuses

    def send_message_batch(self, **request: Any) -> dict[str, Any]:
        asked = request["Entries"]
        assert request["QueueUrl"] == "queue"
        assert len({each["Id"] for each in asked}) == len(asked) <= 10
        assert all(json.loads(each["MessageBody"])["payment_id"] == each["MessageGroupId"] for each in asked)
        self.calls.append([each["MessageGroupId"] for each in asked])
        taken = [{"Id": each["Id"]} for each in asked if each["MessageGroupId"] != self._refuses]
        failed = [{"Id": each["Id"]} for each in asked if each["MessageGroupId"] == self._refuses]
        return {"Successful": taken, "Failed": failed} if failed else {"Successful": taken}


def test_ten_thousand_that_are_due_are_queued_in_one_run_ten_in_a_call() -> None:
    due = DuePayments({f"pay_{number}": NOW - number for number in range(10_000)})
    sqs = Sqs()
    swept = sweep(due, SqsFollowUpQueue(sqs, "queue"), FakeClock(NOW))
    assert (swept.found, swept.queued, swept.oldest_age) == (10_000, 10_000, 9_999)
    assert len({payment_id for call in sqs.calls for payment_id in call}) == 10_000
    assert len(sqs.calls) <= 10_000 / 10 + len(due_shards())


def test_what_the_queue_did_not_take_is_not_said_to_be_queued() -> None:
    due = DuePayments({f"pay_{number}": NOW for number in range(20)})
    swept = sweep(due, SqsFollowUpQueue(Sqs(refuses="pay_7"), "queue"), FakeClock(NOW))
    assert (swept.found, swept.queued) == (20, 19)


@pytest.mark.parametrize(("due", "again"), [(1, 2), (40 * AT_MOST, 1)])
def test_what_waits_in_the_queue_is_queued_again_each_minute_unless_more_is_due_than_a_sweep_queues(
    due: int, again: int
) -> None:
    payments = DuePayments({f"pay_{number}": NOW - 10 * MINUTE for number in range(due)})
    queue, clock = FakeFollowUpQueue(), FakeClock(NOW - NOW % CROWDED)
    for _ in range(2):
        sweep(payments, queue, clock)
        clock.advance(MINUTE)
    assert len(queue.sent) == again * min(due, 16 * AT_MOST)


def test_nothing_due_asks_nothing_of_the_queue() -> None:
    sqs = Sqs()
    swept = sweep(DuePayments({}), SqsFollowUpQueue(sqs, "queue"), FakeClock(NOW))
    assert (swept.found, swept.oldest_age, sqs.calls) == (0, 0, [])
