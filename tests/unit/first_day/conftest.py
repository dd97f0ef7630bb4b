import pytest

from engine import Graph
from ops.first_day import Bench
from ops.graph import stack_graph
from ops.verification import Account
from tests.stacks import PROJECT
from tests.unit.first_day.works import NOW, answers, status
from tests.unit.verification.cloud import Cloud


@pytest.fixture(scope="session")
def prod() -> Graph:
    return stack_graph("prod", PROJECT)


@pytest.fixture
def cloud(prod: Graph) -> Cloud:
    """An account in which everything works."""
    return Cloud(answers(prod))


@pytest.fixture
def bench(cloud: Cloud, prod: Graph) -> Bench:
    """Time passes without waiting."""
    return Bench(Account(cloud.session(), prod, "eu-west-1", NOW), lambda _: None, status)
