"""Reading what the runtime prints in CloudWatch's embedded metric format."""

import json
from collections import defaultdict
from dataclasses import dataclass

import pytest

FORMAT = "_aws"


@dataclass(frozen=True)
class Emitted:
    """One value of a metric, by CloudWatch's reading of a line."""

    namespace: str
    name: str
    unit: str
    value: float
    dimensions: tuple[tuple[str, str], ...]


def emitted(text: str) -> list[Emitted]:
    """Every metric in the lines that a function has printed."""
    found: list[Emitted] = []
    for line in text.splitlines():
        if FORMAT not in line:
            continue
        document = json.loads(line)
        for directive in document[FORMAT]["CloudWatchMetrics"]:
            (names,) = directive["Dimensions"]
            dimensions = tuple(sorted((name, document[name]) for name in names))
            for metric in directive["Metrics"]:
                ((value),) = document[metric["Name"]]
                found.append(
                    Emitted(directive["Namespace"], metric["Name"], metric["Unit"], value, dimensions)
                )
    return found


def values(capsys: pytest.CaptureFixture[str], name: str) -> dict[tuple[str, ...], float]:
    """What a metric adds up to since the last look, by its dimensions' values (less the service), sorted."""
    totals: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for each in emitted(capsys.readouterr().out):
        if each.name == name:
            own = (value for dimension, value in each.dimensions if dimension != "service")
            totals[tuple(sorted(own))] += each.value
    return dict(totals)
