"""Throw-away Pulumi projects, and the emulator that they are deployed to."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from local.deployment import Deployment
from local.emulator import Emulator, EmulatorSettings
from local.ports import free_port
from local.provisioning.target import Target

ACCOUNT = "111111111111"
REGION = "eu-west-1"
API_ID = "a1b2c3d4"
PROGRAMS = Path(__file__).parent / "programs"
PREAMBLE = f"""
import json
import pulumi
import pulumi_aws as aws

config = pulumi.Config()
provider = aws.Provider("aws", region="{REGION}", allowed_account_ids=["{ACCOUNT}"])
options = pulumi.ResourceOptions(provider=provider)
"""


def write_project(root: Path, program: str, config: dict[str, object] | None = None) -> Path:
    """A project `small` whose program is the preamble (`config`, `provider`, `options`) and `program`."""
    (root / "infra").mkdir(parents=True, exist_ok=True)
    (root / "requirements").mkdir(exist_ok=True)
    (root / "requirements" / "local.txt").touch()
    (root / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "small", "runtime": "python", "main": "infra"}))
    settings = {"pulumi:disable-default-providers": ["*"], **(config or {})}
    (root / "Pulumi.local.yaml").write_text(yaml.safe_dump({"config": settings}))
    (root / "infra" / "__main__.py").write_text(PREAMBLE + program)
    return root


def write_extensions_project(root: Path) -> Path:
    """The project whose program is `programs/extensions.py`."""
    return _write_functions_project(root, "extensions")


def write_triggers_project(root: Path) -> Path:
    """The project whose program is `programs/triggers.py`."""
    return _write_functions_project(root, "triggers")


def _write_functions_project(root: Path, program: str) -> Path:
    package = root / "functions.zip"
    root.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(PROGRAMS / "functions.py", "functions.py")
    write_project(root, "", {"small:package": str(package)})
    (root / "infra" / "__main__.py").write_text((PROGRAMS / f"{program}.py").read_text())
    shutil.copy(PROGRAMS / "account.py", root / "infra")
    return root


@dataclass
class Laptop:
    """An emulator with a directory and ports of its own, started and stopped at will."""

    directory: Path
    port: int
    front_port: int

    @classmethod
    def at(cls, directory: Path) -> Laptop:
        return cls(directory, free_port(), free_port())

    @contextmanager
    def running(self) -> Iterator[Emulator]:
        emulator = Emulator.spawn(self.settings)
        try:
            emulator.wait_until_ready()
            yield emulator
        finally:
            emulator.stop()

    @property
    def settings(self) -> EmulatorSettings:
        return EmulatorSettings(
            self.directory, self.port, self.front_port, API_ID, "live", account=ACCOUNT, region=REGION
        )

    @cached_property
    def target(self) -> Target:
        return Target(f"http://127.0.0.1:{self.port}", account=ACCOUNT, region=REGION, api_id=API_ID)

    @property
    def state_file(self) -> Path:
        return self.directory / "deployment.json"

    def deployment(self, root: Path) -> Deployment:
        return Deployment(root, {}, self.target, self.state_file)

    def deploy(self, root: Path) -> list[str]:
        """Deploy a project and return what was reported."""
        reported: list[str] = []
        self.deployment(root).deploy(reported.append)
        return reported

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.front_port}{path}"


def eventually(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """The first true value of the condition; the emulator has nothing that could be waited for."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"still not true after {seconds} s"
        time.sleep(0.05)
    return value
