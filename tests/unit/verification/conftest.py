from collections.abc import Callable

import pytest

from engine import Graph
from ops.graph import stack_graph
from ops.verification import Account
from tests.stacks import PROJECT
from tests.unit.verification.cloud import Cloud
from tests.unit.verification.declared import NOW, answers

Look = Callable[[Cloud], Account]


@pytest.fixture(scope="session")
def prod() -> Graph:
    return stack_graph("prod", PROJECT)


@pytest.fixture
def cloud(prod: Graph) -> Cloud:
    """An account in which production is as declared."""
    return Cloud(answers(prod))


@pytest.fixture
def account(cloud: Cloud, prod: Graph) -> Account:
    return Account(cloud.session(), prod, "eu-west-1", NOW)
