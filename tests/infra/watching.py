"""Reading alarms and dashboards: which series they are about."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine import Graph, Node

METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"


@dataclass(frozen=True)
class Series:
    """What CloudWatch is asked for."""

    namespace: str
    name: str
    stat: str
    dimensions: Mapping[str, str] = field(default_factory=dict)


def alarms(graph: Graph) -> dict[str, Node]:
    """All but the composite ones, by name."""
    return {node.name: node for node in graph.of_type(METRIC_ALARM)}


def series_of(alarm: Node) -> list[Series]:
    """Everything that an alarm looks at."""
    inputs = alarm.inputs
    if "metricQueries" not in inputs:
        stat = inputs.get("statistic") or inputs["extendedStatistic"]
        return [Series(inputs["namespace"], inputs["metricName"], stat, inputs.get("dimensions", {}))]
    metrics = [query["metric"] for query in inputs["metricQueries"] if "metric" in query]
    return [Series(one["namespace"], one["metricName"], one["stat"], one["dimensions"]) for one in metrics]


def widgets(graph: Graph) -> list[dict[str, Any]]:
    return json.loads(graph.one(DASHBOARD, "stage").inputs["dashboardBody"])["widgets"]


def graphs_of(graph: Graph) -> list[dict[str, Any]]:
    """The properties of the dashboard's graphs."""
    return [widget["properties"] for widget in widgets(graph) if widget["type"] == "metric"]


def drawn(properties: Mapping[str, Any]) -> Iterator[Series]:
    """The series of one graph; of a search, the metric without its dimensions' values."""
    for *words, options in properties["metrics"]:
        if words:
            namespace, name, *dimensions = words
            pairs = dict(zip(dimensions[::2], dimensions[1::2], strict=True))
            yield Series(namespace, name, options["stat"], pairs)
        elif found := re.fullmatch(
            r"""SEARCH\('{(\w+),([\w,]+)} MetricName="(\w+)"', '(\w+)', \d+\)""", options["expression"]
        ):
            namespace, dimensions, name, stat = found.groups()
            yield Series(namespace, name, stat, dict.fromkeys(dimensions.split(","), "*"))
