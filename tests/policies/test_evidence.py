"""`tollgate evidence` on our own program, with the real pack."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.command import app
from policies.pack import POLICIES
from tests.stacks import PROJECT

pytestmark = pytest.mark.xdist_group("policies")


def test_the_bundle_has_the_results_of_all_policies(tmp_path: Path) -> None:
    out = tmp_path / "evidence.zip"
    result = CliRunner().invoke(
        app, ["evidence", "--root", str(PROJECT), "--stack", "dev", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("run.json"))["stack"] == "dev"
        policies = json.loads(archive.read("policies.json"))["policies"]
    assert {each["name"] for each in policies} == {policy.name for policy in POLICIES}
    assert not any(each["result"] == "failed" for each in policies)


def test_a_stack_that_does_not_exist_is_explained(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evidence", "--stack", "nowhere", "--out", str(tmp_path / "new")])
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert not (tmp_path / "new").exists()
