"""What alarms and the dashboard look at: metrics that exist, of what the stage has, in their units."""

from pathlib import Path

import pytest

from engine import Graph
from engine.configuration import load
from infra.observability.alarm import Alarm
from infra.observability.alarms import alarms as alarms_of
from infra.observability.metrics import Metric
from infra.settings import read_settings
from tests.infra.aws_metrics import AWS_METRICS
from tests.infra.graphs import FUNCTION, LOG_GROUP, QUEUE, TABLE
from tests.infra.runtime_metrics import everything_emitted
from tests.infra.test_alerts import TOPIC
from tests.infra.watching import Series, alarms, drawn, graphs_of, series_of
from tests.stacks import PROJECT

API = "aws:apigateway/restApi:RestApi"
RULE = "aws:cloudwatch/eventRule:EventRule"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
WEB_ACL = "aws:wafv2/webAcl:WebAcl"
COUNTING = {"Sum", "SampleCount"}

Emissions = dict[tuple[str, frozenset[tuple[str, str]]], str]


@pytest.fixture(scope="module")
def emissions() -> Emissions:
    """The runtime's metrics with their dimensions, and their units."""
    return {(each.name, frozenset(each.dimensions)): each.unit for each in everything_emitted()}


@pytest.fixture(scope="module")
def declared(package: Path) -> list[Alarm]:
    """The alarms of prod, as they are declared."""
    values = load(PROJECT, "prod", {"tollgate:package": str(package)}).values
    ours = {
        key.removeprefix("tollgate:"): text for key, text in values.items() if key.startswith("tollgate:")
    }
    return alarms_of(read_settings("prod", ours, PROJECT))


def watched(graph: Graph) -> list[Series]:
    """Everything that alarms and dashboard are about."""
    of_alarms = [series for alarm in alarms(graph).values() for series in series_of(alarm)]
    return [*of_alarms, *(series for properties in graphs_of(graph) for series in drawn(properties))]


def test_every_series_of_the_runtime_is_one_that_it_emits(graph: Graph, emissions: Emissions) -> None:
    shapes = {(name, frozenset(key for key, _ in dimensions)) for name, dimensions in emissions}
    for series in watched(graph):
        if series.namespace != "Tollgate":
            continue
        if "*" in series.dimensions.values():
            assert (series.name, frozenset(series.dimensions)) in shapes
        else:
            assert (series.name, frozenset(series.dimensions.items())) in emissions


def test_every_series_of_aws_is_documented(graph: Graph) -> None:
    for series in watched(graph):
        if series.namespace != "Tollgate":
            documented = AWS_METRICS[series.namespace, series.name]
            assert frozenset(series.dimensions) in documented.dimensions


def test_nothing_is_emitted_for_nobody(graph: Graph, emissions: Emissions) -> None:
    looked_at = {series.name for series in watched(graph) if series.namespace == "Tollgate"}
    assert {name for name, _ in emissions} == looked_at


def test_the_runtimes_dimensions_are_few_words_and_never_an_id(emissions: Emissions) -> None:
    keys = {key for _, dimensions in emissions for key, _ in dimensions}
    assert keys == {"service", "outcome", "operation", "result", "currency", "kind"}


def test_every_series_is_about_a_resource_of_the_stage(graph: Graph) -> None:
    names = {
        "ApiName": {graph.one(API, "api").inputs["name"]},
        "FunctionName": {node.inputs["name"] for node in graph.of_type(FUNCTION)},
        "GlobalSecondaryIndexName": {
            index["name"] for node in graph.of_type(TABLE) for index in node.inputs["globalSecondaryIndexes"]
        },
        "DeliveryStreamName": {node.inputs["name"] for node in graph.of_type(STREAM)},
        "LogGroupName": {node.inputs["name"] for node in graph.of_type(LOG_GROUP)},
        "QueueName": {node.inputs["name"] for node in graph.of_type(QUEUE)},
        "RuleName": {node.inputs["name"] for node in graph.of_type(RULE)},
        "Stage": {graph.exports["stage"]},
        "TopicName": {node.inputs["name"] for node in graph.of_type(TOPIC)},
        "TableName": {node.inputs["name"] for node in graph.of_type(TABLE)},
    }
    for series in watched(graph):
        for dimension, value in series.dimensions.items():
            assert value in names.get(dimension, {value})


def test_the_firewall_is_watched_by_the_name_of_its_metrics(graph: Graph) -> None:
    (series,) = series_of(alarms(graph)["firewall-blocks"])
    assert (series.dimensions["Region"], series.dimensions["Rule"]) == (graph.exports["region"], "ALL")
    for web_acl in graph.of_type(WEB_ACL):
        if web_acl.inputs["scope"] == "CLOUDFRONT":
            continue  # its metrics are in CloudFront's own Region
        assert series.dimensions["WebACL"] == web_acl.inputs["visibilityConfig"]["metricName"]


def test_a_threshold_is_in_the_unit_of_its_metric(declared: list[Alarm], emissions: Emissions) -> None:
    for alarm in declared:
        if not isinstance(alarm.series, Metric):
            assert alarm.unit in {"percent", "count"}
        elif alarm.series.stat in COUNTING:
            assert alarm.unit == "count"
        elif alarm.series.namespace == "Tollgate":
            key = (alarm.series.name, frozenset(alarm.series.dimensions.items()))
            assert alarm.unit == emissions[key].lower()
        else:
            assert alarm.unit == AWS_METRICS[alarm.series.namespace, alarm.series.name].unit
