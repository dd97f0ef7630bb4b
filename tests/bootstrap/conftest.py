"""One run of the bootstrap program per account; every test reads the same graphs."""

from functools import cache

import pytest

from engine import Graph, up
from tests.stacks import BOOTSTRAP


@cache
def bootstrapped(stack: str) -> Graph:
    return up(BOOTSTRAP, stack, preview=False)


@pytest.fixture(params=["dev", "prod"])
def account(request: pytest.FixtureRequest) -> Graph:
    """Each account's provisioned graph in turn."""
    return bootstrapped(request.param)


@pytest.fixture
def prod() -> Graph:
    return bootstrapped("prod")


@pytest.fixture
def dev() -> Graph:
    return bootstrapped("dev")
