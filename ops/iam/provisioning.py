"""The calls that deploying and previewing make for the resources of a stack, each with what IAM is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bootstrap.calls.arns import actual, text, value_of
from bootstrap.calls.calls import OPERATIONS, Calls
from bootstrap.calls.table import CALLS
from engine import Graph, Node
from infra.stage import Stage

ROLE = "aws:iam/role:Role"


@dataclass(frozen=True)
class Call:
    """`operation`: what happens to the resource `name` of Pulumi's type `kind`. `carried`: condition keys."""

    kind: str
    name: str
    operation: str
    action: str
    resource: str
    carried: tuple[tuple[str, str], ...] = ()

    @property
    def context(self) -> Mapping[str, str]:
        """IAM's condition keys with their values."""
        return dict(self.carried)

    def __str__(self) -> str:
        return f"{self.operation} {self.kind} {self.name}: {self.action} on {self.resource}"


def stage_of(graph: Graph) -> Stage:
    """Where the stack's program runs."""
    return Stage(graph.stack, graph.exports["account_id"], graph.exports["region"])


def unknown_types(graph: Graph) -> list[str]:
    """Types of AWS resources for which no calls are known."""
    return sorted({node.type for node in _of_aws(graph)} - CALLS.keys())


def calls(graph: Graph) -> Iterator[Call]:
    """All calls that make, read, change and remove the stack's resources. KeyError for an unknown type."""
    stage, boundaries = stage_of(graph), _boundaries(graph)
    for node in _of_aws(graph):
        values = _values(node, boundaries)
        for each in CALLS[node.type]:
            if _is_made(each, values):
                yield from _of_resource(node, each, stage, values)


def _of_aws(graph: Graph) -> Iterable[Node]:
    return (node for node in graph.nodes.values() if node.type.startswith("aws:"))


def _of_resource(node: Node, known: Calls, stage: Stage, values: Mapping[str, Any]) -> Iterator[Call]:
    resource = actual(known.resource, known.service, stage, values)
    carried = tuple((key, text(template, stage, values)) for key, template in known.carrying.items())
    for operation in OPERATIONS:
        for action in known.of(operation):
            yield Call(node.type, node.name, operation, action, resource, carried)


def _values(node: Node, boundaries: Mapping[str, str]) -> dict[str, Any]:
    """With the boundary of the role that it is, or that it belongs to."""
    values = {**node.inputs, **node.outputs}
    role = values.get("role") or values.get("roleName") or values.get("name")
    return {**values, "boundary": boundaries.get(str(role), "")}


def _boundaries(graph: Graph) -> dict[str, str]:
    return {node.inputs["name"]: node.inputs.get("permissionsBoundary", "") for node in graph.of_type(ROLE)}


def _is_made(known: Calls, values: Mapping[str, Any]) -> bool:
    if not known.given:
        return True
    try:
        return bool(value_of(values, known.given))
    except (KeyError, IndexError):
        return False
