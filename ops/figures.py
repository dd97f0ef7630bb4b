"""`python -m ops.figures`: writes docs/cost.md with its picture, and docs/capacity.md.

They are of the tests' stack of prod, with what the root's example has otherwise: whoever deploys changes the
root's, and asks `tollgate cost` and `tollgate capacity`.
"""

from collections.abc import Mapping
from pathlib import Path

from engine import Graph
from ops.capacity.ceilings import ceilings
from ops.capacity.limits import limits
from ops.capacity.page import page as capacity_page
from ops.capacity.quotas import quotas
from ops.capacity.shapes import shapes
from ops.capacity.simulation import run
from ops.cost.bill import bill
from ops.cost.chart import chart, described
from ops.cost.page import page as cost_page
from ops.cost.prices import prices, usage
from ops.graph import stack_graph
from ops.options import ROOT
from ops.terminal import say

STACK, STACKS = "prod", ROOT / "tests" / "stacks"
EXAMPLE = ("network.firewall=dns", "archive.export_in_turn=true")
PAYMENTS, YEARS, RATE = 1_000_000, 5, 200


def figures(graph: Graph) -> Mapping[Path, str]:
    """The pages' contents, by their places."""
    listed, granted, used = prices(), quotas(), usage()
    made = bill(graph, listed, used, PAYMENTS, 0, YEARS)
    has = limits(graph, granted)
    fates = [run(shape, has, granted, used) for shape in shapes(RATE)]
    note = described((PAYMENTS, 0), listed.region, listed.as_of)
    docs = ROOT / "docs"
    return {
        docs / "cost.md": cost_page(made, listed, STACK, PAYMENTS),
        docs / "pictures" / "cost.svg": chart(made, f"{STACK}: dollars a month, by year", note),
        docs / "capacity.md": capacity_page(STACK, RATE, ceilings(has, granted, used), fates, granted),
    }


def main() -> None:
    for path, content in figures(stack_graph(STACK, STACKS, EXAMPLE)).items():
        path.write_text(content, encoding="utf-8")
        say(f"Wrote {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
