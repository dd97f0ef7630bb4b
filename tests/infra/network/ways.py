"""Reading a graph's network: which way a packet goes."""

from ipaddress import IPv4Address, IPv4Network

from engine import Graph, Node

ACL = "aws:ec2/networkAcl:NetworkAcl"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
FIREWALL = "aws:networkfirewall/firewall:Firewall"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
INTERNET = "aws:ec2/internetGateway:InternetGateway"
NAT = "aws:ec2/natGateway:NatGateway"
SUBNET = "aws:ec2/subnet:Subnet"
VPC = "aws:ec2/vpc:Vpc"
ANYWHERE = "0.0.0.0/0"

Ways = dict[str, dict[str, str]]


def ways(graph: Graph) -> Ways:
    """By subnet: where its own routes lead, by destination. A firewall's endpoint is called `inspection-`
    and the zone that it is in; the rest is called by name."""
    subnets = {node.id: node.name for node in graph.of_type(SUBNET)}
    gates = {node.id: node.name for kind in (NAT, INTERNET) for node in graph.of_type(kind)}
    gates |= {endpoint: f"inspection-{zone}" for endpoint, zone in _inspections(graph, subnets).items()}
    found: Ways = {}
    for association in graph.of_type("aws:ec2/routeTableAssociation:RouteTableAssociation"):
        table, subnet = association.inputs["routeTableId"], subnets[association.inputs["subnetId"]]
        assert subnet not in found
        found[subnet] = {
            route.inputs["destinationCidrBlock"]: gates[_target(route)]
            for route in graph.of_type("aws:ec2/route:Route")
            if route.inputs["routeTableId"] == table
        }
    return found


def next_hop(routes: dict[str, str], address: str) -> str:
    """The most specific route's target; `local` within the VPC when no route says otherwise."""
    matching = [IPv4Network(cidr) for cidr in routes if IPv4Address(address) in IPv4Network(cidr)]
    if IPv4Address(address) in IPv4Network("10.0.0.0/8"):
        matching = [cidr for cidr in matching if cidr.prefixlen > 0]
    return routes[str(max(matching, key=lambda cidr: cidr.prefixlen))] if matching else "local"


def tier(node: Node) -> str:
    """What a subnet is for."""
    return node.name.rpartition("-")[0]


def zone(node: Node) -> str:
    return node.name.rpartition("-")[2]


def _target(route: Node) -> str:
    (target,) = (
        route.inputs[key] for key in ("gatewayId", "natGatewayId", "vpcEndpointId") if key in route.inputs
    )
    return target


def _inspections(graph: Graph, subnets: dict[str, str]) -> dict[str, str]:
    return {
        attachment["endpointId"]: subnets[attachment["subnetId"]].removeprefix("firewall-")
        for firewall in graph.of_type(FIREWALL)
        for status in firewall.outputs["firewallStatuses"]
        for state in status["syncStates"]
        for attachment in state["attachments"]
    }
