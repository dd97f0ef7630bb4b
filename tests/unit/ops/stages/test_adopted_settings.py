"""`tollgate check` on a company's own settings: other accounts, Regions and people, and no domain."""

import json
import re
from pathlib import Path

from typer.testing import CliRunner, Result

from ops.command import app
from tests.unit.ops.stages.conftest import Change

REGIONS = {"reason": "The company is at home there.", "regions": ["us-east-1", "us-west-2"]}


def adopted(project: Path) -> None:
    """What a company changes first."""
    for folder in (project, project / "bootstrap"):
        for path in folder.glob("Pulumi.*.yaml"):
            text = path.read_text()
            for old, new in {
                "222222222222": "712345678901",
                "333333333333": "723456789012",
                "eu-west-1": "us-east-1",
                "eu-central-1": "us-west-2",
                "tollgate.example": "acme.test",
                "example.com": "acme.test",
            }.items():
                text = text.replace(old, new)
            path.write_text(text)
    dev = project / "Pulumi.dev.yaml"
    without_name = re.sub(r"    domain:\n(?:      .*\n)+", "", dev.read_text())
    dev.write_text(re.sub(r"  tollgate:card_fields:\n(?:    .*\n)+", "", without_name))


def allow(project: Path, name: str) -> None:
    path = project / "policies" / "config" / f"{name}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "region-is-allowed": REGIONS}))


def check(project: Path) -> Result:
    return CliRunner().invoke(app, ["check", "--root", str(project), "--stack", "dev"])


def test_own_settings_pass_once_what_differs_is_declared_and_the_region_is_allowed(
    project: Path, change: Change
) -> None:
    adopted(project)
    first = check(project)
    assert first.exit_code == 1
    assert "Pulumi.dev.yaml: edge.domain differs from prod's" in first.output
    assert "Pulumi.dev.yaml: card_fields differs from prod's" in first.output
    named = '"edge.domain": "AWS\'s own name is enough.", "card_fields": "Nobody pays here."'
    change("stages.json", '"durability"', f'{named}, "durability"')
    allow(project, "dev")
    allow(project, "bootstrap")
    passed = check(project)
    assert passed.exit_code == 0, passed.output
