"""What is wrong with a company's stages is named, with the file."""

import json
from pathlib import Path

import pytest

from onboarding.failure import Failure
from ops.stages.checking import problems
from ops.stages.listing import listed
from tests.unit.ops.stages.conftest import Change

DEV, PROD, BOOTSTRAP = "Pulumi.dev.yaml", "Pulumi.prod.yaml", "bootstrap/Pulumi.dev.yaml"
MAIN = ".github/workflows/main.yml"


def found(project: Path, *chosen: str) -> list[str]:
    stages = listed(project)
    return [str(each) for each in problems(chosen or stages.stages, stages, project)]


def test_the_fixture_stacks_have_no_problem(project: Path) -> None:
    assert found(project) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            BOOTSTRAP,
            "region: eu-west-1",
            "region: eu-west-2",
            "Pulumi.dev.yaml: region is eu-west-1, and eu-west-2",
        ),
        (
            BOOTSTRAP,
            "ephemeral",
            "durable",
            "Pulumi.dev.yaml: durability is ephemeral, and durable in bootstrap/",
        ),
        (DEV, "role/tollgate-preview", "role/other", "previewers lacks the role tollgate-preview"),
        (DEV, "role/tollgate-audit", "role/other", "archive.investigators lacks the role tollgate-audit"),
        (DEV, "throttle: {rate: 1000", "throttle: {rates: 1000", "dev: Pulumi.dev.yaml is not usable"),
        (
            DEV,
            "first_seconds: 10",
            "first_seconds: 11",
            "follow_up.first_seconds differs from prod's",
        ),
        (DEV, "guardduty: standalone", "guardduty: member", "detection.guardduty differs from prod's"),
        (DEV, "Z0DEVEXAMPLE", "Z00000000", "Pulumi.dev.yaml:27: Z00000000 is a placeholder"),
        (PROD, "333333333333", "222222222222", "its account is also that of dev"),
        (MAIN, "needs: [check, dev]", "needs: check", "main.yml: prod doesn't wait for dev"),
        (MAIN, "stage: dev", "stage: test", "main.yml: dev isn't deployed"),
        (MAIN, "stage: dev", "stage: test", "main.yml: test is deployed, and isn't in stages.json"),
        ("stages.json", '"prod"', '"prod", "dev"', "stages.json: dev stands there twice"),
        ("stages.json", '"dev", "prod"', '"prod"', "dev isn't listed, although there is a "),
        (
            "stages.json",
            '"durability"',
            '"durabilities"',
            "dev's durabilities is declared, and doesn't differ",
        ),
    ],
)
def test_a_problem_is_told_with_its_file(
    project: Path, change: Change, file: str, old: str, new: str, told: str
) -> None:
    change(file, old, new)
    assert [each for each in found(project) if told in each]


def test_a_missing_file_of_a_stage_is_named(project: Path) -> None:
    (project / BOOTSTRAP).unlink()
    (only,) = found(project, "dev")
    assert "There is no stack 'dev'" in only
    assert "bootstrap" in only


def test_a_missing_configuration_of_the_policies_is_named(project: Path) -> None:
    (project / "policies/config/dev.json").unlink()
    (only,) = found(project, "dev")
    assert "policies/config/dev.json doesn't exist" in only


@pytest.mark.parametrize(
    ("content", "reason"), [("{", "not usable"), (json.dumps({"stages": ["Dev!"]}), "matching regex")]
)
def test_a_list_that_cant_be_read_is_explained(project: Path, content: str, reason: str) -> None:
    (project / "stages.json").write_text(content)
    with pytest.raises(Failure, match=reason):
        listed(project)
