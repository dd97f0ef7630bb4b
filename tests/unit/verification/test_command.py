"""What `tollgate verify` says, and how it ends."""

import json
from typing import Any

import pytest
import typer

from onboarding.failure import Failure
from ops.commands import verify as command
from ops.terminal import results
from ops.verification import CHECKS, Account, Outcome, Verdict, verify

FIRST, SECOND = CHECKS[:2]


def told(*verdicts: Verdict) -> str:
    with results.capture() as captured:
        results.width = 200
        command.present(verdicts)
    return captured.get()


def test_a_failure_is_told_with_its_evidence_and_what_to_do() -> None:
    text = told(
        Verdict(FIRST, Outcome.PASS, "1 as declared: api"),
        Verdict(SECOND, Outcome.FAIL, "api: GET /x isn't there"),
    )
    assert f"fail  {SECOND.topic}, {SECOND.name}: api: GET /x isn't there" in text
    assert SECOND.remedy in text
    assert FIRST.remedy not in text
    assert text.endswith("1 pass, 1 fail.\n")


def test_what_is_unknown_is_told_apart() -> None:
    text = told(Verdict(FIRST, Outcome.UNKNOWN, "GetRole is denied: needs the right iam:GetRole"))
    assert "needs the right iam:GetRole" in text
    assert text.endswith("1 unknown.\n")


def test_a_stage_as_declared_ends_well(account: Account) -> None:
    with results.capture() as captured:
        command.conclude(verify(account, lambda _: None), as_json=True)
    verdicts: list[dict[str, Any]] = json.loads(captured.get())
    assert len(verdicts) == len(CHECKS)
    assert verdicts[0].keys() == {"topic", "name", "shows", "calls", "remedy", "outcome", "evidence"}


@pytest.mark.parametrize("as_json", [True, False])
def test_a_failure_ends_with_1(as_json: bool) -> None:
    failed = [Verdict(FIRST, Outcome.PASS, "all"), Verdict(SECOND, Outcome.FAIL, "api: not there")]
    with results.capture(), pytest.raises(typer.Exit) as ended:
        command.conclude(failed, as_json=as_json)
    assert ended.value.exit_code == 1


def test_what_is_unknown_does_not_fail() -> None:
    with results.capture():
        command.conclude([Verdict(FIRST, Outcome.UNKNOWN, "denied")], as_json=False)


def test_the_laptop_is_not_verified() -> None:
    with pytest.raises(Failure, match="isn't AWS"):
        command.verify("local")


def test_rights_are_printed_without_asking_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    command.verify("prod", rights=True)
    (statement,) = json.loads(capsys.readouterr().out)["Statement"]
    assert "iam:GetRole" in statement["Action"]
