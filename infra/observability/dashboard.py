"""The dashboard's JSON, by CloudWatch's Dashboard Body Structure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.observability.metrics import RUNTIME, Expression, Metric, Series
from infra.observability.panels import Panel, Search
from infra.stage import Stage

WIDTH, HEIGHT, HEADING = 8, 6, 1
ACROSS = 24 // WIDTH
# CloudWatch's limit of alarms in one widget.
ALARMS = 100


def body(stage: Stage, alarms: Sequence[str], sections: Mapping[str, Sequence[Panel]]) -> str:
    """All alarms' states (`alarms`: their names in the stage), then a row of panels, or more, per section."""
    arns = [stage.arn("cloudwatch", f"alarm:{stage.physical(name)}") for name in alarms]
    widgets: list[dict[str, Any]] = []
    y = 0
    for start in range(0, len(arns), ALARMS):
        shown = {"title": "Alarms", "alarms": arns[start : start + ALARMS]}
        widgets.append(_widget("alarm", 0, y, 24, HEIGHT, shown))
        y += HEIGHT
    for heading, panels in sections.items():
        widgets.append(_widget("text", 0, y, 24, HEADING, {"markdown": f"## {heading}"}))
        y += HEADING
        for number, panel in enumerate(panels):
            x, row = WIDTH * (number % ACROSS), HEIGHT * (number // ACROSS)
            widgets.append(_widget("metric", x, y + row, WIDTH, HEIGHT, _graph(stage, panel)))
        y += HEIGHT * -(-len(panels) // ACROSS)
    return json.dumps({"widgets": widgets}, sort_keys=True)


def _widget(
    kind: str, x: int, y: int, width: int, height: int, properties: Mapping[str, Any]
) -> dict[str, Any]:
    return {"type": kind, "x": x, "y": y, "width": width, "height": height, "properties": properties}


def _graph(stage: Stage, panel: Panel) -> dict[str, Any]:
    metrics = [
        line
        for number, (label, series) in enumerate(panel.series.items())
        for line in _lines(label, series, number, panel.period)
    ]
    graph: dict[str, Any] = {
        "title": panel.title,
        "view": "timeSeries",
        "region": panel.region or stage.region,
        "period": panel.period,
        "metrics": metrics,
    }
    if panel.threshold is None:
        return graph
    limit = {"label": "Limit", "value": panel.threshold}
    return {**graph, "annotations": {"horizontal": [limit]}}


def _lines(label: str, series: Series | Search, number: int, period: int) -> Iterator[list[Any]]:
    """A series as CloudWatch's arrays; ids are unique within their panel."""
    shown = {"label": label} if label else {}
    if isinstance(series, Metric):
        yield _metric(series, {"stat": series.stat, **shown})
    elif isinstance(series, Search):
        text = f"SEARCH('{_schema(series)}', '{series.stat}', {period})"
        yield [{"expression": text, "id": f"e{number}", **shown}]
    else:
        yield [{"expression": _renamed(series, number), "id": f"e{number}", **shown}]
        for name, metric in series.metrics.items():
            yield _metric(metric, {"stat": metric.stat, "id": f"{name}_{number}", "visible": False})


def _metric(metric: Metric, options: Mapping[str, Any]) -> list[Any]:
    dimensions = [word for dimension in metric.dimensions.items() for word in dimension]
    return [metric.namespace, metric.name, *dimensions, options]


def _schema(search: Search) -> str:
    return f'{{{",".join((RUNTIME, *search.dimensions))}}} MetricName="{search.metric}"'


def _renamed(expression: Expression, number: int) -> str:
    names = "|".join(expression.metrics)
    return re.sub(rf"\b({names})\b", rf"\1_{number}", expression.text)
