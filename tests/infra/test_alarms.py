"""Every part of a stage is watched, and what costs money or evidence calls somebody at once."""

import json

import pytest

from engine import Graph
from tests.infra.graphs import FUNCTION, QUEUE, TABLE, Graphs
from tests.infra.test_alerts import TOPIC
from tests.infra.watching import alarms, series_of

RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
HOUR = 3_600
# Its errors are mostly callers whom it doesn't let in; its own metric tells failures.
TELLS_ITSELF = "authorizer"


def watching(graph: Graph, name: str, **dimensions: str) -> set[str]:
    """The alarms that look at a metric with at least these dimensions."""
    return {
        alarm.name
        for alarm in alarms(graph).values()
        for series in series_of(alarm)
        if series.name == name and dimensions.items() <= series.dimensions.items()
    }


def test_every_function_is_watched_for_errors_throttles_and_time(graph: Graph) -> None:
    for node in graph.of_type(FUNCTION):
        name = node.inputs["name"]
        if node.name != TELLS_ITSELF:
            assert watching(graph, "Errors", FunctionName=name) == {f"{node.name}-errors"}
        assert watching(graph, "Throttles", FunctionName=name) == {f"{node.name}-throttled"}
        (alarm,) = watching(graph, "Duration", FunctionName=name)
        assert alarms(graph)[alarm].inputs["threshold"] < 1000 * node.inputs["timeout"]


def test_the_authorizer_is_watched_by_what_it_says_itself(graph: Graph) -> None:
    assert watching(graph, "Errors", FunctionName=f"tollgate-{graph.stack}-{TELLS_ITSELF}") == set()
    assert watching(graph, "Authorizations", outcome="failed") == {"authorizer-failing"}


def test_every_table_and_index_is_watched_for_throttles(graph: Graph) -> None:
    for node in graph.of_type(TABLE):
        (alarm,) = watching(graph, "WriteThrottleEvents", TableName=node.inputs["name"])
        looked_at = {
            (series.name, series.dimensions.get("GlobalSecondaryIndexName"))
            for series in series_of(alarms(graph)[alarm])
        }
        parts = {None, *(index["name"] for index in node.inputs["globalSecondaryIndexes"])}
        assert looked_at == {
            (name, part) for name in ("ReadThrottleEvents", "WriteThrottleEvents") for part in parts
        }
        assert watching(graph, "SystemErrors", TableName=node.inputs["name"])


def test_every_queue_is_watched_for_what_waits_in_it(graph: Graph) -> None:
    for node in graph.of_type(QUEUE):
        name = node.inputs["name"]
        assert watching(graph, "ApproximateNumberOfMessagesVisible", QueueName=name)
        if "redrivePolicy" in node.inputs:
            assert watching(graph, "ApproximateAgeOfOldestMessage", QueueName=name)


def test_what_was_given_up_on_calls_somebody_at_the_first_message(graph: Graph) -> None:
    for node in graph.of_type(QUEUE):
        if "redrivePolicy" not in node.inputs:
            (name,) = watching(graph, "ApproximateNumberOfMessagesVisible", QueueName=node.inputs["name"])
            alarm = alarms(graph)[name]
            assert alarm.inputs["threshold"] == 1
            assert alarm.inputs["alarmActions"] == [graph.one(TOPIC, "urgent").outputs["arn"]]


def test_every_rule_of_the_region_is_watched_for_events_that_it_cant_hand_over(graph: Graph) -> None:
    for node in graph.of_type(RULE):
        if "region" not in node.inputs:
            assert len(watching(graph, "FailedInvocations", RuleName=node.inputs["name"])) == 1, node.name


def test_rules_of_another_region_are_watched_by_what_they_send_every_hour(graph: Graph) -> None:
    abroad = [node for node in graph.of_type(RULE) if "region" in node.inputs]
    (clock,) = [node for node in abroad if "scheduleExpression" in node.inputs]
    (heard,) = [
        node
        for node in graph.of_type(RULE)
        if json.loads(node.inputs.get("eventPattern", "{}")).get("resources") == [clock.outputs["arn"]]
    ]
    targets = {node.inputs["rule"]: node.inputs for node in graph.of_type(TARGET) if "region" in node.inputs}
    # The same bus and role as the findings, so that a silence of one is a silence of all.
    ways = {(targets[node.inputs["name"]]["arn"], targets[node.inputs["name"]]["roleArn"]) for node in abroad}
    assert len(ways) == 1
    assert watching(graph, "Invocations", RuleName=heard.inputs["name"]) == {"worldwide-overdue"}


