"""Every schedule of every flow with one deviation, and an even selection of those with two.

`tollgate simulate --exhaustive` runs all of those with two.
"""

import pytest

from tests.simulation.every_flow import EVERY_FLOW
from tests.simulation.explore import Exploration
from tests.simulation.flows import Flow
from tests.simulation.replay import replay_command
from tests.simulation.run import Scripted, run

EVERY, EVERY_THIRD = 40, 100
"""Of those with two deviations, and of those with two more than the one that a flow begins with."""


@pytest.mark.parametrize("flow", EVERY_FLOW, ids=lambda flow: flow.name)
def test_nothing_is_ever_wrong_and_everything_converges(flow: Flow) -> None:
    every = EVERY_THIRD if flow.given.deviations else EVERY
    for explored in Exploration(flow, depth=2, every=every):
        violation = explored.run.violation
        assert violation is None, f"{violation}\n{replay_command(flow.name, explored.schedule)}"


@pytest.mark.parametrize(
    "flow", [each for each in EVERY_FLOW if each.given.deviations], ids=lambda flow: flow.name
)
def test_what_a_flow_begins_with_does_happen(flow: Flow) -> None:
    chooser = Scripted(flow.given)
    run(flow, chooser)
    for step in chooser.offered:
        if (given := flow.given.deviations.get(step.number)) is not None:
            assert given in step.alternatives
            assert step.call.startswith("processor.")
