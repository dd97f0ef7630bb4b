"""Packages of the real runtime, built once."""

import platform
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onboarding.failure import Failure
from ops.package import Package, build
from ops.package.interpreter import find_interpreter

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def interpreter() -> Path:
    """CPython 3.13: without it nothing is built, and nothing can be said about what would be."""
    try:
        return find_interpreter()
    except Failure as failure:
        # Lambda's bytecode is written by its own version only; `make test` takes any Python from 3.11 on.
        pytest.skip(failure.reason)


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What goes in, as it is now: all builds of a session are of the same sources, whoever edits them."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "runtime", folder / "runtime")
    (folder / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "lambda.txt", folder / "requirements")
    return folder


@pytest.fixture(scope="session")
def package(interpreter: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """What `tollgate package` builds."""
    return build(sources, tmp_path_factory.mktemp("package") / "tollgate.zip", lambda _: None)


@pytest.fixture(scope="session")
def archive(package: Package) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(package.path) as archive:
        yield archive


@pytest.fixture(scope="session")
def unpacked(interpreter: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same package for this machine's processor, so that it can run here, unpacked."""
    if sys.platform != "linux":
        # What would run is another package than the one that is deployed.
        pytest.skip("Wheels for Lambda don't run on this system.")
    folder = tmp_path_factory.mktemp("host")
    built = build(
        sources, folder / "host.zip", lambda _: None, platform=f"{platform.machine()}-manylinux_2_28"
    )
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(folder / "task")
    return folder / "task"
