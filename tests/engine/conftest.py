"""The CLI, and stacks of our programs on it."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
import yaml

from engine import Provider
from tests.engine.cloud import Cloud
from tests.engine.provider import serving
from tests.engine.pulumi_cli import CannotBuildError, built_cli
from tests.engine.stacks import Stack
from tests.stacks import PROJECT


class NewStack(Protocol):
    def __call__(self, program: str, name: str, account: type[Cloud] = Cloud) -> Stack: ...


@pytest.fixture(scope="session")
def cli() -> Path:
    try:
        return built_cli()
    except CannotBuildError as error:
        # Without Go or its modules there is no real engine to try. `.ci/run` installs Go.
        pytest.skip(f"the Pulumi CLI needs {error}")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip that stands for the functions' package."""
    path = tmp_path_factory.mktemp("package") / "tollgate.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tollgate/__init__.py", "")
    return path


@pytest.fixture(scope="module")
def new_stack(cli: Path, package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewStack]:
    """Makes a stack of a program (a folder of tests/stacks) in an empty account of its own."""
    with ExitStack() as provider_processes:

        def made(program: str, name: str, account: type[Cloud] = Cloud) -> Stack:
            cloud = account(_provider(PROJECT / program, name))
            return Stack(
                cli=cli,
                program=PROJECT / program,
                name=name,
                folder=tmp_path_factory.mktemp("stack") / name,
                port=provider_processes.enter_context(serving(cloud)),
                cloud=cloud,
                overrides={} if program else {"tollgate:package": str(package)},
            )

        yield made


def _provider(program: Path, stack: str) -> Provider:
    """Where the stack's own settings say that it goes."""
    config = yaml.safe_load((program / f"Pulumi.{stack}.yaml").read_text())["config"]
    settings = {key.rpartition(":")[2]: value for key, value in config.items()}
    return Provider(region=settings["region"], account=settings["account_id"])
