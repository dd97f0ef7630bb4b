"""Breaking a graph: each patch is one mistake that somebody could make in the program."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from engine import Graph, Node

Patch = Callable[[Graph], None]


@dataclass(frozen=True)
class Output:
    """What a resource of the graph gives, as an input of another."""

    type_token: str
    name: str
    key: str

    def of(self, graph: Graph) -> Any:
        return graph.one(self.type_token, self.name).outputs[self.key]


def copy_of(graph: Graph) -> Graph:
    """A graph whose nodes can be replaced without the original noticing."""
    return replace(graph, nodes=dict(graph.nodes))


def change(type_token: str, name: str, inputs: Mapping[str, Any], *, protect: bool | None = None) -> Patch:
    """Other inputs for a resource, by path (`a.b`, `a.0`); None takes one away."""

    def patch(graph: Graph) -> None:
        node = graph.one(type_token, name)
        before = deepcopy(node.inputs)
        after = deepcopy(node.inputs)
        for path, value in inputs.items():
            _put(after, path.split("."), value)
        computed = {key: value for key, value in node.outputs.items() if key not in before}
        graph.nodes[node.urn] = replace(
            node,
            inputs=after,
            outputs={**computed, **after},
            protect=node.protect if protect is None else protect,
        )

    return patch


def allow_also(type_token: str, name: str, statement: Mapping[str, Any], key: str = "policy") -> Patch:
    """One more statement in a resource's policy document."""

    def patch(graph: Graph) -> None:
        text = graph.one(type_token, name).inputs[key]
        document = json.loads(text)
        document["Statement"].append({"Effect": "Allow", **statement})
        change(type_token, name, {key: json.dumps(document)})(graph)

    return patch


def without_statement(type_token: str, name: str, sid: str) -> Patch:
    """A statement less in a resource's policy document."""

    def patch(graph: Graph) -> None:
        document = json.loads(graph.one(type_token, name).inputs["policy"])
        document["Statement"] = [each for each in document["Statement"] if each.get("Sid") != sid]
        change(type_token, name, {"policy": json.dumps(document)})(graph)

    return patch


def drop(type_token: str, name: str) -> Patch:
    """A resource less."""

    def patch(graph: Graph) -> None:
        del graph.nodes[graph.one(type_token, name).urn]

    return patch


def drop_all(type_token: str) -> Patch:
    """No resource of a type."""

    def patch(graph: Graph) -> None:
        for node in graph.of_type(type_token):
            del graph.nodes[node.urn]

    return patch


def add(type_token: str, name: str = "extra", /, **inputs: Any) -> Patch:
    """A resource more, with the stack's provider."""

    def patch(graph: Graph) -> None:
        given = {key: each.of(graph) if isinstance(each, Output) else each for key, each in inputs.items()}
        urn = f"urn:pulumi:{graph.stack}::{graph.project}::{type_token}::{name}"
        provider = graph.one("pulumi:providers:aws", "aws")
        graph.nodes[urn] = Node(
            urn=urn,
            type=type_token,
            name=name,
            custom=True,
            parent="",
            provider=f"{provider.urn}::{provider.id}",
            inputs=given,
            protect=True,
            outputs={"id": name, "name": name, **given},
        )

    return patch


def _put(value: Any, path: list[str], new: Any) -> None:
    key: Any = int(path[0]) if isinstance(value, list) else path[0]
    if len(path) > 1:
        if isinstance(value, dict):
            value.setdefault(key, {})
        _put(value[key], path[1:], new)
    elif new is None and isinstance(value, dict):
        value.pop(key, None)
    else:
        value[key] = new
