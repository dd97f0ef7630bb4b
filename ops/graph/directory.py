"""Whose ARN is that? Policies, mappings and targets name each other by ARNs, ids and URLs."""

from __future__ import annotations

from engine import Graph, Node

NAMES = ("arn", "url", "executionArn", "streamArn", "id")
# What is part of another resource in the reader's eyes: its type, and the input that names the other.
PARTS = {
    "aws:apigateway/stage:Stage": "restApi",
    "aws:lambda/alias:Alias": "functionName",
}


class Directory:
    """Finds the resource that an input names."""

    def __init__(self, graph: Graph) -> None:
        self._wholes: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        for type_token, whole in PARTS.items():
            for node in graph.of_type(type_token):
                self._wholes[node.urn] = node.property_dependencies[whole][0]
        for key in NAMES:
            for node in graph.nodes.values():
                value = node.outputs.get(key)
                if isinstance(value, str) and value and node.type.startswith("aws:"):
                    self._owners.setdefault(value, self._whole(node.urn))

    def named_by(self, node: Node, path: str) -> list[str]:
        """URNs of the resources that an input (`a.b` for one within another) takes its value from."""
        key, *within = path.split(".")
        if depended := node.property_dependencies.get(key):
            return [self._whole(urn) for urn in depended]
        value = node.inputs.get(key)
        for step in within:
            value = (value or {}).get(step)
        return [urn for each in (value if isinstance(value, list) else [value]) if (urn := self.find(each))]

    def find(self, reference: object) -> str | None:
        """The resource with this ARN or id; also for what lies within it (`<table>/index/…`)."""
        text = reference if isinstance(reference, str) else ""
        while text:
            if text in self._owners:
                return self._owners[text]
            text = text[: max(text.rfind("/"), text.rfind(":"), 0)]
        return None

    def _whole(self, urn: str) -> str:
        return self._wholes.get(urn, urn)
