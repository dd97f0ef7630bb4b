"""What is written about cost and capacity is what the commands say."""

import re

import pytest

from engine import Graph
from ops.cost.bill import bill
from ops.cost.fixed import fixed
from ops.cost.lines import total
from ops.cost.prices import prices, usage
from ops.figures import EXAMPLE, PAYMENTS, STACK, STACKS, figures
from ops.graph import stack_graph
from tests.infra.graphs import ROOT, Graphs


@pytest.fixture(scope="module")
def prod() -> Graph:
    """With the settings of the root's example."""
    return stack_graph(STACK, STACKS, EXAMPLE)


def test_the_pages_are_of_this_program(prod: Graph) -> None:
    for path, content in figures(prod).items():
        assert path.read_text(encoding="utf-8") == content, f"write {path.name} anew: `make docs`"


def test_the_readme_says_what_the_command_says(prod: Graph, graphs: Graphs) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("list prices")[2]
    said = [float(each) for each in re.findall(r"\$([0-9]+(?:\.[0-9]+)?)", text)[:4]]
    found = bill(prod, prices(), usage(), PAYMENTS, 0, years=1)
    dev = total(fixed(graphs("dev"), prices(), usage()))
    kept = total(found.kept_by_year[0]) / 12
    assert said == [round(total(found.fixed)), round(dev), round(total(found.variable), 2), round(kept, 2)]


def test_a_month_stays_within_what_was_decided(prod: Graph, graphs: Graphs) -> None:
    found = bill(prod, prices(), usage(), PAYMENTS, 0, years=1)
    assert total(found.fixed) <= 450
    assert total(found.kept_by_year[0]) / 12 <= 6
    assert total(fixed(graphs("dev"), prices(), usage())) <= 180
