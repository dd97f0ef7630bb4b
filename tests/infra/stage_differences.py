"""How two stages' graphs differ, once account, region, names and ids are taken out of them."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from engine import Graph, Node

MADE_UP = re.compile("^arn:|[0-9a-f]{10}")


def only_in(graph: Graph, other: Graph) -> set[tuple[str, str]]:
    """Type and logical name of the resources that the other graph doesn't have."""
    return _identities(graph) - _identities(other)


def changed(graph: Graph, other: Graph) -> set[tuple[str, str]]:
    """Type and input (`tags`, `settings.throttlingRateLimit`, `opts.protect`) that some resource of both
    graphs has with two values."""
    found: set[tuple[str, str]] = set()
    first, second = _neutral(graph), _neutral(other)
    for identity in first.keys() & second.keys():
        found |= {(identity[0], path) for path in _differing(first[identity], second[identity])}
    return found


def _identities(graph: Graph) -> set[tuple[str, str]]:
    return {(node.type, node.name) for node in graph.nodes.values()}


def _neutral(graph: Graph) -> dict[tuple[str, str], Any]:
    """Each node's inputs and options, in words that don't name the stage."""
    words = _words(graph)
    return {
        (node.type, node.name): _translated({**node.inputs, "opts": {"protect": node.protect}}, words)
        for node in graph.nodes.values()
    }


def _words(graph: Graph) -> list[tuple[str, str]]:
    """What differs by itself (ids, account, region, names) and what stands for it; longest first."""
    words = {
        str(graph.exports["account_id"]): "<account>",
        str(graph.exports["region"]): "<region>",
        f"tollgate-{graph.stack}": "tollgate-<stage>",
        f"tollgate_{graph.stack}": "tollgate_<stage>",
        f"alias/tollgate-{graph.stack}": "alias/tollgate-<stage>",
    }
    for node in graph.nodes.values():
        words |= {value: f"<{node.type} {node.name} {key}>" for key, value in _made(node)}
    return sorted(words.items(), key=lambda word: -len(word[0]))


def _made(node: Node) -> Iterator[tuple[str, str]]:
    """Ids and ARNs; an id that is a plain word could be a word of something else."""
    if node.type.startswith("aws:"):
        for key, value in node.outputs.items():
            if isinstance(value, str) and key not in node.inputs and MADE_UP.search(value):
                yield key, value


def _translated(inputs: Any, words: list[tuple[str, str]]) -> Any:
    text = json.dumps(inputs, sort_keys=True, default=vars)  # archives
    for word, meaning in words:
        text = text.replace(json.dumps(word)[1:-1], meaning)
    return _opened(json.loads(text))


def _opened(value: Any) -> Any:
    """The value with documents within it (policies, environment variables) read as what they are."""
    if isinstance(value, dict):
        return {key: _opened(item) for key, item in value.items()}
    if isinstance(value, list):
        # In policies, alternatives are sorted by ARNs, which are made up.
        return sorted((_opened(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, str) and value.startswith(("{", "[")):
        with suppress(ValueError):  # a file's content
            return json.loads(value)
    return value


def _differing(first: Any, second: Any, path: str = "") -> Iterator[str]:
    if isinstance(first, dict) and isinstance(second, dict):
        for key in first.keys() | second.keys():
            yield from _differing(first.get(key), second.get(key), f"{path}.{key}".lstrip("."))
    elif first != second:
        yield path
