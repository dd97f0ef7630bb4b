"""Workflows hold what opens the accounts: least rights, pinned actions, no code of strangers."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.imports import ROOT

GITHUB = ROOT / ".github"
# A company's own are its own affair.
SHIPPED = (
    *("audit", "card-fields", "check", "deploy", "destroy", "drift", "main", "npm", "pull-request", "stages"),
)
WORKFLOWS = [GITHUB / "workflows" / f"{name}.yml" for name in SHIPPED]
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
STAGE = "./.github/actions/stage"
# A commit's whole id, and the release it is of, for whoever reads or raises it.
PINNED = re.compile(r"^ +(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
# What a pull request's author writes; in a script it would be run.
WRITTEN_BY_STRANGERS = re.compile(r"\$\{\{[^}]*github\.(event|head_ref)[^}]*\}\}")


def read(path: Path) -> dict[str, Any]:
    # `on` is a boolean in YAML 1.1.
    content = yaml.safe_load(path.read_text())
    return {"on" if key is True else key: value for key, value in content.items()}


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            yield f"{path.name}:{name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs():
        yield from ((name, step) for step in job.get("steps", []))
    for path in ACTIONS:
        yield from ((path.parent.name, step) for step in read(path)["runs"]["steps"])


JOBS = dict(jobs())


def uses(job: Mapping[str, Any], action: str) -> list[dict[str, Any]]:
    return [step for step in job.get("steps", []) if step.get("uses", "").startswith(action)]


def signs_in(job: Mapping[str, Any]) -> bool:
    return bool(uses(job, STAGE)) or job.get("uses", "").endswith("/deploy.yml")


def test_every_action_of_others_is_pinned_to_a_commit_and_says_its_release() -> None:
    for path in (*WORKFLOWS, *ACTIONS):
        for line in path.read_text().splitlines():
            if "uses:" in line and "uses: ./" not in line:
                assert PINNED.match(line), f"{path.name}: {line.strip()}"


def test_one_action_has_one_version() -> None:
    versions: dict[str, set[str]] = {}
    for _, step in steps():
        if "@" in step.get("uses", ""):
            action, _, version = step["uses"].partition("@")
            versions.setdefault(action, set()).add(version)
    assert {action: len(used) for action, used in versions.items() if len(used) != 1} == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_permitted_to_a_whole_workflow(path: Path) -> None:
    assert read(path)["permissions"] == {}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_reads_the_sources_and_has_an_identity_only_to_sign_in_or_to_publish(name: str) -> None:
    if name == "main.yml:site":
        assert JOBS[name]["permissions"] == {"pages": "write", "id-token": "write"}
        assert [step["uses"].partition("@")[0] for step in JOBS[name]["steps"]] == ["actions/deploy-pages"]
        return
    identified = signs_in(JOBS[name]) or name == "npm.yml:publish"
    expected = {"contents": "read"} | ({"id-token": "write"} if identified else {})
    assert JOBS[name]["permissions"] == expected


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_runs_with_the_repositorys_rights_on_strangers_code(path: Path) -> None:
    assert {"pull_request_target", "workflow_run", "issue_comment"}.isdisjoint(read(path)["on"])


def test_no_checkout_leaves_its_credentials_behind() -> None:
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    for step in checkouts:
        assert step["with"]["persist-credentials"] is False


def test_no_script_holds_what_strangers_have_written() -> None:
    for name, step in steps():
        # An expression in a script is pasted into it; the environment hands it over as text.
        assert not re.search(r"\$\{\{", step.get("run", "")), name
        assert not WRITTEN_BY_STRANGERS.search(str(step)), name


def test_no_long_lived_secret_is_used() -> None:
    for path in (*WORKFLOWS, *ACTIONS):
        assert "secrets." not in path.read_text()
        assert "aws-access-key-id" not in path.read_text()


@pytest.mark.parametrize("name", JOBS)
def test_a_job_ends_some_time_on_a_named_machine(name: str) -> None:
    job = JOBS[name]
    if "uses" not in job:
        assert 0 < job["timeout-minutes"] <= 120
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])


def test_only_who_deploys_and_destroys_takes_the_deploying_role_in_the_stages_environment() -> None:
    taking = {
        name
        for name, job in JOBS.items()
        for step in uses(job, STAGE)
        if step["with"]["role"] != "tollgate-preview"
    }
    assert taking == {"deploy.yml:deploy", "destroy.yml:destroy"}
    for name in taking:
        (step,) = uses(JOBS[name], STAGE)
        assert JOBS[name]["environment"] == step["with"]["stage"] == "${{ inputs.stage }}"


@pytest.mark.parametrize("name", ["deploy.yml:deploy", "destroy.yml:destroy"])
def test_a_deployment_is_never_cut_off_and_never_runs_twice_at_once(name: str) -> None:
    concurrency = JOBS[name]["concurrency"]
    assert concurrency == {"group": "deploy-${{ inputs.stage }}", "cancel-in-progress": False}


def test_a_stage_is_destroyed_by_hand_if_it_may_be_and_somebody_means_it() -> None:
    assert read(GITHUB / "workflows" / "destroy.yml")["on"].keys() == {"workflow_dispatch"}
    commands = [step.get("run", "") for step in JOBS["destroy.yml:destroy"]["steps"]]
    assert commands[0] == 'test "$CONFIRMATION" = "$STAGE"'
    assert any("durability: ephemeral" in command for command in commands)
    assert commands[-1].startswith("pulumi destroy")


def test_a_stage_follows_a_deployment_of_the_one_before_it_that_lives() -> None:
    main = read(GITHUB / "workflows" / "main.yml")["jobs"]
    deploying = {name: job for name, job in main.items() if job.get("uses", "").endswith("/deploy.yml")}
    first, *others = deploying
    assert deploying[first]["needs"] == "check"
    for before, name in zip(deploying, others, strict=False):
        assert deploying[name]["needs"] == ["check", before]
    assert [job["with"]["stage"] for job in deploying.values()] == list(deploying)
    assert "tollgate smoke" in JOBS["deploy.yml:deploy"]["steps"][-1]["run"]


def test_a_package_is_published_by_hand_from_main_in_an_environment_that_asks_people() -> None:
    assert read(GITHUB / "workflows" / "npm.yml")["on"].keys() == {"workflow_dispatch"}
    job = JOBS["npm.yml:publish"]
    assert (job["if"], job["environment"]) == ("github.ref == 'refs/heads/main'", "npm")


def test_the_card_fields_of_every_stage_are_looked_at_every_hour_without_credentials() -> None:
    workflow = read(GITHUB / "workflows" / "card-fields.yml")
    ((minute, *rest),) = (each["cron"].split() for each in workflow["on"]["schedule"])
    assert minute.isdecimal()
    assert rest == ["*"] * 4
    assert not signs_in(JOBS["card-fields.yml:compare"])
    assert 'tollgate fields check --stack "$STAGE"' in JOBS["card-fields.yml:compare"]["steps"][-1]["run"]


def test_every_look_and_every_change_is_held_against_the_policies() -> None:
    commands = [
        line
        for _, step in steps()
        for line in step.get("run", "").splitlines()
        if re.search(r"pulumi (preview|up)\b", line)
    ]
    assert len(commands) == 3
    for command in commands:
        assert '--policy-pack policies --policy-pack-config "policies/config/$STAGE.json"' in command


def test_what_is_deployed_is_what_was_checked() -> None:
    commands = [step.get("run", "") for step in JOBS["deploy.yml:deploy"]["steps"]]
    checking, deploying = (
        next(index for index, command in enumerate(commands) if text in command)
        for text in ("sha256sum --check", "pulumi up")
    )
    assert checking < deploying


def test_a_stage_that_was_rolled_back_is_not_deployed_before_somebody_lifts_that() -> None:
    commands = [step.get("run", "") for step in JOBS["deploy.yml:deploy"]["steps"]]
    checking, deploying = (
        next(index for index, command in enumerate(commands) if text in command)
        for text in ('tollgate rollback --check --stack "$STAGE"', "pulumi up")
    )
    assert checking < deploying


def test_pull_requests_of_forks_are_checked_and_not_previewed() -> None:
    job = JOBS["pull-request.yml:preview"]
    assert job["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert "if" not in JOBS["pull-request.yml:check"]


def test_the_command_line_is_that_of_the_locked_sdk() -> None:
    locked = re.search(r"^pulumi==([\d.]+)", (ROOT / "requirements" / "local.in").read_text(), re.MULTILINE)
    (step,) = (step for _, step in steps() if step.get("uses", "").startswith("pulumi/actions@"))
    assert locked
    assert step["with"] == {"pulumi-version": locked.group(1)}
