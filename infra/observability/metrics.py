"""CloudWatch metrics: the runtime's own, and AWS's by their documented names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from infra.api import STAGE_NAME
from infra.stage import Stage

# What the runtime's embedded metrics have in common; `tollgate.telemetry` emits them.
RUNTIME = "Tollgate"
SERVICE = "tollgate"


@dataclass(frozen=True)
class Metric:
    """One time series. `stat`: how values of a period become one (`Sum`, `p99`, …)."""

    namespace: str
    name: str
    stat: str
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Expression:
    """Metric math. `text` names the metrics by the keys of `metrics`, which start with a small letter."""

    text: str
    metrics: Mapping[str, Metric]


Series = Metric | Expression


def runtime(name: str, stat: str = "Sum", **dimensions: str) -> Metric:
    """What the runtime emits."""
    return Metric(RUNTIME, name, stat, {"service": SERVICE, **dimensions})


def api(stage: Stage, name: str, stat: str = "Sum") -> Metric:
    """The REST API's stage."""
    return Metric("AWS/ApiGateway", name, stat, {"ApiName": stage.physical("api"), "Stage": STAGE_NAME})


def function(stage: Stage, function: str, name: str, stat: str = "Sum") -> Metric:
    """One function, all versions together."""
    return Metric("AWS/Lambda", name, stat, {"FunctionName": stage.physical(function)})


def all_functions(name: str, stat: str) -> Metric:
    """The account's functions in the region, together."""
    return Metric("AWS/Lambda", name, stat)


def table(stage: Stage, table: str, name: str, stat: str = "Sum", **dimensions: str) -> Metric:
    """One table; with `Operation` or `GlobalSecondaryIndexName`, that of it."""
    return Metric("AWS/DynamoDB", name, stat, {"TableName": stage.physical(table), **dimensions})


def queue(stage: Stage, queue: str, name: str, stat: str = "Maximum") -> Metric:
    """One queue."""
    return Metric("AWS/SQS", name, stat, {"QueueName": stage.physical(queue)})


def total(metrics: Sequence[Metric]) -> Expression:
    """The sum of several series, where any of them has a value."""
    named = _named("m", metrics)
    return Expression(f"SUM([{', '.join(named)}])", named)


def percentage(part: Sequence[Metric], whole: Sequence[Metric], at_least: int) -> Expression:
    """How much of `whole` is `part`, in percent. A period in which `whole` is less than `at_least` says
    nothing: 0. Without any `part` there is no value."""
    parts, wholes = _named("p", part), _named("w", whole)
    among = f"SUM([{', '.join(wholes)}])"
    text = f"IF({among} >= {at_least}, 100 * SUM([{', '.join(parts)}]) / {among}, 0)"
    return Expression(text, {**parts, **wholes})


def _named(letter: str, metrics: Sequence[Metric]) -> dict[str, Metric]:
    return {f"{letter}{number}": metric for number, metric in enumerate(metrics, 1)}
