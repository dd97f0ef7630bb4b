"""Our stacks from their first plan to their end, as a team would meet it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pytest

from engine import Graph, up
from policies.pack.undecided import NAME as UNDECIDED
from tests.engine import agreement
from tests.engine.conftest import NewStack
from tests.engine.stacks import Run, Stack, policy_pack


class Program(NamedTuple):
    """A folder, a stack of it, and the settings of the policy pack for it, if it has any."""

    folder: str
    stack: str
    policies: str | None

    def __str__(self) -> str:
        return ":".join(filter(None, (self.folder, self.stack)))


PROGRAMS = [
    Program("bootstrap", "dev", "bootstrap"),
    Program("bootstrap", "prod", "bootstrap"),
    Program("security", "security", "security"),
    Program("security/delegation", "management", "delegation"),
    Program("", "local", None),
    Program("", "dev", "dev"),
    Program("", "prod", "prod"),
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

    @cached_property
    def our_plan(self) -> Graph:
        return up(self.stack.program, self.stack.name, overrides=self.stack.overrides)


@pytest.fixture(scope="module", params=PROGRAMS, ids=str)
def life(request: pytest.FixtureRequest, new_stack: NewStack) -> Life:
    program: Program = request.param
    stack = new_stack(program.folder, program.stack)
    pack = policy_pack(program.policies) if program.policies else ()
    # The policies take as long as everything else: a stage's are run where all values are known.
    planned = stack.preview(*(pack if program.folder else ()))
    deployed = stack.up(*pack)
    return Life(stack, planned, deployed, stack.state(), looked=stack.preview("--refresh"))


def test_the_first_plan_makes_everything(life: Life) -> None:
    assert life.planned.code == 0, life.planned.output
    assert set(life.planned.changes()) == {"create"}


def test_it_is_made_as_planned(life: Life) -> None:
    assert life.deployed.code == 0, life.deployed.output
    assert life.deployed.changes() == life.planned.changes()


def test_everything_in_the_account_is_in_the_state(life: Life) -> None:
    known = {each["urn"] for each in life.state["resources"] if each["type"].startswith("aws:")}
    assert {each.urn for each in life.stack.cloud.resources.values()} == known
    assert len(life.stack.cloud.resources) == len(known)


def test_nothing_is_made_before_what_it_depends_on(life: Life) -> None:
    made = [urn for call, urn in life.stack.cloud.calls if call == "create"]
    depending = {each["urn"]: each.get("dependencies") or () for each in life.state["resources"]}
    for order in (made, list(life.our_plan.nodes)):
        assert list(_too_early(order, depending)) == []


def test_no_policy_is_violated(life: Life) -> None:
    """Before the deployment one line counts what only the deployment decides; then it is decided."""
    assert not life.planned.policies("mandatory")
    assert {said.partition(":")[0] for said in life.planned.policies("advisory")} <= {UNDECIDED}
    assert len(life.planned.policies("advisory")) <= 1
    assert not life.deployed.policies("mandatory")
    assert not life.deployed.policies("advisory")


def test_afterwards_there_is_nothing_to_do(life: Life) -> None:
    """Though everything is read anew, and AWS tells some of it otherwise than it was given."""
    assert life.looked.code == 0, life.looked.output
    assert life.looked.changing() == []


def test_our_engine_plans_the_same(life: Life) -> None:
    assert _differing(agreement.of_preview(life.our_plan), agreement.of_plan(life.planned)) == {}


def test_our_engine_comes_to_the_same_each_time(life: Life) -> None:
    theirs = agreement.of_state(life.state)
    for _ in ("made", "made again"):
        graph = up(life.stack.program, life.stack.name, preview=False, overrides=life.stack.overrides)
        assert _differing(agreement.of_graph(graph), theirs) == {}


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
        assert any(urn in ended.output and "protect" in ended.output for urn in protected), ended.output
        assert life.stack.cloud.resources == before
        assert "delete" not in {call for call, _ in life.stack.cloud.calls}
    else:
        assert ended.code == 0, ended.output
        assert not life.stack.cloud.resources
        assert not life.stack.state().get("resources")


def _too_early(order: list[str], depending: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What comes before something that it depends on, and that is in the order, too."""
    place = {urn: index for index, urn in enumerate(order)}
    for urn in order:
        for first in depending.get(urn, ()):
            if place.get(first, -1) > place[urn]:
                yield urn, first


def _differing(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        urn: (ours.get(urn), theirs.get(urn))
        for urn in ours.keys() | theirs.keys()
        if ours.get(urn) != theirs.get(urn)
    }
