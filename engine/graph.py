"""What a program registered, with everything that the protocol tells about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STACK = "pulumi:pulumi:Stack"


@dataclass
class Node:
    """One registered resource.

    `inputs` and `outputs` have Pulumi's camelCase keys and hold `Secret` and, in a preview, `Unknown`.
    `provider` is `urn::id`, empty for a component. `id` is empty for a component, and in a preview.
    """

    urn: str
    type: str
    name: str
    custom: bool
    parent: str
    provider: str
    inputs: dict[str, Any]
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool = False
    additional_secret_outputs: tuple[str, ...] = ()
    id: str = ""
    outputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LogLine:
    """What the program logged: `severity` is info, warning or error; `urn` may be empty."""

    severity: str
    urn: str
    message: str


@dataclass
class Graph:
    """The result of one run: nodes by URN in order of registration, exports, and the program's log."""

    project: str
    stack: str
    preview: bool
    nodes: dict[str, Node] = field(default_factory=dict)
    exports: dict[str, Any] = field(default_factory=dict)
    logs: list[LogLine] = field(default_factory=list)

    def of_type(self, type_token: str) -> list[Node]:
        """All nodes of one type, e.g. `aws:dynamodb/table:Table`."""
        return [node for node in self.nodes.values() if node.type == type_token]

    def one(self, type_token: str, name: str) -> Node:
        """The node of this type and logical name; `KeyError` when there isn't exactly one."""
        found = [node for node in self.of_type(type_token) if node.name == name]
        if len(found) != 1:
            raise KeyError(f"{len(found)} nodes are {type_token} {name!r}")
        return found[0]

    def children(self, urn: str) -> list[Node]:
        """The nodes whose parent is this one."""
        return [node for node in self.nodes.values() if node.parent == urn]


def qualified_urn(graph: Graph, type_token: str, name: str, parent: str) -> str:
    """The URN as Pulumi's engine makes it: the parent's types, but not the stack's, qualify the own type."""
    parent_type = parent.split("::")[2] if parent else STACK
    qualified = type_token if parent_type == STACK else f"{parent_type}${type_token}"
    return f"urn:pulumi:{graph.stack}::{graph.project}::{qualified}::{name}"
