"""A graph of our own engine beside the state that Pulumi's left behind."""

import contextlib
import json
from collections.abc import Mapping
from typing import Any

from google.protobuf import json_format

from engine import Graph, Node
from engine.wire import to_struct
from tests.engine.stacks import Run

PROVIDERS = "pulumi:providers:"
# What the engine itself notes of a file, and of a provider.
OWN = {"hash", "version", "pluginDownloadURL", "__internal"}


# Of a resource that is only planned the engine says this much.
PLANNED = ("type", "custom", "parent", "protect", "inputs")


def of_graph(graph: Graph) -> dict[str, dict[str, Any]]:
    """By URN: what both have to agree about."""
    return {urn: _node(node) for urn, node in graph.nodes.items()}


def of_preview(graph: Graph) -> dict[str, dict[str, Any]]:
    """By URN: what both say before anything is made."""
    return {urn: {key: said[key] for key in PLANNED} for urn, said in of_graph(graph).items()}


def of_plan(run: Run) -> dict[str, dict[str, Any]]:
    """The same of what the CLI planned to create."""
    told = (each["resourcePreEvent"]["metadata"]["new"] for each in run.events if "resourcePreEvent" in each)
    return {each["urn"]: {key: said[key] for key in PLANNED} for each in told for said in (_resource(each),)}


def of_state(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["urn"]: _resource(each) for each in state["resources"]}


def _node(node: Node) -> dict[str, Any]:
    return {
        "type": node.type,
        "custom": node.custom,
        "parent": node.parent,
        "protect": node.protect,
        "id": "" if node.type.startswith(PROVIDERS) else node.id,
        "inputs": _plain(json_format.MessageToDict(to_struct(node.inputs))),
        "outputs": _plain(json_format.MessageToDict(to_struct(node.outputs))),
        "dependencies": sorted(node.dependencies),
        "property dependencies": {
            key: sorted(urns) for key, urns in node.property_dependencies.items() if urns
        },
    }


def _resource(resource: Mapping[str, Any]) -> dict[str, Any]:
    provider = resource["type"].startswith(PROVIDERS)
    depending = resource.get("propertyDependencies") or {}
    return {
        "type": resource["type"],
        "custom": resource.get("custom", False),
        "parent": resource.get("parent", ""),
        "protect": resource.get("protect", False),
        "id": "" if provider else resource.get("id", ""),
        "inputs": _plain(resource.get("inputs") or {}),
        "outputs": _plain(resource.get("outputs") or {}),
        "dependencies": sorted(resource.get("dependencies") or ()),
        "property dependencies": {key: sorted(urns) for key, urns in depending.items() if urns},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if key not in OWN}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str) and value.startswith(("{", "[")):
        # Settings reach the program with their keys in order: JSON that it makes of them has another one.
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value
