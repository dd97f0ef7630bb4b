"""What GitHub reads beside workflows: who approves, what is kept up to date, what an issue says."""

from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from tests.architecture.imports import ROOT

GITHUB = ROOT / ".github"


def owned() -> list[str]:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


def updates() -> list[dict[str, Any]]:
    return yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]


def test_every_path_has_an_owner_and_every_owners_path_is_there() -> None:
    assert owned()[0] == "*"
    assert [path for path in owned()[1:] if not (ROOT / path.lstrip("/")).exists()] == []


@pytest.mark.parametrize(
    ("ecosystem", "manifest"),
    [("pip", "requirements/*.in"), ("gomod", "tests/**/go.mod"), ("npm", "tests/**/package.json")],
)
def test_everything_that_is_locked_is_kept_up_to_date(ecosystem: str, manifest: str) -> None:
    looked_at = {
        folder.strip("/")
        for update in updates()
        if update["package-ecosystem"] == ecosystem
        for folder in update.get("directories", [update.get("directory")])
    }
    found = {
        path.parent.relative_to(ROOT).as_posix()
        for path in ROOT.glob(manifest)
        if "node_modules" not in path.parts
    }
    assert found == looked_at


def test_actions_are_kept_up_to_date_where_they_are_used() -> None:
    (actions,) = (each for each in updates() if each["package-ecosystem"] == "github-actions")
    for used in GITHUB.glob("actions/*"):
        assert any(fnmatch(f"/.github/actions/{used.name}", pattern) for pattern in actions["directories"])


@pytest.mark.parametrize("name", ["fault.yml", "wish.yml"])
def test_an_issue_asks_what_is_needed_to_answer_it(name: str) -> None:
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8"))
    required = [each["id"] for each in form["body"] if each.get("validations", {}).get("required")]
    assert required
    assert form.keys() == {"name", "description", "labels", "body"}


def test_a_weakness_is_not_asked_for_as_an_issue() -> None:
    config = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "config.yml").read_text(encoding="utf-8"))
    assert config["blank_issues_enabled"] is False
    assert config["contact_links"][0]["url"].endswith("/security/advisories/new")
    assert "Report a weakness" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_one_after_the_other() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        assert page.read_text(encoding="utf-8").startswith(f"# {int(page.name[:4])}. "), page.name
