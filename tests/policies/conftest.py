"""Our own program's graph, and the policies on it."""

import pytest

from engine import Graph, up
from ops.graph import stack_graph
from tests.policies.running import Judge
from tests.stacks import PROJECT


@pytest.fixture(scope="session")
def prod() -> Graph:
    """What `pulumi up` would make in prod, with made-up ids."""
    return stack_graph("prod", PROJECT)


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """What a preview of prod knows before the first deployment."""
    package = tmp_path_factory.mktemp("package") / "tollgate.zip"
    package.write_bytes(b"PK\x05\x06" + bytes(18))  # an empty zip
    return up(PROJECT, "prod", preview=True, overrides={"tollgate:package": str(package)})


@pytest.fixture(scope="session")
def judge(prod: Graph) -> Judge:
    return Judge(prod)
