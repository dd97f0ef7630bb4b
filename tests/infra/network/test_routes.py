"""Who gets where. The VPC's own route, between all its subnets, is in every table and not among these."""

import json
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from engine import Graph, up
from tests.infra.graphs import Graphs
from tests.infra.network.ways import ANYWHERE, NAT, SUBNET, VPC, next_hop, tier, ways, zone
from tests.stacks import PROJECT

PROCESSOR = "203.0.113.7"
INSPECTED = {
    "cidr": "10.40.0.0/20",
    "zones": ["a", "b", "c"],
    "endpoint_zones": ["a"],
    "nat": "single",
    "firewall": "network",
    "firewall_zones": ["a", "c"],
}


@pytest.fixture(scope="module")
def one_way_out(package: Path) -> Graph:
    """A firewall in two of three zones before the only NAT gateway."""
    overrides = {"tollgate:package": str(package), "tollgate:network": json.dumps(INSPECTED)}
    return up(PROJECT, "prod", preview=False, overrides=overrides)


def test_isolated_subnets_lead_nowhere(graph: Graph) -> None:
    isolated = {name: routes for name, routes in ways(graph).items() if name.startswith("isolated-")}
    assert len(isolated) >= 2
    assert set(map(len, isolated.values())) == {0}


def test_without_a_firewall_the_way_out_is_nat(graphs: Graphs) -> None:
    assert ways(graphs("dev")) == {
        "isolated-a": {},
        "isolated-b": {},
        "egress-a": {ANYWHERE: "nat-a"},
        "egress-b": {ANYWHERE: "nat-a"},
        "public-a": {ANYWHERE: "internet"},
    }


def test_with_a_firewall_the_only_way_out_leads_through_it_and_so_does_the_way_back(graphs: Graphs) -> None:
    expected: dict[str, dict[str, str]] = {}
    for letter, egress in (("a", "10.30.4.0/24"), ("b", "10.30.5.0/24"), ("c", "10.30.6.0/24")):
        expected[f"isolated-{letter}"] = {}
        expected[f"egress-{letter}"] = {ANYWHERE: f"inspection-{letter}"}
        expected[f"firewall-{letter}"] = {ANYWHERE: f"nat-{letter}"}
        expected[f"public-{letter}"] = {ANYWHERE: "internet", egress: f"inspection-{letter}"}
    assert ways(graphs("prod")) == expected


@pytest.mark.parametrize(("letter", "inspected"), [("a", "a"), ("b", "a"), ("c", "c")])
def test_one_firewall_sees_both_sides_of_a_conversation_even_if_zones_share_a_way_out(
    one_way_out: Graph, letter: str, inspected: str
) -> None:
    found = ways(one_way_out)
    caller = next(IPv4Network(one_way_out.one(SUBNET, f"egress-{letter}").inputs["cidrBlock"]).hosts())
    assert next_hop(found[f"egress-{letter}"], PROCESSOR) == f"inspection-{inspected}"
    assert next_hop(found[f"firewall-{inspected}"], PROCESSOR) == "nat-a"
    assert next_hop(found["public-a"], PROCESSOR) == "internet"
    assert next_hop(found["public-a"], str(caller)) == f"inspection-{inspected}"
    assert next_hop(found[f"firewall-{inspected}"], str(caller)) == "local"
    assert "firewall-b" not in found


@pytest.mark.parametrize(("stack", "zones"), [("dev", ["a"]), ("prod", ["a", "b", "c"])])
def test_a_stage_has_the_nat_gateways_that_it_pays_for_each_with_an_address(
    graphs: Graphs, stack: str, zones: list[str]
) -> None:
    graph = graphs(stack)
    assert sorted(zone(node) for node in graph.of_type(NAT)) == zones
    addresses = {node.outputs["allocationId"] for node in graph.of_type("aws:ec2/eip:Eip")}
    assert {node.inputs["allocationId"] for node in graph.of_type(NAT)} == addresses
    assert len(addresses) == len(zones)


@pytest.mark.parametrize(("stack", "durable"), [("dev", False), ("prod", True)])
def test_addresses_that_the_processor_may_know_are_kept(graphs: Graphs, stack: str, durable: bool) -> None:
    assert {node.protect for node in graphs(stack).of_type("aws:ec2/eip:Eip")} == {durable}


def test_public_subnets_hold_nat_gateways_and_nothing_else(graph: Graph) -> None:
    public = {node.id for node in graph.of_type(SUBNET) if tier(node) == "public"}
    assert {node.inputs["subnetId"] for node in graph.of_type(NAT)} == public
    users = [
        node
        for node in graph.nodes.values()
        if node.type.startswith("aws:")
        and any(subnet in json.dumps(node.inputs, default=str) for subnet in public)
    ]
    assert {node.type for node in users} == {
        NAT,
        "aws:ec2/networkAcl:NetworkAcl",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
    }


def test_nothing_gets_a_public_address_by_itself(graph: Graph) -> None:
    assert {node.inputs["mapPublicIpOnLaunch"] for node in graph.of_type(SUBNET)} == {False}


def test_every_subnet_is_in_the_zone_of_its_name_and_within_the_vpc(graph: Graph) -> None:
    (vpc,) = graph.of_type(VPC)
    for subnet in graph.of_type(SUBNET):
        assert subnet.inputs["availabilityZone"] == f"{graph.exports['region']}{zone(subnet)}"
        assert IPv4Network(subnet.inputs["cidrBlock"]).subnet_of(IPv4Network(vpc.inputs["cidrBlock"]))


def test_each_stage_has_addresses_of_its_own(graphs: Graphs) -> None:
    blocks = [graphs(stack).of_type(VPC)[0].inputs["cidrBlock"] for stack in ("dev", "prod")]
    assert not IPv4Network(blocks[0]).overlaps(IPv4Network(blocks[1]))
