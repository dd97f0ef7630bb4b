"""Every command that runs a program says what is wrong with a stack in a few lines, and what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.command import app
from tests.unit.ops.stages.conftest import Change

COMMANDS = (["graph"], ["iam", "report"], ["policy", "check"], ["evidence"], ["check"])


def told(project: Path, command: list[str], stack: str) -> list[str]:
    result = CliRunner().invoke(app, [*command, "--root", str(project), "--stack", stack])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    return result.output.splitlines()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    project: Path, change: Change, command: list[str]
) -> None:
    change("Pulumi.dev.yaml", "durability: ephemeral", "durability: durabel")
    lines = told(project, command, "dev")
    assert len(lines) <= 5
    assert any(
        "tollgate:durability: Invalid enum value 'durabel'; allowed are ephemeral, durable" in line
        for line in lines
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_unknown_stack_is_answered_with_those_that_there_are(project: Path, command: list[str]) -> None:
    text = " ".join(told(project, command, "nowhere"))
    assert "There is no stack 'nowhere': Pulumi.nowhere.yaml isn't in" in text
    assert "dev, local, prod" in text
