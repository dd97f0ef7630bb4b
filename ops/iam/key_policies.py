"""What a key's policy decides, and what it grants to roles through services."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine import Graph, Node
from ops.iam.evaluation import Context, allowed, many
from ops.iam.key_uses import Use

KEY = "aws:kms/key:Key"


def key_allows(key: Node, principal: str, operation: str, context: Context) -> bool:
    """Whether the key's policy lets a principal, an ARN or a service's name, perform the operation."""
    speaking = [each for each in _statements(key) if principal in _principals(each)]
    return allowed(speaking, operation, key.outputs["arn"], context)


def granted(graph: Graph) -> Iterator[Use]:
    """All that key policies grant to named roles of the stack through a service."""
    roles = {node.outputs["arn"] for node in graph.of_type("aws:iam/role:Role")}
    for key in graph.of_type(KEY):
        for statement in _statements(key):
            through = statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService")
            if through and statement["Effect"] == "Allow":
                service = through.partition(".")[0]
                for role in roles.intersection(_principals(statement)):
                    for action in many(statement["Action"]):
                        yield Use(role, service, action, key.outputs["arn"])


def _statements(key: Node) -> Sequence[Mapping[str, Any]]:
    return json.loads(key.inputs["policy"])["Statement"]


def _principals(statement: Mapping[str, Any]) -> Sequence[str]:
    named = statement["Principal"]
    return ["*"] if named == "*" else [each for several in named.values() for each in many(several)]
