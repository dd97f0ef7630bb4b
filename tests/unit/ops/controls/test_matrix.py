"""The controls matrix knows every policy and rule, names only what exists, says where people are needed."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.detection.config_rules import Rule
from ops.command import app
from ops.controls import REQUIREMENTS, Control, Requirement, controls
from ops.controls.matrix import every_rule
from ops.controls.page import GROUPS, page
from ops.options import ROOT
from policies.pack import POLICIES

MATRIX = controls()
# How many the standard has at its second level, by group.
SECOND_LEVEL = {1: 5, 2: 3, 3: 7, 4: 2, 5: 4, 6: 5, 7: 3, 8: 6, 9: 5, 10: 7, 11: 6, 12: 10}
NUMBERS = [each.number for each in REQUIREMENTS]


@cache
def defined_in(path: str) -> set[str]:
    """The functions at a file's top level; none if there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return set()
    return {
        each.name for each in ast.parse(file.read_text("utf-8")).body if isinstance(each, ast.FunctionDef)
    }


def missing(requirement: Requirement) -> Iterator[str]:
    """What a requirement names and nobody finds."""
    yield from (path for path in requirement.files if not (ROOT / path).is_file())
    for reference in requirement.tests:
        path, _, name = reference.partition("::")
        if name not in defined_in(path) or not name.startswith("test_"):
            yield reference


def test_every_requirement_of_the_second_level_is_there_once_and_in_order() -> None:
    expected = [f"{group}.{n}" for group, count in SECOND_LEVEL.items() for n in range(1, count + 1)]
    assert [number for number in NUMBERS if number.count(".") == 1] == expected
    assert [each.number for each in sorted(REQUIREMENTS, key=lambda each: each.order)] == NUMBERS
    assert len(set(NUMBERS)) == len(NUMBERS)
    assert {each.group for each in REQUIREMENTS} == GROUPS.keys()


def test_every_policy_and_every_rule_serves_what_it_says() -> None:
    by_number = {each.requirement.number: each for each in MATRIX}
    for policy in POLICIES:
        assert all(policy.name in by_number[number].policies for number in policy.pci), policy.name
    for rule in every_rule():
        assert all(rule.identifier in by_number[n].rules for n in rule.requirements), rule.identifier
    assert every_rule()


def test_a_policy_for_a_requirement_that_the_matrix_lacks_is_refused() -> None:
    stray = replace(POLICIES[0], name="stray", pci=("3.5.1", "13.1"))
    with pytest.raises(ValueError, match=r"^stray name what the matrix lacks: 13\.1$"):
        controls(policies=[stray])


def test_a_rule_for_a_requirement_that_the_matrix_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^STRAY name what the matrix lacks: 3\.9$"):
        controls(rules=[Rule("STRAY", "", ("3.9",))])


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: each.number)
def test_files_and_tests_that_it_names_exist(requirement: Requirement) -> None:
    assert list(missing(requirement)) == []


def test_a_name_that_does_not_exist_would_be_found() -> None:
    here = "tests/unit/ops/controls/test_matrix.py"
    wrong = (f"{here}::test_that_nobody_wrote", f"{here}::missing", "tests/gone.py::test_it")
    said = Requirement("1.1", "", ("infra/gone.py", "infra/keys.py"), wrong)
    assert list(missing(said)) == ["infra/gone.py", *wrong]


@pytest.mark.parametrize("control", MATRIX, ids=lambda each: each.requirement.number)
def test_a_requirement_has_a_technical_control_or_says_who_is_needed(control: Control) -> None:
    assert control.technical or control.requirement.people


@pytest.mark.parametrize("control", MATRIX, ids=lambda each: each.requirement.number)
def test_what_is_tested_or_demanded_says_where_it_is_built(control: Control) -> None:
    assert control.requirement.files or not (control.policies or control.requirement.tests)


def test_a_deeper_requirement_is_there_because_a_policy_or_a_rule_names_it() -> None:
    idle = [
        each.requirement.number
        for each in MATRIX
        if each.requirement.number.count(".") > 1 and not (each.policies or each.rules)
    ]
    assert idle == []


def test_the_page_is_what_the_matrix_says() -> None:
    committed = (ROOT / "docs" / "controls.md").read_text(encoding="utf-8")
    assert committed == page(MATRIX), "run `tollgate controls`"


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    out = tmp_path / "controls.md"
    result = CliRunner().invoke(app, ["controls", "--out", str(out)])
    assert result.exit_code == 0
    assert out.read_text(encoding="utf-8") == page(MATRIX)
