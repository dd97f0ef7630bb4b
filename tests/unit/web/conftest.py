"""The card fields' modules, run by Node."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.fields.release import WEB

Call = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `web/` with what its package.json locks."""
    folder = tmp_path_factory.mktemp("sources") / "web"
    copy = shutil.copytree(WEB, folder, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return copy


@pytest.fixture(scope="session")
def compiler(sources: Path) -> Path:
    """TypeScript's, of the locked version."""
    return sources / "node_modules" / ".bin" / "tsc"


@pytest.fixture(scope="session")
def call() -> Call:
    """What a module's function answers to each of some lists of arguments; null where it has no answer."""

    def called(module: str, function: str, *arguments: list[Any]) -> list[Any]:
        program = (
            f"import {{ {function} as f }} from {json.dumps((WEB / 'card' / module).as_uri())};"
            f"const all = {json.dumps(arguments)};"
            "console.log(JSON.stringify(all.map((each) => f(...each) ?? null)));"
        )
        command = ["node", "--input-type=module", "-"]
        done = subprocess.run(command, input=program, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return called
