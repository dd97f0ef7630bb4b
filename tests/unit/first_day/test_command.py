"""What `tollgate first-day` says, and how it ends."""

import json

import pytest
import typer

from onboarding.failure import Failure
from ops.commands import first_day as command
from ops.first_day import TRIALS, Saw
from ops.terminal import results
from ops.verification import Outcome

FIRST, SECOND = TRIALS[:2]


def test_what_failed_is_told_with_what_to_do_and_ends_with_1() -> None:
    seen = [Saw(FIRST, Outcome.PASS, "a mail"), Saw(SECOND, Outcome.FAIL, "no topic")]
    results.width = 200
    with results.capture() as captured, pytest.raises(typer.Exit) as ended:
        command.conclude(seen, as_json=False)
    assert ended.value.exit_code == 1
    text = captured.get()
    assert f"fail     {SECOND.name}: no topic\n         {SECOND.otherwise}\n" in text
    assert FIRST.otherwise not in text
    assert text.endswith("1 pass, 1 fail.\n")


def test_what_is_unknown_does_not_fail_and_json_has_all() -> None:
    with results.capture() as captured:
        command.conclude([Saw(FIRST, Outcome.UNKNOWN, "denied")], as_json=True)
    (told,) = json.loads(captured.get())
    assert told.keys() == {"name", "shows", "does", "otherwise", "outcome", "evidence"}


def test_the_laptop_has_no_first_day() -> None:
    with pytest.raises(Failure, match="isn't AWS"):
        command.first_day("local")


def test_rights_are_printed_without_asking_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    command.first_day("prod", rights=True)
    (statement,) = json.loads(capsys.readouterr().out)["Statement"]
    assert {"iam:PassRole", "backup:StartBackupJob", "s3:ListBucket"} <= set(statement["Action"])
