"""The page for a lost Region works from its first line: its settings make a stage, its boundaries fit it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine import Graph, up
from ops.iam.evaluation import allowed
from tests.infra.graphs import ROOT
from tests.runbook.calls import ACCOUNT
from tests.runbook.pages import commands
from tests.stacks import PROJECT

OTHER = "eu-central-1"
PAGE = ROOT / "docs" / "runbook" / "lost-region.md"


def changed(settings: dict[str, Any]) -> dict[str, Any]:
    """What the page's `pulumi config` commands make of a stack's settings."""
    for command in commands():
        if command.page == PAGE.name and command.words[1] == "config":
            verb, *rest = (word for word in command.words[2:] if word not in ("--stack", "prod2", "--path"))
            namespace, *path = re.split(r"[.\[]", rest[0].replace("]", ""))
            place: Any = settings
            for step in [namespace, *path][:-1]:
                place = place[step]
            last = ([namespace, *path])[-1]
            if verb == "rm":
                del place[last]
            elif isinstance(place, list):
                place.insert(int(last), rest[1])
            else:
                place[last] = rest[1]
    return settings


@pytest.fixture(scope="module")
def prod2(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Graph:
    root = tmp_path_factory.mktemp("prod2")
    for path in ROOT.iterdir():
        if not path.name.startswith("Pulumi."):
            (root / path.name).symlink_to(path)
    (root / "Pulumi.yaml").symlink_to(ROOT / "Pulumi.yaml")
    stack = yaml.safe_load((PROJECT / "Pulumi.prod.yaml").read_text(encoding="utf-8"))
    stack["config"] = changed(stack["config"])
    (root / "Pulumi.prod2.yaml").write_text(yaml.safe_dump(stack), encoding="utf-8")
    return up(root, "prod2", preview=False, overrides={"tollgate:package": str(package)})


def test_the_pages_settings_make_the_stage_in_the_other_region(prod2: Graph) -> None:
    tables = {node.outputs["arn"] for node in prod2.of_type("aws:dynamodb/table:Table")}
    names = ("payments", "clients", "audits", "vault")
    assert tables == {f"arn:aws:dynamodb:{OTHER}:{ACCOUNT}:table/tollgate-prod2-{name}" for name in names}


def test_dns_is_left_to_the_hand_that_opens_the_new_stage(prod2: Graph) -> None:
    assert prod2.of_type("aws:route53/record:Record") == []
    assert prod2.exports["domain_target"]


def test_the_restore_role_makes_the_tables_that_the_page_names(prod2: Graph) -> None:
    (policy,) = (
        json.loads(node.inputs["policy"])["Statement"]
        for node in prod2.of_type("aws:iam/rolePolicy:RolePolicy")
        if node.name == "restore"
    )
    table = f"arn:aws:dynamodb:{OTHER}:{ACCOUNT}:table/tollgate-prod2-payments"
    assert allowed(policy, "dynamodb:RestoreTableFromAwsBackup", table)


@pytest.mark.parametrize("bound", ["functions", "services"])
def test_the_pages_script_prints_the_boundaries_of_the_new_stage(bound: str) -> None:
    (script,) = re.findall(
        r"<<'END'\n(.*?)^ *END$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    lines = "\n".join(line.strip() for line in script.splitlines())
    printed = subprocess.run(
        [sys.executable, "-c", lines, bound], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    document = json.loads(printed)
    table = f"arn:aws:dynamodb:{OTHER}:{ACCOUNT}:table/tollgate-prod2-payments"
    action = {"functions": "dynamodb:UpdateItem", "services": "dynamodb:RestoreTableFromAwsBackup"}[bound]
    assert allowed(document["Statement"], action, table, {"aws:RequestedRegion": OTHER})
    assert not allowed(
        document["Statement"], action, table.replace("prod2", "prod"), {"aws:RequestedRegion": OTHER}
    )
