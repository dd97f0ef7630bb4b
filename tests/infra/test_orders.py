"""What AWS looks at when something is made exists by then."""

from collections.abc import Callable

import pytest

from engine import Graph
from tests.infra.orders import ORDERS, Pairs, before, delivers_into, publishes


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.__name__)
def test_what_aws_checks_is_made_before(graph: Graph, order: Callable[[Graph], Pairs]) -> None:
    pairs = list(order(graph))
    assert pairs
    missing = [
        f"{node.urn} before {first.urn}" for node, first in pairs if first.urn not in before(graph, node)
    ]
    assert missing == []


def test_access_logging_waits_for_the_policy_of_its_target(graph: Graph) -> None:
    pairs = {(node.type, first.type) for node, first in delivers_into(graph)}
    assert ("aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketPolicy:BucketPolicy") in pairs


def test_the_budget_waits_for_the_policy_of_its_topic(graph: Graph) -> None:
    assert "aws:budgets/budget:Budget" in {node.type for node, _ in publishes(graph)}
