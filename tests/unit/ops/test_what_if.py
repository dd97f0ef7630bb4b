"""Settings that are other than in the stack's file."""

import json

import pytest

from onboarding.failure import Failure
from ops.graph.what_if import overridden
from tests.stacks import PROJECT


def test_a_setting_is_changed_within_its_section_and_others_stay() -> None:
    changed = overridden("prod", PROJECT, ["network.firewall=dns", "network.endpoint_zones=[a]"])
    network = json.loads(changed.pop("tollgate:network"))
    assert (network["firewall"], network["endpoint_zones"], network["nat"]) == ("dns", ["a"], "per_zone")
    assert changed == {}


def test_a_setting_that_is_no_section_is_given_as_it_is() -> None:
    changed = overridden("prod", PROJECT, ["function_memory_mb=256", "durability=ephemeral"])
    assert changed == {"tollgate:function_memory_mb": "256", "tollgate:durability": "ephemeral"}


def test_nothing_changes_nothing() -> None:
    assert overridden("prod", PROJECT, []) == {}


@pytest.mark.parametrize("change", ["network.firewall", "=dns", "network.nat.gateways=1"])
def test_what_is_no_setting_is_refused_with_an_example(change: str) -> None:
    with pytest.raises(Failure, match="is no setting with a value"):
        overridden("prod", PROJECT, [change])
