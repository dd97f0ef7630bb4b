"""Alarms are such as CloudWatch takes, and tell somebody."""

import re

from engine import Graph
from infra.observability.alarms import PAYMENTS_DOWN
from tests.infra.graphs import FUNCTIONS
from tests.infra.test_alerts import TOPIC
from tests.infra.watching import COMPOSITE, alarms

DAY = 86_400
HOUR = 3_600


def test_an_alarm_is_within_cloudwatchs_limits(graph: Graph) -> None:
    for node in alarms(graph).values():
        inputs = node.inputs
        queries = inputs.get("metricQueries", [])
        periods = {inputs["period"]} if "period" in inputs else set[int]()
        periods |= {query["metric"]["period"] for query in queries if "metric" in query}
        (period,) = periods
        assert period % 60 == 0
        assert period * inputs["evaluationPeriods"] <= (7 * DAY if period >= HOUR else DAY)
        assert inputs["datapointsToAlarm"] <= inputs["evaluationPeriods"]
        assert len(queries) <= 10
        assert [query.get("returnData") for query in queries].count(True) == (1 if queries else 0)
        assert len(inputs["name"]) <= 255
        assert len(inputs["alarmDescription"]) <= 1024


def test_every_metric_of_an_expression_is_used_and_every_word_of_it_is_there(graph: Graph) -> None:
    for node in alarms(graph).values():
        queries = node.inputs.get("metricQueries", [])
        words = {
            word for query in queries for word in re.findall(r"\b[a-z]\w*\b", query.get("expression", ""))
        }
        assert words == {query["id"] for query in queries if "metric" in query}


# --- who is told, and what to do then


def test_every_alarm_tells_a_topic_of_its_beginning_and_its_end(graph: Graph) -> None:
    topics = {node.outputs["arn"] for node in graph.of_type(TOPIC)}
    for node in (*alarms(graph).values(), *graph.of_type(COMPOSITE)):
        (told,) = node.inputs["alarmActions"]
        assert told in topics
        assert node.inputs["okActions"] == [told]


def test_payments_down_is_made_of_alarms_that_alone_wake_nobody(graph: Graph) -> None:
    composite = graph.one(COMPOSITE, "payments-down")
    parts = [alarms(graph)[name] for name in PAYMENTS_DOWN.any_of]
    rule = " OR ".join(f"ALARM({part.inputs['name']})" for part in parts)
    assert composite.inputs["alarmRule"] == rule
    assert composite.inputs["alarmName"] == f"tollgate-{graph.stack}-payments-down"
    assert composite.inputs["alarmActions"] == [graph.one(TOPIC, "urgent").outputs["arn"]]
    for part in parts:
        assert part.urn in composite.dependencies
        assert part.inputs["alarmActions"] == [graph.one(TOPIC, "notice").outputs["arn"]]


def test_every_function_that_can_run_out_of_time_is_known(graph: Graph) -> None:
    assert {name.removesuffix("-slow") for name in alarms(graph) if name.endswith("-slow")} == {
        *FUNCTIONS,
        "api",
    }
