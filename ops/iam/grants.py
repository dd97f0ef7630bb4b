"""What the roles of the functions allow, one action and resource at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import Graph
from infra.access import FUNCTIONS
from ops.iam.evaluation import Context, conditions_hold, many
from ops.iam.names import Names, group_of

ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
VIA_SERVICE = "kms:ViaService"


@dataclass(frozen=True)
class Grant:
    """`name`: of the resource (`Names`); `arn`: what the policy says. `condition`: in IAM's grammar."""

    function: str
    action: str
    name: str
    arn: str = field(compare=False)
    condition: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)

    @property
    def resource(self) -> str:
        """The name under which it is measured."""
        return group_of(self.name)

    @property
    def through(self) -> str | None:
        """The AWS service (`dynamodb`, …) through which alone a key may be used."""
        via = self.condition.get("StringEquals", {}).get(VIA_SERVICE)
        return via and via.partition(".")[0]

    def covers(self, action: str, resource: str, context: Context) -> bool:
        """Whether it is this grant that allows the call on the resource of that name."""
        return (
            (action.lower(), resource) == (self.action.lower(), self.resource)
            and conditions_hold(self.condition, context)
        )  # fmt: skip


def policies(graph: Graph) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The statements of each function's role."""
    return {
        function: json.loads(graph.one(ROLE_POLICY, function).inputs["policy"])["Statement"]
        for function in FUNCTIONS
    }


def grants(graph: Graph) -> list[Grant]:
    """Everything that the functions' roles allow. What they refuse isn't among it."""
    names = Names.of_graph(graph)
    return [
        grant
        for function, statements in policies(graph).items()
        for statement in statements
        if statement["Effect"] == "Allow"
        for grant in _of_statement(function, statement, names)
    ]


def _of_statement(function: str, statement: Mapping[str, Any], names: Names) -> Iterator[Grant]:
    for action in many(statement["Action"]):
        for arn in many(statement["Resource"]):
            yield Grant(function, action, names.of(arn), arn, statement.get("Condition", {}))
