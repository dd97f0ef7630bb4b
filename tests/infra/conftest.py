"""One run of the engine per stack and mode; every test reads the same graphs."""

import zipfile
from functools import cache
from pathlib import Path

import pytest

from engine import Graph, up
from tests.infra.graphs import STACKS, Graphs
from tests.stacks import PROJECT

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, so that each graph is made once."""
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("graphs"))


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip that stands for the functions' package."""
    path = tmp_path_factory.mktemp("package") / "tollgate.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tollgate/__init__.py", "")
    return path


@pytest.fixture(scope="session")
def graphs(package: Path) -> Graphs:
    """The program's graph of a stack, by name; provisioned with made-up ids, or as a preview."""

    @cache
    def run(stack: str, preview: bool = False) -> Graph:
        return up(PROJECT, stack, preview=preview, overrides={"tollgate:package": str(package)})

    return run


@pytest.fixture(scope="session", params=STACKS)
def graph(request: pytest.FixtureRequest, graphs: Graphs) -> Graph:
    """Each stack's provisioned graph in turn."""
    return graphs(request.param)
