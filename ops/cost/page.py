"""docs/cost.md: a stage's bill, with its picture."""

from collections.abc import Iterator, Sequence

from ops.cost.bill import DEAREST, Bill
from ops.cost.lines import Line, by_service, total
from ops.cost.prices import Prices

CENT = 0.01

HEAD = """# What a stage costs

`tollgate cost --stack prod --payments N --refunds M` counts it from the stack's program and
[the price file](../ops/cost/prices.toml); no AWS account is asked, and `make docs` writes this page.
{prices} What a payment uses is [what the bench counts](performance.md); durations and what detection
services look through are [assumed](../ops/cost/usage.toml), as nobody has run a stage on AWS yet.

![The bill by year](pictures/cost.svg)

"""
TAIL = """
Reads and lists aren't in it: how many there are is the integrators' affair. Why it is no more: ADRs
[15](decisions/0015-the-trail-leaves-out-what-the-functions-say-themselves.md),
[16](decisions/0016-backups-are-for-what-recovery-in-place-does-not-survive.md) and
[23](decisions/0023-names-are-the-first-firewall.md).
What a stage takes before it breaks: `tollgate capacity`.
"""


def page(bill: Bill, prices: Prices, stack: str, payments: int) -> str:
    """The page for one stack, at so many payments a month."""
    kept = bill.kept_by_year[0]
    listed = f"Prices are {prices.region}'s, {prices.as_of}, in US dollars."
    return HEAD.format(prices=listed) + "\n".join(
        [
            f"## {stack}, {payments:,} payments a month",
            "",
            *_part(f"Fixed: ${total(bill.fixed):,.0f} a month, whether anybody pays or not", bill.fixed),
            *_part(f"Payments: ${total(bill.variable):,.2f} a month", bill.variable),
            *_part(f"Kept: ${total(kept):,.0f} a month, at the end of the first year", kept),
            "## What dominates, and the setting that changes it",
            "",
            "| $ a month | What | Setting |",
            "|--:|---|---|",
            *_dearest([*bill.fixed, *bill.variable, *kept]),
            TAIL,
        ]
    )


def _part(heading: str, lines: Sequence[Line]) -> Iterator[str]:
    yield from (f"### {heading}", "", "| Service | $ | |", "|---|--:|---|")
    for service, usd in by_service(each for each in lines if each.usd >= CENT / 2).items():
        shown = (line for line in lines if line.service == service and line.usd >= CENT / 2)
        what = "; ".join(f"{line.what} {line.usd:,.2f}" for line in shown)
        yield f"| {service} | {usd:,.2f} | {what} |"
    yield ""


def _dearest(lines: Sequence[Line]) -> Iterator[str]:
    for line in sorted(lines, key=lambda each: -each.usd)[:DEAREST]:
        settings = line.setting.split(", ") if line.setting else []
        named = ", ".join(f"`{each}`" for each in settings) or "none"
        yield f"| {line.usd:,.2f} | {line.service}, {line.what} | {named} |"
