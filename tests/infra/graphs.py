"""Reading a program's graph."""

import json
from pathlib import Path
from typing import Any, Protocol

from engine import Graph, Node

ROOT = Path(__file__).resolve().parents[2]
STACKS = ("dev", "prod", "local")
FUNCTIONS = (
    "authorizer",
    "identity",
    "tokens",
    "payments",
    "refunds",
    "checkout",
    "audits",
    "events",
    "webhooks",
    "projector",
    "publisher",
    "deliverer",
    "sweeper",
    "worker",
    "reconciler",
)

ALIAS = "aws:lambda/alias:Alias"
FUNCTION = "aws:lambda/function:Function"
KEY = "aws:kms/key:Key"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
PERMISSION = "aws:lambda/permission:Permission"
QUEUE = "aws:sqs/queue:Queue"
ROLE = "aws:iam/role:Role"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
SECRET = "aws:secretsmanager/secret:Secret"
TABLE = "aws:dynamodb/table:Table"


class Graphs(Protocol):
    def __call__(self, stack: str, preview: bool = False) -> Graph: ...


def statements(document: str) -> list[dict[str, Any]]:
    """A policy document's statements."""
    return json.loads(document)["Statement"]


def policy_of(graph: Graph, function: str) -> list[dict[str, Any]]:
    """What a function's role may do."""
    return statements(graph.one(ROLE_POLICY, function).inputs["policy"])


def key_arns(graph: Graph) -> dict[str, str]:
    """The keys' ARNs by name."""
    return {node.name: node.outputs["arn"] for node in graph.of_type(KEY)}


def archive_of(graph: Graph) -> str:
    """The name of the archive's bucket."""
    return f"tollgate-{graph.stack}-archive-{graph.exports['account_id']}"


def actions(statement: dict[str, Any]) -> list[str]:
    listed = statement["Action"]
    return [listed] if isinstance(listed, str) else listed


def stateful(graph: Graph) -> list[Node]:
    """What holds something that can't be made again."""
    return [node for kind in (TABLE, KEY, SECRET, QUEUE, LOG_GROUP) for node in graph.of_type(kind)]
