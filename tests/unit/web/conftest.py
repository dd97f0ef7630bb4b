"""The card fields' modules, run by Node."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from infra.fields.release import WEB

Call = Callable[..., list[Any]]


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
