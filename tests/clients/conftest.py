"""Generated clients, and what they pay with."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.cards import encrypt_card
from tests.laptop import ROOT

HERE = Path(__file__).parent
CONTRACT = ROOT / "runtime" / "openapi.yaml"
MINUTES = 60


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share the laptop cloud with the other tests that speak HTTP."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("laptop"))


def run(*command: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Its standard output. It fails with all that the command has said."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=15 * MINUTES,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture
def pay(local: Mapping[str, Any]) -> Callable[..., dict[str, Any]]:
    """Runs a client's program, with a new card, and reads what it has seen."""

    def paid(*command: str | Path, cwd: Path | None = None, **environment: str) -> dict[str, Any]:
        base_url = local["base_url"]
        keys = requests.get(f"{base_url}/.well-known/jwks.json", timeout=40).json()["keys"]
        card_key = next(key for key in keys if key["use"] == "enc")
        grant = {"grant_type": "client_credentials"}
        credentials = (local["client_id"], local["client_secret"])
        answer = requests.post(f"{base_url}/oauth/token", data=grant, auth=credentials, timeout=40)
        given = {
            "BASE_URL": base_url,
            "ACCESS_TOKEN": answer.json()["access_token"],
            "ENCRYPTED_CARD": encrypt_card(card_key, local["merchant_id"]),
            **environment,
        }
        said = run(*command, cwd=cwd, environment=given)
        return json.loads(said[said.index("{") : said.rindex("}") + 1])  # Maven adds its colours around it

    return paid


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this folder, for what the generators make."""
    return shutil.copytree(HERE, tmp_path_factory.mktemp("clients") / "clients")


@pytest.fixture(scope="session")
def python(workshop: Path) -> Path:
    """An interpreter that has what generators and generated clients need."""
    uv, made = ROOT / ".venv" / "bin" / "uv", workshop / "venv"
    run(uv, "venv", "--quiet", made)
    interpreter = made / "bin" / "python"
    locked = ROOT / "requirements" / "clients.txt"
    run(uv, "pip", "install", "--quiet", "--python", interpreter, "--require-hashes", "-r", locked)
    return interpreter


@pytest.fixture(scope="session")
def maven(workshop: Path) -> Path:
    """The folder of what OpenAPI Generator has made: `java` compiled, `python`, `ruby`, `typescript`."""
    project = workshop / "java"
    run("mvn", "--batch-mode", "--quiet", f"-Dcontract={CONTRACT}", "compile", cwd=project)
    return project / "target"


@pytest.fixture(scope="session")
def node(workshop: Path) -> Path:
    """The folder of the TypeScript programs, with what they need installed."""
    folder = workshop / "node"
    (folder / "made").mkdir()
    run("npm", "ci", "--no-audit", "--no-fund", cwd=folder)
    return folder
