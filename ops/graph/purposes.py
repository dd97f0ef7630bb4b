"""What each kind of resource is for, in a reader's words. `{name}` is the resource's name in the program."""

from __future__ import annotations

from local.engine import Node

KINDS = {
    "aws:apigateway/account:Account": "lets API Gateway write logs, once per account and region",
}


def purpose(node: Node) -> str:
    """The resource's own description, or what its kind is for. `KeyError` for an unknown kind."""
    described = node.inputs.get("description")
    return described if isinstance(described, str) else KINDS[node.type].format(name=node.name)
