"""What is written about cost and capacity is what the commands say of the examples of dev and prod."""

import re

import pytest

from engine import Graph
from ops.capacity.ceilings import ceilings
from ops.capacity.limits import limits
from ops.capacity.page import page as capacity_page
from ops.capacity.quotas import quotas
from ops.capacity.shapes import shapes
from ops.capacity.simulation import run
from ops.cost.bill import Bill, bill
from ops.cost.chart import chart, described
from ops.cost.fixed import fixed
from ops.cost.lines import total
from ops.cost.page import page
from ops.cost.prices import prices, usage
from ops.graph import stack_graph
from tests.infra.graphs import ROOT, Graphs

MILLION = 1_000_000
DOCS = ROOT / "docs"
ANEW = "write it anew: `make docs`"


@pytest.fixture(scope="module")
def prod() -> Graph:
    """As its own file has it, which isn't the tests'."""
    return stack_graph("prod", ROOT)


@pytest.fixture(scope="module")
def found(prod: Graph) -> Bill:
    return bill(prod, prices(), usage(), MILLION, 0, years=5)


def test_the_page_and_the_picture_are_of_this_bill(found: Bill) -> None:
    listed = prices()
    assert (DOCS / "cost.md").read_text(encoding="utf-8") == page(found, listed, "prod", MILLION), ANEW
    note = described((MILLION, 0), listed.region, listed.as_of)
    drawn = chart(found, "prod: dollars a month, by year", note)
    assert (DOCS / "pictures" / "cost.svg").read_text(encoding="utf-8") == drawn, ANEW


def test_the_readme_says_what_the_command_says(found: Bill, graphs: Graphs) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("list prices")[2]
    said = [float(each) for each in re.findall(r"\$([0-9]+(?:\.[0-9]+)?)", text)[:4]]
    dev = total(fixed(graphs("dev"), prices(), usage()))
    kept = total(found.kept_by_year[0]) / 12
    assert said == [round(total(found.fixed)), round(dev), round(total(found.variable), 2), round(kept, 2)]


def test_a_month_of_the_examples_stays_within_what_was_decided(found: Bill, graphs: Graphs) -> None:
    assert total(found.fixed) <= 450
    assert total(fixed(graphs("dev"), prices(), usage())) <= 160


def test_the_page_of_ceilings_is_of_this_stage(prod: Graph) -> None:
    has = limits(prod, quotas())
    fates = [run(shape, has, quotas(), usage()) for shape in shapes(200)]
    written = capacity_page("prod", 200, ceilings(has, quotas(), usage()), fates, quotas())
    assert (DOCS / "capacity.md").read_text(encoding="utf-8") == written, ANEW
