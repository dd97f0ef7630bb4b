"""A stage's bill, for a load: what it is made of, what dominates it, and how it grows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine import Graph
from ops.cost.fixed import fixed
from ops.cost.kept import kept, stored
from ops.cost.lines import Line, by_service, total
from ops.cost.prices import Prices, Usage
from ops.cost.variable import variable

DEAREST = 5
WIDTH = 50
"""Characters of the chart's longest bar."""


@dataclass(frozen=True, slots=True)
class Bill:
    """Dollars a month. `kept_by_year`: for what is stored at the end of each year of the same load."""

    fixed: Sequence[Line]
    variable: Sequence[Line]
    kept_by_year: Sequence[Sequence[Line]]

    def month(self, year: int) -> float:
        """The last month of a year, from 1."""
        return total(self.fixed) + total(self.variable) + total(self.kept_by_year[year - 1])


def bill(graph: Graph, prices: Prices, usage: Usage, payments: int, refunds: int, years: int) -> Bill:
    """`payments` and `refunds` a month."""
    a_month = stored(usage, payments, refunds)
    return Bill(
        fixed(graph, prices, usage),
        variable(graph, prices, usage, payments, refunds),
        [kept(graph, prices, a_month.times(12 * year)) for year in range(1, years + 1)],
    )


def text(bill: Bill, prices: Prices, payments: int) -> str:
    """Tables in plain text, and a chart."""
    return "\n".join(
        [
            f"List prices of {prices.region}, {prices.as_of}; US dollars a month. Not from a real account.",
            *_part("Fixed, whether anybody pays or not", bill.fixed),
            *_part(f"Variable, at {payments:,} payments a month", bill.variable),
            *_part("Kept, at the end of the first year", bill.kept_by_year[0]),
            *_dearest([*bill.fixed, *bill.variable, *bill.kept_by_year[0]]),
            *_chart(bill),
            "",
            f"Prices that were remembered and not read: {', '.join(prices.unchecked)}.",
        ]
    )


def _part(heading: str, lines: Sequence[Line]) -> Iterator[str]:
    yield ""
    yield f"{heading}: {total(lines):,.2f}"
    for service, usd in by_service(lines).items():
        yield f"  {service:18} {usd:>12,.2f}"
        for line in (each for each in lines if each.service == service):
            yield f"    {line.what:56} {line.usd:>12,.2f}"


def _dearest(lines: Sequence[Line]) -> Iterator[str]:
    yield ""
    yield "What dominates, and the setting that changes it"
    for line in sorted(lines, key=lambda each: -each.usd)[:DEAREST]:
        yield f"  {line.usd:>10,.2f}  {line.service}, {line.what}: {line.setting or 'no setting'}"


def _chart(bill: Bill) -> Iterator[str]:
    """The last month of each year: # fixed, = variable, + kept."""
    yield ""
    yield "The last month of each year (# fixed, = variable, + kept)"
    years = range(1, len(bill.kept_by_year) + 1)
    most = max(bill.month(year) for year in years) or 1
    for year in years:
        parts = (total(bill.fixed), total(bill.variable), total(bill.kept_by_year[year - 1]))
        bars = "".join(mark * round(usd / most * WIDTH) for mark, usd in zip("#=+", parts, strict=True))
        yield f"  {year:>2}  {bars:{WIDTH + 2}} {bill.month(year):>12,.2f}"
