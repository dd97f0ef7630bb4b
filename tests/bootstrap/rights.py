"""What a role of the account may do."""

import json
from typing import Any

from engine import Graph
from ops.iam.evaluation import allowed

POLICY = "aws:iam/policy:Policy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


def documents(graph: Graph, role: str) -> dict[str, str]:
    """The documents of the policies that a role has, by the policies' names."""
    by_arn = {node.outputs["arn"]: node for node in graph.of_type(POLICY)}
    attached = [node for node in graph.of_type(ATTACHMENT) if node.inputs["role"] == role]
    policies = [by_arn[node.inputs["policyArn"]] for node in attached]
    return {policy.inputs["name"]: policy.inputs["policy"] for policy in policies}


def statements(graph: Graph, role: str) -> list[dict[str, Any]]:
    """All statements of a role's policies."""
    return [each for text in documents(graph, role).values() for each in json.loads(text)["Statement"]]


def may(graph: Graph, role: str, action: str, resource: str, **context: str) -> bool:
    """Whether the role's policies allow a call; `iam__PassedToService` stands for `iam:PassedToService`."""
    keys = {key.replace("__", ":"): value for key, value in context.items()}
    return allowed(statements(graph, role), action, resource, keys)
