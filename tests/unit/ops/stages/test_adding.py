"""A stage is one command, and what it writes is complete but for what only the company knows."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from ops.command import app
from ops.stages.checking import problems
from ops.stages.listing import listed
from ops.stages.settings import account_settings, stage_settings
from tests.unit.ops.stages.conftest import Change

ACCOUNT = "777777777777"


def tollgate(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--root", str(project)])


def add(project: Path, *options: str, region: str = "us-east-1") -> Result:
    return tollgate(project, "stage", "add", "staging", "--account", ACCOUNT, "--region", region, *options)


def test_a_new_stage_has_all_its_files(project: Path) -> None:
    result = add(project)
    assert result.exit_code == 0, result.output
    settings, account = stage_settings("staging", project), account_settings("staging", project)
    assert (
        (settings.account_id, settings.region)
        == (account.account_id, account.region)
        == (ACCOUNT, "us-east-1")
    )
    assert settings.issuer == "https://api.staging.tollgate.example"
    assert listed(project).stages == ("dev", "staging", "prod")
    assert "222222222222" not in (project / "Pulumi.staging.yaml").read_text()
    assert "pulumi stack init staging" in result.output


def test_a_region_outside_the_packs_is_allowed_for_the_stage_alone(project: Path) -> None:
    before = (project / "policies/config/dev.json").read_text()
    add(project)
    regions = json.loads((project / "policies/config/staging.json").read_text())["region-is-allowed"][
        "regions"
    ]
    assert "us-east-1" in regions
    assert (project / "policies/config/dev.json").read_text() == before


def test_a_release_reaches_it_after_the_one_before_and_production_waits_for_it(project: Path) -> None:
    add(project)
    jobs = yaml.safe_load((project / ".github/workflows/main.yml").read_text())["jobs"]
    assert jobs["staging"]["needs"] == ["check", "dev"]
    assert jobs["prod"]["needs"] == ["check", "staging"]
    assert jobs["staging"]["with"]["stage"] == "staging"
    assert jobs["check"] == {"uses": "./.github/workflows/check.yml"}


def test_what_only_the_company_knows_is_all_that_is_left(project: Path) -> None:
    add(project)
    stages = listed(project)
    left = [str(each) for each in problems(["staging"], stages, project)]
    assert len(left) == 7  # certificate and zone twice, and a role of the company's in three places
    assert all("is a placeholder" in each for each in left)


def test_like_production_it_needs_a_domain_of_its_own(project: Path) -> None:
    result = add(project, "--like", "prod", region="eu-west-1")
    assert result.exit_code == 1
    assert "--domain api.staging.example.com" in result.output
    assert not (project / "Pulumi.staging.yaml").exists()
    named = add(project, "--like", "prod", "--domain", "pay.staging.example", region="eu-west-1")
    assert named.exit_code == 0, named.output
    assert stage_settings("staging", project).edge.domain.name == "pay.staging.example"  # type: ignore[union-attr]
    assert stage_settings("staging", project).card_fields.name == "js.staging.example"  # type: ignore[union-attr]
    assert "money is real" in named.output


def test_a_domain_needs_a_model_that_has_one(project: Path, change: Change) -> None:
    change("Pulumi.dev.yaml", "    domain:\n", "    # domain:\n")
    for line in ("name: api.dev", "certificate_arn: arn", "zone_id: Z0D"):
        change("Pulumi.dev.yaml", f"      {line}", f"      # {line}")
    for line in (
        "tollgate:card_fields:",
        "  name: js.dev",
        "  certificate_arn: arn",
        "  zone_id: Z0D",
        "  origins:",
    ):
        change("Pulumi.dev.yaml", f"  {line}", f"  # {line}")
    result = add(project, "--domain", "pay.staging.example")
    assert result.exit_code == 1
    assert "dev has no domain" in result.output


def test_what_belongs_to_the_other_stacks_state_is_left_behind(project: Path, change: Change) -> None:
    change("Pulumi.dev.yaml", "config:\n", "secretsprovider: awskms://x\nencryptedkey: AQ==\nconfig:\n")
    add(project)
    assert yaml.safe_load((project / "Pulumi.staging.yaml").read_text()).keys() == {"config"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--like", "nowhere"], "There is no stage 'nowhere'"),
        (["--after", "nowhere"], "There is no stage 'nowhere'"),
    ],
)
def test_a_stage_that_isnt_there_is_no_model(project: Path, arguments: list[str], reason: str) -> None:
    result = add(project, *arguments)
    assert result.exit_code == 1
    assert reason in result.output


@pytest.mark.parametrize(
    ("name", "account", "region"),
    [("Staging", ACCOUNT, "us-east-1"), ("staging", "12", "us-east-1"), ("staging", ACCOUNT, "Ireland")],
)
def test_what_cant_be_a_stage_is_refused_before_anything_is_written(
    project: Path, name: str, account: str, region: str
) -> None:
    before = (project / "stages.json").read_text()
    result = tollgate(project, "stage", "add", name, "--account", account, "--region", region)
    assert result.exit_code == 1
    assert "That can't be a stage" in result.output
    assert (project / "stages.json").read_text() == before


def test_nothing_that_is_there_is_overwritten(project: Path) -> None:
    add(project)
    again = add(project)
    assert again.exit_code == 1
    assert "There is a stage 'staging' already" in again.output
