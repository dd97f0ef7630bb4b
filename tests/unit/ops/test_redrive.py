"""What was given up on, shown and moved back in order."""

import json
from typing import Any

import pytest

from onboarding import Stage
from ops.dead_letters import DeadLetters
from tests.unit.ops.conftest import Crash, CrashAt, Tollgate

FIFO = {"FifoQueue": "true", "ContentBasedDeduplication": "false"}


@pytest.fixture
def letters(stage: Stage) -> DeadLetters:
    for noun in ("operations.fifo", "operations-dead.fifo"):
        stage.sqs.create_queue(QueueName=stage.physical_name(noun), Attributes=FIFO)
    return DeadLetters.of(stage)


def bury(letters: DeadLetters, *payment_ids: str) -> None:
    for number, payment_id in enumerate(payment_ids):
        bury_body(letters, json.dumps({"payment_id": payment_id}), payment_id, f"{payment_id}-{number}")


def bury_body(letters: DeadLetters, body: str, group: str, deduplication: str) -> None:
    letters.sqs.send_message(
        QueueUrl=letters.dead, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=deduplication
    )


def alive(letters: DeadLetters) -> list[tuple[str, str]]:
    """Group and payment of what is back in the operations queue, in order."""
    found: list[dict[str, Any]] = []
    while batch := letters.sqs.receive_message(
        QueueUrl=letters.alive, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
    ).get("Messages"):
        found += batch
    return [(each["Attributes"]["MessageGroupId"], json.loads(each["Body"])["payment_id"]) for each in found]


def test_an_empty_queue_says_so(tollgate: Tollgate, letters: DeadLetters) -> None:
    assert "Nothing was given up on" in tollgate("redrive").stdout


def test_a_look_shows_everything_and_moves_nothing(tollgate: Tollgate, letters: DeadLetters) -> None:
    bury(letters, "pay_a", "pay_b", "pay_a")
    shown = tollgate("redrive").stdout
    assert shown.count("pay_a") == 2
    assert shown.count("pay_b") == 1
    assert [each.payment_id for each in letters.look()] == ["pay_a", "pay_b", "pay_a"]
    assert alive(letters) == []


def test_as_many_as_asked_for_are_moved_oldest_first(tollgate: Tollgate, letters: DeadLetters) -> None:
    bury(letters, "pay_a", "pay_b", "pay_a")
    assert "2 moved, 1 left" in tollgate("redrive", "--count", "2").stdout
    assert "1 moved, 0 left" in tollgate("redrive", "--count", "9").stdout
    assert alive(letters) == [("pay_a", "pay_a"), ("pay_b", "pay_b"), ("pay_a", "pay_a")]


def test_more_than_one_batch_is_moved(letters: DeadLetters) -> None:
    bury(letters, *(f"pay_{number}" for number in range(23)))
    assert len(list(letters.move(21))) == 21
    assert letters.waiting() == 2
    assert [payment for _, payment in alive(letters)] == [f"pay_{number}" for number in range(21)]


def test_a_crash_between_sending_and_deleting_loses_nothing_and_sends_once(
    letters: DeadLetters, stage: Stage, crash_at: CrashAt
) -> None:
    bury(letters, "pay_a")
    recover = crash_at(stage.sqs, "DeleteMessage")
    with pytest.raises(Crash):
        list(letters.move(1))
    recover()
    assert len(list(letters.move(1))) == 1
    assert letters.waiting() == 0
    assert alive(letters) == [("pay_a", "pay_a")]


def test_a_message_that_can_not_be_read_is_shown_as_such(tollgate: Tollgate, letters: DeadLetters) -> None:
    bury_body(letters, "{", "pay_a", "d1")
    assert "(unreadable)" in tollgate("redrive").stdout
