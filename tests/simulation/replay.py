"""How to see a world again."""

from tests.simulation.choices import Schedule


def replay_command(flow: str, schedule: Schedule | str) -> str:
    """The command that runs exactly this schedule of the flow of this name."""
    return f"tollgate simulate --flow {flow} --schedule '{schedule}'"


def seed_command(seed: int) -> str:
    """The command that draws exactly this world."""
    return f"tollgate simulate --seed {seed}"
