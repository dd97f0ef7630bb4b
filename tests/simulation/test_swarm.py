"""Worlds drawn from seeds."""

import pytest

from tests.simulation.replay import seed_command
from tests.simulation.swarm import swarm

SEEDS = 1_000
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_in_a_drawn_world(part: int) -> None:
    for seed in range(part, SEEDS, PARTS):
        violation = swarm(seed).run.violation
        assert violation is None, f"{violation}\n{seed_command(seed)}"


def test_a_seed_is_one_execution() -> None:
    for seed in range(5):
        assert swarm(seed) == swarm(seed)
