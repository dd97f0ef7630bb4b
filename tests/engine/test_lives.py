"""Stacks of the account and the organization from their first plan to their end, as a team would meet it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from engine import up
from policies.pack.undecided import NAME as UNDECIDED
from tests.engine import agreement
from tests.engine.conftest import NewStack
from tests.engine.stacks import Run, Stack, policy_pack

# The program, the stack, and the settings of the policy pack for it.
STACKS = [
    ("bootstrap", "dev", "bootstrap"),
    ("bootstrap", "prod", "bootstrap"),
    ("security", "security", "security"),
    ("security/delegation", "management", "delegation"),
]
pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]


@dataclass
class Life:
    """What became of a stack until it ran: its first plan, its deployment, and a look afterwards."""

    stack: Stack
    planned: Run
    deployed: Run
    state: Mapping[str, Any]
    looked: Run


@pytest.fixture(scope="module", params=STACKS, ids=lambda stack: ":".join(filter(None, stack[:2])))
def life(request: pytest.FixtureRequest, new_stack: NewStack) -> Life:
    program, name, policies = request.param
    stack = new_stack(program, name)
    pack = policy_pack(policies)
    planned, deployed = stack.preview(*pack), stack.up(*pack)
    return Life(stack, planned, deployed, stack.state(), looked=stack.preview("--refresh"))


def test_the_first_plan_makes_everything(life: Life) -> None:
    assert life.planned.code == 0, life.planned.output
    assert set(life.planned.changes()) == {"create"}


def test_it_is_made_as_planned(life: Life) -> None:
    assert life.deployed.code == 0, life.deployed.output
    assert life.deployed.changes() == life.planned.changes()


def test_no_policy_is_violated(life: Life) -> None:
    """Before the deployment one line counts what only the deployment decides; then it is decided."""
    assert not life.planned.policies("mandatory")
    assert {said.partition(":")[0] for said in life.planned.policies("advisory")} <= {UNDECIDED}
    assert len(life.planned.policies("advisory")) <= 1
    assert not life.deployed.policies("mandatory")
    assert not life.deployed.policies("advisory")


def test_afterwards_there_is_nothing_to_do(life: Life) -> None:
    assert life.looked.code == 0, life.looked.output
    assert not life.looked.changes()


def test_our_engine_comes_to_the_same(life: Life) -> None:
    graph = up(life.stack.program, life.stack.name, preview=False, overrides=life.stack.overrides)
    ours, theirs = agreement.of_graph(graph), agreement.of_state(life.state)
    assert ours.keys() == theirs.keys()
    assert not {urn: (ours[urn], theirs[urn]) for urn in ours if ours[urn] != theirs[urn]}


def test_the_state_holds_no_secret_in_clear(life: Life) -> None:
    """There is none in it: values that are secret never pass through Pulumi."""
    resources = life.state["resources"]
    assert not [each["urn"] for each in resources if "secretVersion" in each["type"]]
    assert not [each["urn"] for each in resources if "PRIVATE KEY" in str(each)]


def test_what_is_protected_stops_the_end_and_without_it_nothing_is_left(life: Life) -> None:
    before = dict(life.stack.cloud.resources)
    protected = [each["urn"] for each in life.state["resources"] if each.get("protect")]
    ended = life.stack.destroy()
    if protected:
        assert ended.code != 0
        assert all(urn.rpartition("::")[2] in ended.output for urn in protected)
        assert life.stack.cloud.resources == before
    else:
        assert ended.code == 0, ended.output
        assert not life.stack.cloud.resources
        assert not life.stack.state().get("resources")
