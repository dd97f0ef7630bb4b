"""The page for a lost Region works from its first line: its settings are a stage's, its boundaries fit it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.backup_statements import restore_tables
from infra.settings import Settings, read_settings
from ops.iam.evaluation import allowed
from tests.infra.graphs import ROOT
from tests.runbook.calls import ACCOUNT
from tests.runbook.pages import commands
from tests.stacks import PROJECT

OTHER = "eu-central-1"
PAGE = ROOT / "docs" / "runbook" / "lost-region.md"
OPTIONS = ("--stack", "prod2", "--path")


def changed(settings: dict[str, Any]) -> dict[str, Any]:
    """What the page's `pulumi config` commands make of a stack's settings."""
    for command in commands():
        if command.page == PAGE.name and command.words[1] == "config":
            verb, key, *value = (word for word in command.words[2:] if word not in OPTIONS)
            *path, last = re.split(r"[.\[]", key.replace("]", ""))
            place: Any = settings
            for step in path:
                place = place[step]
            if verb == "rm":
                del place[last]
            elif isinstance(place, list):
                place.insert(int(last), value[0])
            else:
                place[last] = value[0]
    return settings


@pytest.fixture
def prod2(tmp_path: Path) -> Settings:
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / "tollgate.zip").touch()
    stack = yaml.safe_load((PROJECT / "Pulumi.prod.yaml").read_text(encoding="utf-8"))["config"]
    values = {
        key.removeprefix("tollgate:"): value if isinstance(value, str) else json.dumps(value)
        for key, value in changed(stack).items()
        if key.startswith("tollgate:")
    }
    return read_settings("prod2", values, tmp_path)


def test_the_pages_settings_are_those_of_a_stage_in_the_other_region(prod2: Settings) -> None:
    assert prod2.stage.arn("dynamodb", "x") == f"arn:aws:dynamodb:{OTHER}:{ACCOUNT}:x"
    assert prod2.backup.copy_region not in (None, OTHER, "eu-west-1")
    assert f"arn:aws:iam::{ACCOUNT}:role/YOUR-ROLE" in prod2.operators


def test_dns_is_left_to_the_hand_that_opens_the_new_stage(prod2: Settings) -> None:
    assert prod2.edge.domain
    assert prod2.edge.domain.zone_id is None


def test_the_restore_role_makes_the_tables_that_the_page_names(prod2: Settings) -> None:
    (metadata,) = (
        command.words[-1] for command in commands() if command.words[1:3] == ("backup", "start-restore-job")
    )
    name = metadata.partition(",")[0].removeprefix("targetTableName=").replace("$table", "payments")
    table = prod2.stage.arn("dynamodb", f"table/{name}")
    assert allowed([restore_tables(prod2.stage)], "dynamodb:RestoreTableFromAwsBackup", table)


@pytest.mark.parametrize("bound", ["functions", "services"])
def test_the_pages_script_prints_the_boundaries_of_the_new_stage(bound: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (script,) = re.findall(r"<<'END'\n(.*?)^ *END$", page, re.DOTALL | re.MULTILINE)
    lines = "\n".join(line.strip() for line in script.splitlines())
    command = [sys.executable, "-c", lines, bound]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    statements = json.loads(printed)["Statement"]
    table = f"arn:aws:dynamodb:{OTHER}:{ACCOUNT}:table/tollgate-prod2-payments"
    action = {"functions": "dynamodb:UpdateItem", "services": "dynamodb:RestoreTableFromAwsBackup"}[bound]
    there = {"aws:RequestedRegion": OTHER}
    assert allowed(statements, action, table, there)
    assert not allowed(statements, action, table.replace("prod2", "prod"), there)
