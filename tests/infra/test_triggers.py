"""What starts the functions that the API doesn't."""

import json

import pytest

from engine import Graph
from infra import access
from tests.infra.graphs import ALIAS, FUNCTION, PERMISSION, QUEUE, ROLE_POLICY, TABLE, Graphs
from tollgate.domain.event import OUTBOX

MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
EACH_MINUTE = ("sweeper", "publisher", "deliverer")
SCHEDULES = {**dict.fromkeys(EACH_MINUTE, "rate(1 minute)"), "reconciler": "cron(0/15 * * * ? *)"}


def test_no_change_of_a_payment_is_skipped_by_the_projector(graph: Graph) -> None:
    mapping = graph.one(MAPPING, "projector")
    assert mapping.inputs["eventSourceArn"] == graph.one(TABLE, "payments").outputs["streamArn"]
    assert mapping.inputs["functionName"] == graph.one(ALIAS, "projector").outputs["arn"]
    assert mapping.inputs["startingPosition"] == "TRIM_HORIZON"
    assert mapping.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping.inputs["bisectBatchOnFunctionError"] is True
    assert mapping.inputs["maximumRetryAttempts"] == -1
    assert graph.one(ROLE_POLICY, "projector").urn in mapping.dependencies


def test_the_publisher_follows_payments_and_of_its_own_table_the_outbox_alone(graph: Graph) -> None:
    payments, outbox = (graph.one(MAPPING, name).inputs for name in ("publisher", "publisher-outbox"))
    assert payments["eventSourceArn"] == graph.one(TABLE, "payments").outputs["streamArn"]
    assert outbox["eventSourceArn"] == graph.one(TABLE, "events").outputs["streamArn"]
    assert "filterCriteria" not in payments
    (only,) = outbox["filterCriteria"]["filters"]
    assert json.loads(only["pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"id": {"S": [{"prefix": OUTBOX}]}}},
    }


def test_the_worker_gets_operations_and_gives_back_only_those_that_failed(graph: Graph) -> None:
    mapping = graph.one(MAPPING, "worker")
    assert mapping.inputs["eventSourceArn"] == graph.one(QUEUE, "operations").outputs["arn"]
    assert mapping.inputs["functionName"] == graph.one(ALIAS, "worker").outputs["arn"]
    assert mapping.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping.inputs["batchSize"] == 1
    assert graph.one(ROLE_POLICY, "worker").urn in mapping.dependencies


@pytest.mark.parametrize(("stack", "concurrency"), [("dev", 2), ("prod", 100), ("local", 2)])
def test_a_stage_limits_how_many_batches_are_worked_on_at_once(
    graphs: Graphs, stack: str, concurrency: int
) -> None:
    mapping = graphs(stack).one(MAPPING, "worker")
    assert mapping.inputs["scalingConfig"] == {"maximumConcurrency": concurrency}


def test_a_change_that_is_about_to_leave_the_stream_is_reported(graph: Graph) -> None:
    inputs = graph.one(MAPPING, "projector").inputs
    # DynamoDB keeps a change for 24 hours; what it drops itself, nobody hears of.
    assert 22 * 3600 < inputs["maximumRecordAgeInSeconds"] < 24 * 3600
    failed = graph.one(QUEUE, "failed-events").outputs["arn"]
    assert inputs["destinationConfig"] == {"onFailure": {"destinationArn": failed}}


@pytest.mark.parametrize(
    ("function", "age", "retries"), [*((each, 60, 0) for each in EACH_MINUTE), ("reconciler", 3600, 2)]
)
def test_a_start_by_the_clock_that_comes_to_nothing_is_reported(
    graph: Graph, function: str, age: int, retries: int
) -> None:
    config = graph.one(INVOKE_CONFIG, function)
    assert config.inputs["functionName"] == graph.one(FUNCTION, function).inputs["name"]
    assert config.inputs["qualifier"] == graph.one(ALIAS, function).inputs["name"]
    assert config.inputs["maximumEventAgeInSeconds"] == age
    assert config.inputs["maximumRetryAttempts"] == retries
    failed = graph.one(QUEUE, "failed-events").outputs["arn"]
    assert config.inputs["destinationConfig"] == {"onFailure": {"destination": failed}}
    # Lambda refuses a destination that the role may not send to.
    assert graph.one(ROLE_POLICY, function).urn in config.dependencies
    assert config.urn in graph.one(TARGET, function).dependencies


def test_nothing_else_feeds_a_function(graph: Graph) -> None:
    assert {node.name for node in graph.of_type(MAPPING)} == {
        "projector",
        "publisher",
        "publisher-outbox",
        "worker",
        "deliverer",
    }


def test_an_operation_is_not_handed_out_again_while_the_worker_may_run(graph: Graph) -> None:
    visibility = graph.one(QUEUE, "operations").inputs["visibilityTimeoutSeconds"]
    # Lambda refuses a mapping with less; more delays what a dead worker had in hand.
    assert graph.one(FUNCTION, "worker").inputs["timeout"] <= visibility <= 90


def test_a_sweep_ends_before_the_next_one_starts(graph: Graph) -> None:
    assert graph.one(FUNCTION, "sweeper").inputs["timeout"] < 60


@pytest.mark.parametrize("function", SCHEDULES)
def test_a_schedule_starts_its_function_and_nothing_else_may(graph: Graph, function: str) -> None:
    rule, target = graph.one(RULE, function), graph.one(TARGET, function)
    alias = graph.one(ALIAS, function)
    assert rule.inputs["name"] == f"tollgate-{graph.stack}-{function}"
    assert rule.inputs["scheduleExpression"] == SCHEDULES[function]
    assert rule.inputs["state"] == "ENABLED"
    assert "eventPattern" not in rule.inputs
    assert target.inputs["rule"] == rule.inputs["name"]
    assert target.inputs["arn"] == alias.outputs["arn"]
    permission = graph.one(PERMISSION, function)
    assert permission.inputs["function"] == graph.one(FUNCTION, function).inputs["name"]
    assert permission.inputs["qualifier"] == alias.inputs["name"]
    assert permission.inputs["action"] == "lambda:InvokeFunction"
    assert permission.inputs["principal"] == "events.amazonaws.com"
    assert permission.inputs["sourceArn"] == rule.outputs["arn"]
    # A schedule without the permission fails in silence.
    assert permission.urn in target.dependencies


def test_there_are_no_other_schedules(graph: Graph) -> None:
    schedules = {node.name for node in graph.of_type(RULE) if "scheduleExpression" in node.inputs}
    started = {node.name for node in graph.of_type(TARGET) if ":lambda:" in node.inputs["arn"]}
    assert started == set(SCHEDULES)
    assert schedules - started == {"heartbeat-us-east-1"}  # an event that shows that events arrive


def test_nobody_may_invoke_what_follows_the_stream_or_the_queue(graph: Graph) -> None:
    assert {node.name for node in graph.of_type(PERMISSION)} == {*access.SERVED, *SCHEDULES}
