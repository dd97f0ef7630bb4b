"""Functions that no request starts, and the index that says when to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.local.project import ACCOUNT, REGION, Laptop, eventually, write_triggers_project

pytestmark = pytest.mark.xdist_group("laptop-triggers")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """An emulator that was started again after the project was deployed to it."""
    root = write_triggers_project(tmp_path_factory.mktemp("project"))
    laptop = Laptop.at(tmp_path_factory.mktemp("laptop"))
    with laptop.running():
        laptop.deploy(root)
    with laptop.running():
        yield laptop


def counted(laptop: Laptop, key: str) -> int:
    """How often a function has met a key."""
    found = laptop.target.client("dynamodb").get_item(TableName="copies", Key={"id": {"S": key}})
    return int(found["Item"]["deliveries"]["N"]) if "Item" in found else 0


def test_sparse_index_finds_what_is_due_in_the_order_of_numbers(laptop: Laptop) -> None:
    dynamodb = laptop.target.client("dynamodb")
    for due in ("10", "9", "11"):
        item = {"id": {"S": f"due-{due}"}, "due_shard": {"S": "0"}, "due": {"N": due}, "note": {"S": "n"}}
        dynamodb.put_item(TableName="tasks", Item=item)
    dynamodb.put_item(TableName="tasks", Item={"id": {"S": "done"}})
    found = dynamodb.query(
        TableName="tasks",
        IndexName="due",
        KeyConditionExpression="due_shard = :shard AND due <= :now",
        ExpressionAttributeValues={":shard": {"S": "0"}, ":now": {"N": "10"}},
    )["Items"]
    assert found == [
        {"id": {"S": f"due-{due}"}, "due_shard": {"S": "0"}, "due": {"N": due}} for due in ("9", "10")
    ]
    assert dynamodb.scan(TableName="tasks", IndexName="due")["Count"] == 3


def test_item_leaves_the_sparse_index_with_its_key(laptop: Laptop) -> None:
    dynamodb = laptop.target.client("dynamodb")
    item = {"id": {"S": "resolved"}, "due_shard": {"S": "1"}, "due": {"N": "1"}}
    dynamodb.put_item(TableName="tasks", Item=item)
    dynamodb.update_item(
        TableName="tasks", Key={"id": {"S": "resolved"}}, UpdateExpression="REMOVE due_shard, due"
    )
    found = dynamodb.query(
        TableName="tasks",
        IndexName="due",
        KeyConditionExpression="due_shard = :shard",
        ExpressionAttributeValues={":shard": {"S": "1"}},
    )
    assert found["Items"] == []


def test_message_that_a_function_reports_failed_is_delivered_again_and_no_other(laptop: Laptop) -> None:
    sqs = laptop.target.client("sqs")
    url = sqs.get_queue_url(QueueName="operations.fifo")["QueueUrl"]
    for body in ("succeeds", "fails_first"):
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=body, MessageDeduplicationId=body)
    eventually(lambda: counted(laptop, "fails_first") == 2)
    assert counted(laptop, "succeeds") == 1


def test_schedule_starts_its_function_after_a_restart_too(laptop: Laptop) -> None:
    rule = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/often"
    eventually(lambda: counted(laptop, rule) >= 1)


def test_changed_schedule_and_concurrency_take_effect(tmp_path: Path) -> None:
    root = write_triggers_project(tmp_path / "project")
    laptop = Laptop.at(tmp_path / "laptop")
    program = root / "infra" / "__main__.py"
    with laptop.running():
        laptop.deploy(root)
        text = program.read_text().replace("rate(0 minutes)", "cron(15 4 * * ? *)")
        program.write_text(text.replace("maximum_concurrency=2", "maximum_concurrency=3"))
        assert "2 updated" in laptop.deploy(root)[-1]
        rule = laptop.target.client("events").describe_rule(Name="often")
        (mapping,) = laptop.target.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    assert rule["ScheduleExpression"] == "cron(15 4 * * ? *)"
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 3}
