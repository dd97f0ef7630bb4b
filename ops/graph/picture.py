"""A stack as a picture (SVG), by layers: application, edge, functions, what they reach, processor; and below,
what keeps and watches. What a function reads or writes is a mark where row and column meet: nothing crosses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from xml.sax.saxutils import escape

from engine import Graph
from ops.graph.boxes import boxes
from ops.graph.layers import Layers, layers

ROW, COLUMN = 34, 104
TOP, LEFT = 120, 470
STYLE = """
  text { font: 13px sans-serif; fill: #1f2933 } .small { font-size: 11px; fill: #52606d }
  .title { font-size: 18px; font-weight: bold } .middle { text-anchor: middle } .end { text-anchor: end }
  rect { fill: #fff; stroke: #52606d } .out { fill: #f0f4f8; stroke-dasharray: 4 3 } .edge { fill: #fff3c4 }
  .function { fill: #e3f8ff } .held { fill: #e3f9e5 } .kept { fill: #f7f7f7; stroke: #cbd2d9 }
  line { stroke: #d9e2ec } .way { stroke: #52606d; stroke-width: 1.5 }
  .reads { fill: #fff; stroke: #1f2933; stroke-width: 1.5 } .writes { fill: #1f2933 }
  .starts { fill: #ba2525 }
"""


def picture(graph: Graph) -> str:
    """An SVG document that needs nothing else."""
    seen = layers(graph)
    bottom = TOP + len(seen.functions) * ROW
    right = LEFT + len(seen.held) * COLUMN
    band = list(_band(graph, seen))
    width, height = right + 190, bottom + 90 + 24 * ((len(band) + 2) // 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>The stack {escape(graph.stack)}</title><style>{STYLE}</style>",
        f'<rect x="0" y="0" width="{width}" height="{height}" style="fill:#fff;stroke:none"/>',
        _text(20, 34, f"{graph.stack}: who reaches what", "title"),
        *_legend(20, 58),
        *_grid(seen, right, bottom),
        *_edge(seen, bottom),
        *_functions(seen, right),
        *_processor(seen, right, bottom),
        *_kept(band, bottom + 40, width),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(x: int, y: int) -> Iterator[str]:
    for mark, words in (("reads", "reads"), ("writes", "writes"), ("both", "both"), ("starts", "starts it")):
        yield from _mark(x + 6, y - 4, {"reads", "writes"} if mark == "both" else {mark})
        yield _text(x + 20, y, words, "small")
        x += 84


def _grid(seen: Layers, right: int, bottom: int) -> Iterator[str]:
    for number, box in enumerate(seen.held):
        x = LEFT + number * COLUMN + COLUMN // 2
        yield f'<line x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{bottom - 10}"/>'
        yield _box(x - COLUMN // 2 + 3, TOP - 48, COLUMN - 6, 38, "held")
        yield _text(x, TOP - 32, box.name, "small middle")
        yield _text(x, TOP - 17, box.kind, "small middle")
    for number in range(len(seen.functions)):
        y = TOP + number * ROW + ROW // 2
        yield f'<line x1="{LEFT - 20}" y1="{y}" x2="{right}" y2="{y}"/>'


def _edge(seen: Layers, bottom: int) -> Iterator[str]:
    last = TOP + sum(box in seen.served for box in seen.functions) * ROW
    middle = (TOP + last) // 2
    yield _box(20, middle - 24, 104, 48, "out")
    yield _text(72, middle - 3, "your", "middle")
    yield _text(72, middle + 14, "application", "middle")
    yield f'<line class="way" x1="124" y1="{middle}" x2="160" y2="{middle}"/>'
    yield _text(72, middle - 32, "HTTPS", "small middle")
    yield _box(160, TOP, 116, last - TOP - 8, "edge")
    for number, words in enumerate(seen.edge):
        yield _text(218, middle - 8 + number * 18, words, "middle")


def _functions(seen: Layers, right: int) -> Iterator[str]:
    for number, box in enumerate(seen.functions):
        y = TOP + number * ROW
        middle = y + ROW // 2
        if box in seen.served:
            yield f'<line class="way" x1="276" y1="{middle}" x2="330" y2="{middle}"/>'
        else:
            yield _text(322, middle + 4, seen.started[box], "small end")
        yield _box(330, y + 3, 116, ROW - 6, "function")
        yield _text(388, middle + 4, box.name, "middle")
        for column, held in enumerate(seen.held):
            marks = seen.marks.get((box, held), set())
            yield from _mark(LEFT + column * COLUMN + COLUMN // 2, middle, marks)


def _processor(seen: Layers, right: int, bottom: int) -> Iterator[str]:
    rows = [TOP + seen.functions.index(box) * ROW + ROW // 2 for box in seen.leaving]
    if not rows:
        return
    yield _box(right + 60, min(rows) - 17, 110, max(rows) - min(rows) + 34, "out")
    middle = (min(rows) + max(rows)) // 2
    yield _text(right + 115, middle + 4, "Payroc", "middle")
    yield _text(right + 115, max(rows) + 34, "by NAT and a firewall", "small middle")
    yield _text(right + 115, max(rows) + 48, "with a list of hosts", "small middle")
    for y in rows:
        yield f'<line class="way" x1="{right}" y1="{y}" x2="{right + 60}" y2="{y}"/>'


def _band(graph: Graph, seen: Layers) -> Iterator[str]:
    """What keeps and watches: for each other part of the platform, how many of what it has."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    shown = {*seen.functions, *seen.held}
    for box in boxes(graph).values():
        if box not in shown and box.kind != "API":
            parts[box.part][box.kind] += 1
    for part, kinds in sorted(parts.items()):
        counted = (f"{count} {_several(kind, count)}" for kind, count in sorted(kinds.items()))
        yield f"{part}: {', '.join(counted)}"


def _several(kind: str, count: int) -> str:
    if kind.endswith("s"):
        return kind[:-1] if count == 1 else kind
    return kind if count == 1 else f"{kind[:-1]}ies" if kind.endswith("ry") else f"{kind}s"


def _kept(band: list[str], top: int, width: int) -> Iterator[str]:
    yield _text(20, top, "What keeps and watches", "title")
    column = (width - 40) // 3
    for number, words in enumerate(band):
        x, y = 20 + number % 3 * column, top + 16 + number // 3 * 24
        yield _box(x, y, column - 8, 20, "kept")
        yield _text(x + 8, y + 14, words, "small")


def _mark(x: int, y: int, marks: set[str]) -> Iterator[str]:
    if "starts" in marks:
        yield f'<path class="starts" d="M{x - 22} {y} l9 -6 v12 z"/>'
    if marks & {"reads", "writes"}:
        yield f'<circle class="{"writes" if "writes" in marks else "reads"}" cx="{x}" cy="{y}" r="6"/>'
    if {"reads", "writes"} <= marks:
        yield f'<circle cx="{x}" cy="{y}" r="2.5" style="fill:#fff"/>'


def _box(x: int, y: int, width: int, height: int, kind: str) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="5"/>'


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'
