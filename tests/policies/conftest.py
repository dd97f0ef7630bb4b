"""Our own program's graph, and the policies on it."""

import pytest

from local.engine import Graph
from ops.graph import stack_graph
from tests.policies.running import Judge


@pytest.fixture(scope="session")
def prod() -> Graph:
    """What `pulumi up` would make in prod, with made-up ids."""
    return stack_graph("prod")


@pytest.fixture(scope="session")
def judge(prod: Graph) -> Judge:
    return Judge(prod)
