"""The committed configurations."""

import json
from typing import Any

import pytest

from ops.policies.checking import check
from policies.pack import POLICIES
from tests.policies.running import ROOT, config_of
from tests.stacks import PROJECT

BY_NAME = {policy.name: policy for policy in POLICIES}
STAGES = ("dev", "prod")


@pytest.mark.parametrize("stack", STAGES)
def test_it_changes_no_level_and_names_only_what_a_policy_takes(stack: str) -> None:
    for name, values in config_of(stack).items():
        assert isinstance(values, dict), f"{name}: a stage switches nothing off"
        assert values.keys() <= {*BY_NAME[name].settings, "reason", "exceptions"}, name


def test_where_dev_differs_from_prod_it_says_why() -> None:
    dev, prod = config_of("dev"), config_of("prod")
    differing = {name for name in dev.keys() | prod.keys() if dev.get(name) != prod.get(name)}
    assert differing
    assert [name for name in differing if not dev.get(name, {}).get("reason")] == []


def test_prod_loosens_no_threshold() -> None:
    loosening: dict[str, Any] = {
        name: values for name, values in config_of("prod").items() if {"days", "durable"} & values.keys()
    }
    assert loosening == {}


@pytest.mark.parametrize(
    ("root", "stack"),
    [
        ("bootstrap", "dev"),
        ("bootstrap", "prod"),
        ("security", "security"),
        ("security/delegation", "management"),
    ],
)
def test_our_other_programs_keep_to_what_is_for_them(root: str, stack: str) -> None:
    checked = check(stack, PROJECT / root)
    assert [(each.policy.name, each.resource, each.violation.message) for each in checked.findings] == []


@pytest.mark.parametrize("name", ["bootstrap", "security", "delegation"])
def test_what_is_switched_off_for_another_program_has_its_reason(name: str) -> None:
    for policy, values in config_of(name).items():
        assert values["reason"], policy
        assert values.keys() <= {*BY_NAME[policy].settings, "enforcementLevel", "reason"}, policy


def test_other_programs_are_spared_what_is_tollgates_own_and_nothing_else() -> None:
    path = ROOT / "policies" / "config" / "other-programs.json"
    own = {policy.name: "disabled" for policy in POLICIES if policy.topic == "tollgate"}
    assert json.loads(path.read_text(encoding="utf-8")) == own
    assert all(name.startswith("tollgate-") for name in own)
