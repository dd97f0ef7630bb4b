"""The last month of each year as a picture (SVG): what is fixed, what payments cost, what is kept."""

from collections.abc import Iterator, Sequence
from math import ceil, log10
from xml.sax.saxutils import escape

from ops.cost.bill import Bill
from ops.cost.lines import total

LEFT, TOP, HEIGHT = 96, 110, 280
BAR, GAP, ABOVE = 64, 44, 8
NARROWEST = 640
"""For the words below."""
STYLE = """
  text { font: 13px sans-serif; fill: #1f2933 } .small { font-size: 11px; fill: #52606d }
  .title { font-size: 18px; font-weight: bold } .middle { text-anchor: middle } .end { text-anchor: end }
  line { stroke: #d9e2ec } .axis { stroke: #52606d }
  .fixed { fill: #829ab1 } .variable { fill: #2cb1bc } .kept { fill: #f7c948 }
"""
PARTS = (("fixed", "fixed"), ("variable", "payments"), ("kept", "what they leave, kept"))


def chart(bill: Bill, title: str, note: str) -> str:
    """An SVG document that needs nothing else. Dollars in the last month of each year of `bill`."""
    years = range(1, len(bill.kept_by_year) + 1)
    top = _round(max(bill.month(year) for year in years))
    width = max(NARROWEST, LEFT + len(years) * (BAR + GAP) + GAP)
    bottom = TOP + HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 70}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect x="0" y="0" width="{width}" height="{bottom + 70}" fill="#fff"/>',
        _text(20, 34, title, "title"),
        *_legend(20, 64),
        *_scale(top, width - GAP / 2),
        *(part for year in years for part in _bar(bill, year, top)),
        f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{width - GAP / 2:g}" y2="{bottom}"/>',
        _text(20, bottom + 54, note, "small"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(x: int, y: int) -> Iterator[str]:
    for kind, words in PARTS:
        yield f'<rect class="{kind}" x="{x}" y="{y - 11}" width="13" height="13" rx="2"/>'
        yield _text(x + 20, y, words, "small")
        x += 44 + 7 * len(words)


def _scale(top: float, right: float) -> Iterator[str]:
    for step in range(5):
        y = TOP + HEIGHT - HEIGHT * step / 4
        yield f'<line x1="{LEFT}" y1="{y:g}" x2="{right:g}" y2="{y:g}"/>'
        yield _text(LEFT - 10, y + 4, f"${top * step / 4:,.0f}", "small end")


def _bar(bill: Bill, year: int, top: float) -> Iterator[str]:
    sums = (total(bill.fixed), total(bill.variable), total(bill.kept_by_year[year - 1]))
    x, y = LEFT + GAP + (year - 1) * (BAR + GAP), float(TOP + HEIGHT)
    for (kind, _), usd in zip(PARTS, sums, strict=True):
        tall = HEIGHT * usd / top
        y -= tall
        yield f'<rect class="{kind}" x="{x}" y="{y:.1f}" width="{BAR}" height="{tall:.1f}"/>'
    yield _text(x + BAR / 2, y - ABOVE, f"${bill.month(year):,.0f}", "middle")
    yield _text(x + BAR / 2, TOP + HEIGHT + 20, f"year {year}", "small middle")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def _round(most: float) -> float:
    """A full number a little above `most`: one or two digits, and divisible by four."""
    unit: float = 10.0 ** (int(log10(most)) - 1) if most >= 1 else 1
    return max(unit * 4 * ceil(most * 1.08 / (unit * 4)), 4)


def described(payments: Sequence[int], region: str, as_of: str) -> str:
    """What a chart is of, for below it. `payments`: payments and refunds a month."""
    made, refunded = payments
    return (
        f"{made:,} payments and {refunded:,} refunds a month; list prices of {region}, {as_of}. "
        "Counted, not from a real account."
    )
