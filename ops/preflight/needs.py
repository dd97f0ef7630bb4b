"""What a stack counts on: from its settings what grows with traffic, from its graph what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ops.preflight import quotas
from ops.preflight.quotas import Quota

if TYPE_CHECKING:
    # Both bring Pulumi's SDK along, which takes half a second.
    from engine import Graph
    from infra.settings import Settings

# An access token is good for many requests: a client that asks for one with every tenth is already wasteful.
REQUESTS_PER_TOKEN = 10


@dataclass(frozen=True)
class Need:
    """`at_least`: of the quota. `reason`: the setting or resource that it follows from."""

    quota: Quota
    at_least: int
    reason: str


def needs(settings: Settings, graph: Graph) -> list[Need]:
    """All that the stack needs of its account."""
    return [*_traffic(settings), *_throughput(settings), *_network(graph)]


def _traffic(settings: Settings) -> Iterator[Need]:
    throttle = settings.throttle
    yield Need(
        quotas.LAMBDA_CONCURRENCY,
        settings.capacity.concurrency.account,
        "capacity.concurrency.account",
    )
    yield Need(quotas.API_RATE, throttle.rate, "throttle.rate")
    yield Need(quotas.API_BURST, throttle.burst, "throttle.burst")
    yield Need(quotas.KMS_SYMMETRIC, throttle.rate, "throttle.rate: a cursor or a key for each request")
    yield Need(
        quotas.KMS_ELLIPTIC,
        -(-throttle.rate // REQUESTS_PER_TOKEN),
        f"throttle.rate: an access token for every {REQUESTS_PER_TOKEN} requests",
    )


def _throughput(settings: Settings) -> Iterator[Need]:
    tables = settings.capacity.tables.by_name
    reader = max(tables, key=lambda name: tables[name].maximum.reads)
    writer = max(tables, key=lambda name: tables[name].maximum.writes)
    reads, writes = tables[reader].maximum.reads, tables[writer].maximum.writes
    yield Need(quotas.TABLE_READS, reads, f"capacity.tables.{reader}.maximum.reads")
    yield Need(quotas.TABLE_WRITES, writes, f"capacity.tables.{writer}.maximum.writes")


def _network(graph: Graph) -> Iterator[Need]:
    endpoints = [
        node
        for node in graph.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
        if node.inputs.get("vpcEndpointType") == "Interface"
    ]
    addresses = graph.of_type("aws:ec2/eip:Eip")
    if endpoints:
        yield Need(quotas.ENDPOINTS, len(endpoints), "the stack's endpoints of AWS services")
    if addresses:
        yield Need(quotas.ADDRESSES, len(addresses), "the stack's ways out")
