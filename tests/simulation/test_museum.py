"""The simulation notices every bug of the museum."""

import pytest

from tests.simulation.exhibits import EXHIBITS, Exhibit
from tests.simulation.museum import PAGE, kill


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.mutant.__name__)
def test_a_bug_is_noticed_as_the_page_says(exhibit: Exhibit) -> None:
    found = kill(exhibit)
    assert found is not None, "the bug has survived"
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if exhibit.bug in line)
    assert f"`{found.invariant}`" in row, "out of date: python -m tests.simulation.museum"


def test_the_page_lists_the_bugs_and_no_others() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(EXHIBITS)
