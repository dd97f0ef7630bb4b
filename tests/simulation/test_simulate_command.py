"""`tollgate simulate`, as it is typed."""

import pytest
from typer.testing import CliRunner, Result

from ops.command import app


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["simulate", *arguments], env={"COLUMNS": "200"})


def test_a_seed_is_run_again_the_same() -> None:
    first, second = simulate("--seed", "7"), simulate("--seed", "7")
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert "every invariant holds" in first.stdout


def test_a_seed_tells_its_story() -> None:
    """Who does what, what comes of it, and what clients hear, in the order of time."""
    lines = simulate("--seed", "5").stdout.splitlines()
    told = [each for each in lines if " s  " in each]
    assert any("asks the processor to charge" in each for each in told)
    assert any("client-1" in each and "hears " in each for each in told)
    times = [float(each.split(" s  ")[0]) for each in told]
    assert times == sorted(times)


def test_a_schedule_is_shown_step_by_step() -> None:
    ran = simulate("--flow", "create", "--schedule", "5=lose_answer")
    assert ran.exit_code == 0
    (line,) = [each for each in ran.stdout.splitlines() if "lose_answer" in each]
    assert "processor.authorize" in line


def test_drawn_worlds_are_counted() -> None:
    ran = simulate("--minutes", "0", "--from-seed", "3")
    assert ran.exit_code == 0
    assert "1 worlds (seeds 3 to 3)" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--flow", "none"), "none is no flow"),
        (("--flow", "create", "--schedule", "5=explode"), "explode"),
        (("--flow", "create", "--schedule", "five"), "five"),
    ],
)
def test_what_it_cannot_run_it_says(arguments: tuple[str, ...], reason: str) -> None:
    ran = simulate(*arguments)
    assert ran.exit_code == 1
    assert reason in ran.stderr
    assert "--help" in ran.stderr