def test_every_topic_is_watched_by_the_other_for_alerts_that_reach_nobody(graph: Graph) -> None:
    for topic in graph.of_type(TOPIC):
        (name,) = watching(graph, "NumberOfNotificationsFailed", TopicName=topic.inputs["name"])
        assert alarms(graph)[name].inputs["alarmActions"] != [topic.outputs["arn"]]


def test_backups_exports_logs_and_the_trail_are_missed_when_they_dont_come(graph: Graph) -> None:
    copies = {"backup-copy-overdue"} if graph.stack == "prod" else set()
    missed = {name for name, node in alarms(graph).items() if node.inputs["treatMissingData"] == "breaching"}
    assert missed == copies | {
        "backup-overdue",
        "export-audits-overdue",
        "export-payments-overdue",
        "log-delivery-silent",
        "reconciler-silent",
        "sweeper-silent",
        "trail-silent",
        "worldwide-overdue",
    }
    for name in missed:
        assert alarms(graph)[name].inputs["comparisonOperator"] == "LessThanThreshold"
    for name in alarms(graph).keys() - missed:
        assert alarms(graph)[name].inputs["comparisonOperator"] == "GreaterThanOrEqualToThreshold"
        assert alarms(graph)[name].inputs["treatMissingData"] == "notBreaching"


@pytest.mark.parametrize(("stack", "hours"), [("dev", 24 + 12), ("prod", 4 * 24 + 12)])
def test_an_export_is_missed_half_a_day_after_it_is_due(graphs: Graphs, stack: str, hours: int) -> None:
    alarm = alarms(graphs(stack))["export-payments-overdue"].inputs
    assert (alarm["period"], alarm["evaluationPeriods"], alarm["datapointsToAlarm"]) == (HOUR, hours, hours)


def test_logs_that_wait_are_told_long_before_firehose_gives_them_up(graph: Graph) -> None:
    alarm = alarms(graph)["log-delivery-late"].inputs
    assert alarm["threshold"] + alarm["period"] * alarm["evaluationPeriods"] < 2 * HOUR


@pytest.mark.parametrize(
    "name",
    [
        "operations-overdue",
        "sweeper-silent",
        "operation-open-long",
        "operation-in-doubt",
        "late-charge",
        "reconciliation-differences",
        "audit-failures",
        "projector-failing",
        "audit-trail-at-risk",
        "payments-errors",
        "refunds-errors",
        "worker-errors",
    ],
)
def test_what_may_cost_money_or_evidence_calls_somebody_now(graph: Graph, name: str) -> None:
    urgent = graph.one(TOPIC, "urgent").outputs["arn"]
    assert alarms(graph)[name].inputs["alarmActions"] == [urgent]


def test_an_operation_may_be_open_for_as_long_as_follow_ups_take(graphs: Graphs) -> None:
    alarm = alarms(graphs("prod"))["operation-open-long"].inputs
    # An open operation is looked at, and measured, every `longest_seconds` and a quarter at the most.
    assert alarm["threshold"] > 7200 + 2 * 3600
    assert alarm["period"] == HOUR


@pytest.mark.parametrize(
    ("stack", "limits"),
    [
        ("dev", {"account": 800}),
        ("prod", {"account": 2400, "authorizer": 320, "payments": 1200, "refunds": 160, "checkout": 240}),
    ],
)
def test_concurrency_is_told_before_it_is_used_up(
    graphs: Graphs, stack: str, limits: dict[str, float]
) -> None:
    found = {
        name.removesuffix("-concurrency"): node.inputs["threshold"]
        for name, node in alarms(graphs(stack)).items()
        if name.endswith("-concurrency")
    }
    assert found == limits


def test_a_share_is_told_only_of_enough_to_have_one(graph: Graph) -> None:
    expressions = {
        name: next(query["expression"] for query in node.inputs["metricQueries"] if "expression" in query)
        for name, node in alarms(graph).items()
        if "metricQueries" in node.inputs
    }
    assert expressions["api-server-errors"] == "IF(SUM([w1]) >= 20, 100 * SUM([p1]) / SUM([w1]), 0)"
    assert (
        expressions["declines-high"] == "IF(SUM([w1, w2, w3, w4, w5, w6]) >= 30, "
        "100 * SUM([p1, p2]) / SUM([w1, w2, w3, w4, w5, w6]), 0)"
    )
