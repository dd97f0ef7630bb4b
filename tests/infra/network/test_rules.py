"""What may talk to what: security groups and network ACLs."""

from engine import Graph
from tests.infra.network.ways import ACL, ANYWHERE, ENDPOINT, GROUP, SUBNET, VPC

EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
PEERS = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")


def rules(graph: Graph, kind: str) -> list[tuple[str, str]]:
    """Group and peer of each rule, all of them for HTTPS."""
    names = {node.id: node.name for node in graph.of_type(GROUP)}
    names |= {node.outputs["prefixListId"]: node.name for node in graph.of_type(ENDPOINT)}
    found = []
    for node in graph.of_type(kind):
        inputs = node.inputs
        assert (inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"]) == ("tcp", 443, 443)
        (peer,) = (inputs[key] for key in PEERS if key in inputs)
        found.append((names[inputs["securityGroupId"]], names.get(peer, peer)))
    return sorted(found)


def test_functions_call_doors_and_only_processors_callers_call_the_internet(graph: Graph) -> None:
    assert rules(graph, EGRESS) == [
        ("egress", ANYWHERE),
        ("egress", "dynamodb"),
        ("egress", "endpoints"),
        ("isolated", "dynamodb"),
        ("isolated", "endpoints"),
    ]


def test_endpoints_are_called_by_functions_and_functions_by_nobody(graph: Graph) -> None:
    assert rules(graph, INGRESS) == [("endpoints", "egress"), ("endpoints", "isolated")]


def test_a_group_has_no_rules_but_those_and_says_what_it_is_for(graph: Graph) -> None:
    groups = graph.of_type(GROUP)
    assert {node.name for node in groups} == {"isolated", "egress", "endpoints"}
    for group in groups:
        assert not {"ingress", "egress"} & group.inputs.keys()
        assert group.inputs["description"]


def test_what_is_put_nowhere_reaches_nothing(graph: Graph) -> None:
    (vpc,) = graph.of_type(VPC)
    (group,) = graph.of_type("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    (acl,) = graph.of_type("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl")
    (table,) = graph.of_type("aws:ec2/defaultRouteTable:DefaultRouteTable")
    assert (group.inputs["vpcId"], group.inputs["ingress"], group.inputs["egress"]) == (vpc.id, [], [])
    assert acl.inputs["defaultNetworkAclId"] == vpc.outputs["defaultNetworkAclId"]
    assert (acl.inputs["ingress"], acl.inputs["egress"]) == ([], [])
    assert table.inputs["defaultRouteTableId"] == vpc.outputs["defaultRouteTableId"]
    assert table.inputs["routes"] == []


def test_every_subnet_has_the_acl_that_allows_https_and_its_answers_only(graph: Graph) -> None:
    (vpc,) = graph.of_type(VPC)
    (acl,) = graph.of_type(ACL)
    here = vpc.inputs["cidrBlock"]
    assert sorted(acl.inputs["subnetIds"]) == sorted(node.id for node in graph.of_type(SUBNET))
    for direction, calls, answers in (("ingress", here, ANYWHERE), ("egress", ANYWHERE, here)):
        told = [
            (rule["action"], rule["protocol"], rule["fromPort"], rule["toPort"], rule["cidrBlock"])
            for rule in acl.inputs[direction]
        ]
        assert told == [
            ("allow", "tcp", 443, 443, calls),
            ("allow", "tcp", 1024, 65535, answers),
            ("allow", "icmp", 0, 0, ANYWHERE),
        ]
        too_long = acl.inputs[direction][2]
        assert (too_long["icmpType"], too_long["icmpCode"]) == (3, 4)
