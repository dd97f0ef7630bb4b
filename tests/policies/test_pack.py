"""The real pack in a process of its own, asked as Pulumi's engine asks it."""

import re
from collections.abc import Iterator

import pytest

from engine import Graph, analyzer
from engine.analyzer import Level, PolicyPack, running
from policies.pack import POLICIES, TOPICS, undecided
from policies.pack.declaring import Policy
from tests.policies.patches import copy_of
from tests.policies.running import ROOT, Judge, config_of
from tests.policies.test_cases import CASES

pytestmark = pytest.mark.xdist_group("policies")
# One case of each topic: a second way of running all would tell nothing new.
TOGETHER = [
    next(case for case in CASES if case.policy.topic == topic)
    for topic in dict.fromkeys(case.policy.topic for case in CASES)
]


@pytest.fixture(scope="module")
def pack() -> Iterator[PolicyPack]:
    with running(ROOT / "policies", project="tollgate", stack="prod", config=config_of("prod")) as started:
        yield started


def test_it_says_of_each_policy_what_the_declaration_says(pack: PolicyPack) -> None:
    assert [(each.name, each.description, each.remediation, each.url) for each, _ in _pairs(pack)] == [
        (each.name, each.description, each.remedy, each.url) for each in POLICIES
    ]
    assert all(each.requirements == ", ".join(policy.pci) for each, policy in _pairs(pack))
    assert all(each.severity == policy.severity.value for each, policy in _pairs(pack))


def test_a_policy_only_advises_if_it_says_why(pack: PolicyPack) -> None:
    for each, policy in _pairs(pack):
        assert each.level is (Level.ADVISORY if policy.advisory else Level.MANDATORY)


def test_it_finds_what_the_policies_find_in_this_process_and_nothing_else(
    pack: PolicyPack, judge: Judge
) -> None:
    broken = copy_of(judge.graph)
    for case in TOGETHER:
        case.broken(broken)
    found = {(each.policy, each.resource, each.message) for each in pack.check(broken)}
    assert found == {
        (policy, resource, message)
        for policy, violations in judge.violated(broken).items()
        for resource, message in violations
    }
    assert {policy for policy, _, _ in found} >= {case.policy.name for case in TOGETHER}


def test_before_the_deployment_all_that_waits_is_said_in_one_line(pack: PolicyPack, preview: Graph) -> None:
    found = pack.check(preview)
    (line,) = [each for each in found if each.policy == undecided.NAME]
    assert re.match(r"[1-9]\d* checks of [1-9]\d* policies need values that only", line.message)
    assert line.level is Level.ADVISORY
    assert not any(each.skipped for each in found)


def test_every_policy_has_a_topic_requirements_and_a_way_to_mend_it() -> None:
    topics = {topic.__name__.rpartition(".")[2] for topic in TOPICS}
    for policy in POLICIES:
        assert policy.topic in topics
        assert policy.description.endswith("."), policy.name
        assert policy.remedy.endswith("."), policy.name
        assert policy.url.startswith("https://"), policy.name
        assert all(_is_requirement(each) for each in policy.pci), policy.name


def _pairs(pack: PolicyPack) -> Iterator[tuple[analyzer.Policy, Policy]]:
    *declared, last = pack.policies.values()
    assert last.name == undecided.NAME
    return zip(declared, POLICIES, strict=True)


def _is_requirement(number: str) -> bool:
    parts = number.split(".")
    return 3 <= len(parts) <= 4 and all(part.isdigit() for part in parts) and 1 <= int(parts[0]) <= 12
