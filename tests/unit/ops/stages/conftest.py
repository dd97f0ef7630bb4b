"""A company's project: our fixture stacks in a folder of its own, to be changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.own_settings import ROOT
from tests.stacks import PROJECT

Change = Callable[[str, str, str], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(PROJECT, root, ignore=shutil.ignore_patterns("__pycache__"))
    workflows = root / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "main.yml").write_text(WORKFLOW)
    for folder, program in (("", "infra"), ("bootstrap", "bootstrap")):
        file = root / folder / "Pulumi.yaml"
        main = next(line for line in file.read_text().splitlines() if line.startswith("main: "))
        file.write_text(file.read_text().replace(main, f"main: {ROOT / program}"))
    return root


@pytest.fixture
def change(project: Path) -> Change:
    def changed(file: str, old: str, new: str) -> None:
        path = project / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return changed


WORKFLOW = """on: push
jobs:
  check:
    uses: ./.github/workflows/check.yml

  # The stages of stages.json, from here to the end: `tollgate stage add` writes it anew.

  dev:
    needs: check
    uses: ./.github/workflows/deploy.yml
    with:
      stage: dev

  prod:
    needs: [check, dev]
    uses: ./.github/workflows/deploy.yml
    with:
      stage: prod
"""
