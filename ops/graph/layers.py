"""The layers of a stack: its edge, its functions, and what these read, write and are started by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from engine import Graph
from ops.graph.arrows import arrows
from ops.graph.boxes import Box, boxes

HELD = ("table", "queue", "secret", "bucket")
CREDENTIALS = "processor-"
"""Who reads a secret of that name calls the processor."""


@dataclass(frozen=True)
class Layers:
    """`edge`: words for what requests pass. `functions`: those that the API calls (`served`), then others;
    `started`: what else starts one. `held`: what functions reach, and `marks` how. `leaving`: those that call
    the processor."""

    edge: tuple[str, ...]
    functions: tuple[Box, ...]
    served: frozenset[Box]
    started: Mapping[Box, str]
    held: tuple[Box, ...]
    marks: Mapping[tuple[Box, Box], set[str]]
    leaving: tuple[Box, ...]


def layers(graph: Graph) -> Layers:
    """Read from the stack's permissions, mappings and policies: what isn't allowed isn't in it."""
    drawn = boxes(graph)
    labels: dict[tuple[Box, Box], set[str]] = defaultdict(set)
    for arrow in arrows(graph):
        if arrow.source in drawn and arrow.target in drawn:
            labels[drawn[arrow.source], drawn[arrow.target]] |= set(arrow.label.split(", "))
    marks: dict[tuple[Box, Box], set[str]] = defaultdict(set)
    started: dict[Box, str] = {}
    served: set[Box] = set()
    for (source, target), words in sorted(labels.items()):
        if source.kind == "function" and target.kind in HELD:
            marks[source, target] |= words & {"reads", "writes"}
        elif target.kind == "function" and "invokes" in words:
            if source.kind == "API":
                served.add(target)
            elif source.kind in HELD:
                marks[target, source].add("starts")
                started.setdefault(target, "")
            else:
                started[target] = "by the clock"
    functions = [box for box in sorted(set(drawn.values())) if box.kind == "function"]
    held = sorted({held for _, held in marks}, key=lambda box: (HELD.index(box.kind), box.name))
    return Layers(
        edge=tuple(words for kind, words in _EDGE.items() if any(b.kind == kind for b in drawn.values())),
        functions=tuple(sorted(functions, key=lambda box: (box not in served, box.name))),
        served=frozenset(served),
        started={box: started.get(box, "") for box in functions},
        held=tuple(held),
        marks=marks,
        leaving=tuple(box for box in functions if any(_opens(box, each, marks) for each in held)),
    )


_EDGE = {"firewall": "AWS WAF", "API": "API Gateway"}


def _opens(function: Box, held: Box, marks: Mapping[tuple[Box, Box], set[str]]) -> bool:
    return held.name.startswith(CREDENTIALS) and bool(marks.get((function, held)))
