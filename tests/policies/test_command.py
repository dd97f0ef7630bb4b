"""`tollgate policy check` on somebody else's program."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.command import app

PROGRAM = """
import pulumi
import pulumi_aws as aws

provider = aws.Provider("aws", region="eu-west-1", allowed_account_ids=["111111111111"])
aws.sqs.Queue("jobs", opts=pulumi.ResourceOptions(provider=provider))
"""
SWITCHED_OFF = {"all": "disabled"}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    return tmp_path


def _check(program: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["policy", "check", "--root", str(program), "--stack", "dev", *options])
    return result.exit_code, result.output


def test_it_fails_with_a_report_for_ci(program: Path, tmp_path: Path) -> None:
    out = tmp_path / "policies.sarif"
    code, output = _check(program, "--format", "sarif", "--out", str(out))
    assert code == 1
    assert "dev: 3 resources" in output
    found = {each["ruleId"] for each in json.loads(out.read_text())["runs"][0]["results"]}
    assert {"queue-uses-customer-key", "queue-has-dead-letter-queue", "account-has-trail"} <= found
    assert not any(name.startswith("tollgate-") for name in found)


def test_it_passes_what_no_policy_that_is_on_forbids(program: Path, tmp_path: Path) -> None:
    config = tmp_path / "off.json"
    config.write_text(json.dumps(SWITCHED_OFF))
    assert _check(program, "--config", str(config))[0] == 0


def test_a_wrong_configuration_is_explained(program: Path, tmp_path: Path) -> None:
    config = tmp_path / "wrong.json"
    config.write_text('{"queue-has-alarms": {}}')
    code, output = _check(program, "--config", str(config))
    assert code == 1
    assert "the pack has no policy queue-has-alarms" in output


def test_a_program_that_fails_is_explained(program: Path) -> None:
    (program / "__main__.py").write_text("raise ValueError('no queues today')")
    code, output = _check(program)
    assert code == 1
    assert "no queues today" in output
