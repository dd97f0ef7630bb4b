"""Every resource of the stages, with what it is for, as a Markdown page."""

from __future__ import annotations

import importlib
import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from engine import Graph, Node
from ops.graph.parts import part_of
from ops.graph.purposes import purpose

HEADING = """# Resources

All that `pulumi up` makes in each stage, by part of the platform; ✓ where the stage has it. Written by
`make docs` and checked by the tests: don't edit it.
"""
Row = tuple[str, str]


def inventory(graphs: Sequence[Graph]) -> str:
    """The page; a column for each graph, in the given order."""
    parts: dict[Row, dict[Row, dict[str, Node]]] = defaultdict(lambda: defaultdict(dict))
    for graph in graphs:
        for node in graph.nodes.values():
            if node.type.startswith("aws:"):
                part = part_of(graph, node)
                parts[part.type, part.name][node.type, node.name][graph.stack] = node
    stacks = [graph.stack for graph in graphs]
    total = ", ".join(
        f"{stack} {sum(stack in row for rows in parts.values() for row in rows.values())}" for stack in stacks
    )
    sections = [line for part, rows in sorted(parts.items()) for line in _section(part, rows, stacks)]
    return "\n".join([HEADING, f"In total: {total}.", *sections]) + "\n"


def _section(part: Row, rows: Mapping[Row, Mapping[str, Node]], stacks: Sequence[str]) -> Iterator[str]:
    type_token, name = part
    yield f"\n## {name.replace('-', ' ').capitalize()}\n"
    yield f"{_docstring(type_token)}\n"
    yield f"| Resource | Name | {' | '.join(stacks)} | Purpose |"
    yield f"|---|---|{'---|' * len(stacks)}---|"
    for (kind, resource), found in sorted(rows.items()):
        marks = " | ".join("✓" if stack in found else "-" for stack in stacks)
        node = next(iter(found.values()))
        yield f"| `{kind.removeprefix('aws:').rpartition(':')[0]}` | {resource} | {marks} | {purpose(node)} |"


def _docstring(type_token: str) -> str:
    """What the component says of itself: `tollgate:data:Data` is `Data` of `infra/data.py`."""
    _, module, name = type_token.split(":")
    component = getattr(importlib.import_module(f"infra.{module}"), name)
    return (inspect.getdoc(component) or "").split("\n\n")[0].replace("\n", " ")
