"""What the usual linters have to say of the contract: nothing."""

from pathlib import Path

import pytest

from tests.clients.conftest import CONTRACT, run


@pytest.fixture(scope="session")
def linters(workshop: Path) -> Path:
    """The folder in which the linters are installed."""
    folder = workshop / "lint"
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=folder)
    return folder


@pytest.mark.toolchain("npm", "node")
def test_redocly_finds_nothing(linters: Path) -> None:
    run("npx", "redocly", "lint", "--config", "redocly.yaml", CONTRACT, cwd=linters)


@pytest.mark.toolchain("npm", "node")
def test_spectral_finds_nothing(linters: Path) -> None:
    strict = ("--ruleset", "spectral.yaml", "--fail-severity", "hint")
    run("npx", "spectral", "lint", *strict, CONTRACT, cwd=linters)
