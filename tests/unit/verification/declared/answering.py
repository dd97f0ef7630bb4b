"""An account that is exactly as the program declares: how its answers are found in the graph."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from engine import Graph
from tests.unit.verification.cloud import Answer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECENTLY = NOW - timedelta(hours=2)
LIVE_API = "liveapi123"
LIVE_VPC = "vpc-0123456789abcdef0"
ACCOUNT = "333333333333"
Inputs = Mapping[str, Any]
FromGraph = Callable[[Graph, Inputs], dict[str, Any]]
ANSWERS: dict[str, FromGraph] = {}


def to(call: str) -> Callable[[FromGraph], FromGraph]:
    def listed(answer: FromGraph) -> FromGraph:
        ANSWERS[call] = answer
        return answer

    return listed


def answers(graph: Graph) -> dict[str, Answer]:
    return {call: partial(answer, graph) for call, answer in ANSWERS.items()}


def all_of(graph: Graph, kind: str) -> list[Inputs]:
    return [node.inputs for node in graph.of_type(f"aws:{kind}")]


def one(graph: Graph, kind: str, **members: Any) -> Inputs:
    """The inputs of the first resource of the kind that has these."""
    return next(
        each
        for each in all_of(graph, kind)
        if all(each.get(name) == value for name, value in members.items())
    )


def filtered(asked: Inputs, name: str) -> str:
    """The only value of a filter of EC2's."""
    (values,) = (each["Values"] for each in asked.get("Filters", asked.get("Filter")) if each["Name"] == name)
    (value,) = values
    return value
