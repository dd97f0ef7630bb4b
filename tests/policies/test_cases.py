"""Every policy passes what is right, fails what is wrong, waits for the unknown, and guards our program."""

import importlib

import pytest

from engine import Graph
from ops.graph import stack_graph
from policies.pack import POLICIES, TOPICS
from tests.policies.case import Case
from tests.policies.patches import copy_of
from tests.policies.running import Judge, run
from tests.stacks import PROJECT

NAMES = [topic.__name__.rpartition(".")[2] for topic in TOPICS]
CASES: list[Case] = [
    case for name in NAMES for case in importlib.import_module(f"tests.policies.topics.{name}").CASES
]
every = pytest.mark.parametrize("case", CASES, ids=lambda case: case.policy.name)
pytestmark = pytest.mark.xdist_group("policies")


def test_every_policy_has_its_case() -> None:
    assert sorted(case.policy.name for case in CASES) == sorted(policy.name for policy in POLICIES)
    assert all(case.passes and case.fails and case.unknown for case in CASES)


@every
def test_it_passes_what_is_right(case: Case) -> None:
    outcome = run(case.policy, case.passes, case.config)
    assert outcome.violations == []
    assert not outcome.skipped


@every
def test_it_fails_what_is_wrong(case: Case) -> None:
    outcome = run(case.policy, case.fails, case.config)
    assert outcome.violations
    assert not outcome.skipped


@every
def test_it_judges_nothing_that_it_doesnt_know(case: Case) -> None:
    outcome = run(case.policy, case.unknown, case.config)
    assert outcome.skipped == (case.unknown_is == "skipped")
    assert bool(outcome.violations) == (case.unknown_is == "fails")


def test_our_own_program_violates_nothing_in_prod(judge: Judge) -> None:
    assert judge.violated(judge.graph) == {}


def test_our_own_program_violates_nothing_in_dev() -> None:
    dev = stack_graph("dev", PROJECT)
    assert Judge(dev).violated(dev) == {}


def test_before_the_deployment_nothing_is_a_violation_and_much_cannot_be_judged(preview: Graph) -> None:
    outcomes = Judge(preview).outcomes(preview)
    assert {name: each.violations for name, each in outcomes.items() if each.violations} == {}
    assert any(each.skipped for each in outcomes.values())


@every
def test_our_own_program_broken_violates_it_and_nothing_else(case: Case, judge: Judge) -> None:
    broken = copy_of(judge.graph)
    case.broken(broken)
    assert set(judge.violated(broken)) == {case.policy.name, *case.also}
