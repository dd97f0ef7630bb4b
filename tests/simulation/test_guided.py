"""The guided search: bounded here, as deep as one likes with `tollgate simulate --guided`."""

from itertools import islice

import pytest

from tests.simulation.flows import FLOWS, Flow
from tests.simulation.guided import Guided
from tests.simulation.replay import replay_command
from tests.simulation.run import by_name

DEPTH = 4
SCHEDULES = {"create-again": 400, "refund-against-refund": 100, "capture-against-void": 100}


@pytest.mark.parametrize("flow", [by_name(FLOWS)[name] for name in SCHEDULES], ids=lambda flow: flow.name)
def test_nothing_is_wrong_where_something_new_happens(flow: Flow) -> None:
    for explored in islice(Guided(flow, DEPTH), SCHEDULES[flow.name]):
        violation = explored.run.violation
        assert violation is None, f"{violation}\n{replay_command(flow.name, explored.schedule)}"


def test_it_comes_to_the_same_schedules_each_time() -> None:
    flow = by_name(FLOWS)["create-again"]
    first, second = ([str(each.schedule) for each in islice(Guided(flow, DEPTH), 40)] for _ in range(2))
    assert first == second
    assert len(set(first)) == 40
