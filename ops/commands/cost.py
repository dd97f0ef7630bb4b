"""`tollgate cost`: what a stage costs, before it does."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ops.cost.bill import Bill, bill, text
from ops.cost.chart import chart, described
from ops.cost.lines import total
from ops.cost.prices import prices, usage
from ops.graph import stack_graph
from ops.options import ROOT, Changes, ProgramRoot
from ops.terminal import say, show


def cost(
    stack: Annotated[str, typer.Option(help="The Pulumi stack: dev, prod …")] = "prod",
    payments: Annotated[int, typer.Option(help="Payments a month.", min=0)] = 1_000_000,
    refunds: Annotated[int, typer.Option(help="Refunds a month.", min=0)] = 0,
    years: Annotated[int, typer.Option(help="Years that the chart shows.", min=1, max=20)] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    chart_file: Annotated[Path | None, typer.Option("--chart", help="Draw the years: an SVG file.")] = None,
    changes: Changes = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Say what a stage costs a month: its fixed part, its payments, and what they leave to be kept.

    Counted from the program's graph and ops/cost/prices.toml; no AWS account is asked. Durations and what
    detection services look through are assumed, and said so. --set tells what another setting would cost.
    """
    listed = prices()
    found = bill(stack_graph(stack, root.resolve(), changes or []), listed, usage(), payments, refunds, years)
    if chart_file:
        note = described((payments, refunds), listed.region, listed.as_of)
        chart_file.write_text(chart(found, f"{stack}: dollars a month, by year", note), encoding="utf-8")
        say(f"Wrote {chart_file}.")
    if as_json:
        show(json.dumps(_as_json(found), indent=2))
    elif not chart_file:
        show(text(found, listed, payments))


def _as_json(found: Bill) -> dict[str, object]:
    return {
        "fixed": {"usd": total(found.fixed), "lines": [asdict(line) for line in found.fixed]},
        "variable": {"usd": total(found.variable), "lines": [asdict(line) for line in found.variable]},
        "kept_by_year": [
            {"usd": total(lines), "lines": [asdict(line) for line in lines]} for lines in found.kept_by_year
        ],
    }
