"""A stack's graph as a Mermaid flowchart, which GitHub and most editors draw."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from engine import Graph
from ops.graph.arrows import arrows
from ops.graph.boxes import Box, boxes

HEADING = """# The stage in one picture

What the program of the stack `{stack}` allows, drawn from its resources: an arrow is a permission, a mapping,
a target or a policy. Written by `make docs` and checked by the tests: don't edit it. What each box is for:
[resources.md](resources.md).

```mermaid
"""
FORMS = {"table": '[("{}")]', "bucket": '[("{}")]', "queue": '[["{}"]]', "function": '("{}")'}
PLAIN = '["{}"]'


def flowchart(graph: Graph) -> str:
    """A Markdown page with the diagram: a frame for each part, a box for each resource that holds or does
    something, and an arrow for each way that a permission, mapping or policy opens."""
    drawn = boxes(graph)
    lines = ["flowchart LR", *_frames(set(drawn.values()))]
    merged: dict[tuple[Box, Box], set[str]] = defaultdict(set)
    for arrow in arrows(graph):
        if arrow.source in drawn and arrow.target in drawn:
            merged[drawn[arrow.source], drawn[arrow.target]] |= set(arrow.label.split(", "))
    for (source, target), labels in sorted(merged.items()):
        lines.append(f"  {_id(source)} -- {', '.join(sorted(labels))} --> {_id(target)}")
    return HEADING.format(stack=graph.stack) + "\n".join(lines) + "\n```\n"


def _frames(drawn: set[Box]) -> Iterator[str]:
    parts: dict[str, list[Box]] = defaultdict(list)
    for box in sorted(drawn):
        parts[box.part].append(box)
    for part, inside in sorted(parts.items()):
        yield f"  subgraph {_word(part)}[{part}]"
        for box in inside:
            form = FORMS.get(box.kind, PLAIN).format(f"{box.name}<br/>{box.kind}")
            yield f"    {_id(box)}{form}"
        yield "  end"


def _id(box: Box) -> str:
    return _word(f"{box.part}_{box.kind}_{box.name}")


def _word(text: str) -> str:
    return re.sub(r"\W", "_", text)
