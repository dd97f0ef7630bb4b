"""The simulation notices every bug of the museum."""

import re
from pathlib import Path

import pytest

from tests.simulation.exhibits import EXHIBITS, Exhibit
from tests.simulation.invariants import INVARIANTS
from tests.simulation.museum import PAGE, kill

HERE = Path(__file__).parent


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.mutant.__name__)
def test_a_bug_is_noticed_as_the_page_says(exhibit: Exhibit) -> None:
    found = kill(exhibit)
    assert found is not None, "the bug has survived"
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if exhibit.bug in line)
    assert f"`{found.invariant}`" in row, "out of date: python -m tests.simulation.museum"


def test_the_page_lists_the_bugs_and_no_others() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert sum(any(exhibit.bug in line for exhibit in EXHIBITS) for line in lines) == len(EXHIBITS)
    assert sum(line.startswith("| ") for line in lines) == len(EXHIBITS) + len(INVARIANTS) + 2


def test_every_invariant_that_a_world_checks_is_explained() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("*.py"))
    checked = set(re.findall(r'(?:wrong|_check)\(\s*"(\w+)"', text)) | {"one_record_per_change"}
    assert checked == set(INVARIANTS)
