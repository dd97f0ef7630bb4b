"""Which events of the use of data CloudTrail is paid for, by the trails' own selectors."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import Graph

CALLER = "userIdentity.arn"


def tables_recorded(graph: Graph) -> set[str]:
    """The tables, by name, of which a trail has each use by the stage's own functions."""
    names = {node.outputs["arn"]: node.name for node in graph.of_type("aws:dynamodb/table:Table")}
    return {
        names[arn]
        for fields in _selectors(graph, "AWS::DynamoDB::Table")
        if CALLER not in fields
        for arn in fields["resources.ARN"]["equals"]
    }


def invocations_recorded(graph: Graph) -> bool:
    """Whether a trail has the invocations that requests of the API make."""
    return any(CALLER not in fields for fields in _selectors(graph, "AWS::Lambda::Function"))


def _selectors(graph: Graph, kind: str) -> Iterator[Mapping[str, Any]]:
    for trail in graph.of_type("aws:cloudtrail/trail:Trail"):
        for selector in trail.inputs.get("advancedEventSelectors") or ():
            fields = {each["field"]: each for each in selector["fieldSelectors"]}
            if fields.get("resources.type", {}).get("equals") == [kind]:
                yield fields
