"""The doors to AWS services."""

import re
from typing import Any

import pytest

from engine import Graph
from tests.infra.graphs import FUNCTIONS, Graphs, actions, policy_of, statements
from tests.infra.iam import findings
from tests.infra.network.ways import ENDPOINT, GROUP, SUBNET, tier

INTERFACES = {"kms", "secretsmanager", "sqs"}
RESOURCES = {
    "dynamodb": "arn:aws:dynamodb:{region}:{account}:table/tollgate-{stack}-*",
    "kms": "arn:aws:kms:{region}:{account}:key/*",
    "secretsmanager": "arn:aws:secretsmanager:{region}:{account}:secret:tollgate-{stack}-*",
    "sqs": "arn:aws:sqs:{region}:{account}:tollgate-{stack}-*",
}
# What Lambda does in a function's name, and services in a caller's, doesn't pass through the VPC.
OUTSIDE = re.compile(
    r"dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)|sqs:(?!SendMessage)|logs:|ec2:|xray:"
)


def policy(graph: Graph, service: str) -> dict[str, Any]:
    (statement,) = statements(graph.one(ENDPOINT, service).inputs["policy"])
    return statement


def called(graph: Graph) -> set[str]:
    """What functions' roles let their code call."""
    return {
        action
        for function in FUNCTIONS
        for statement in policy_of(graph, function)
        if "kms:ViaService" not in statement.get("Condition", {}).get("StringEquals", {})
        for action in actions(statement)
        if not OUTSIDE.match(action)
    }


def test_there_is_a_door_to_what_functions_call_and_to_nothing_else(graph: Graph) -> None:
    doors = {node.name for node in graph.of_type(ENDPOINT)} - {"s3"}
    assert doors == {action.partition(":")[0] for action in called(graph)}
    for node in graph.of_type(ENDPOINT):
        assert node.inputs["serviceName"] == f"com.amazonaws.{graph.exports['region']}.{node.name}"
        expected = "Interface" if node.name in INTERFACES else "Gateway"
        assert node.inputs["vpcEndpointType"] == expected


def test_doors_let_through_what_some_function_may_do_and_nothing_else(graph: Graph) -> None:
    let_through = {action for service in RESOURCES for action in actions(policy(graph, service))}
    assert let_through == called(graph)


@pytest.mark.parametrize("service", RESOURCES)
def test_a_door_serves_the_accounts_own_principals_and_resources(graph: Graph, service: str) -> None:
    statement, account = policy(graph, service), graph.exports["account_id"]
    assert statement["Effect"] == "Allow"
    assert statement["Condition"] == {
        "StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": account}
    }
    assert statement["Resource"] == RESOURCES[service].format(
        region=graph.exports["region"], account=account, stack=graph.stack
    )
    assert not [action for action in actions(statement) if "*" in action]
    assert findings(statement) == set()


def test_the_way_to_the_internet_does_not_lead_to_foreign_buckets(graph: Graph) -> None:
    statement = policy(graph, "s3")
    assert (statement["Effect"], statement["Principal"], statement["Resource"]) == ("Deny", {"AWS": "*"}, "*")
    assert "Condition" not in statement


@pytest.mark.parametrize(("service", "tiers"), [("dynamodb", {"isolated", "egress"}), ("s3", {"egress"})])
def test_a_gateway_is_routed_in_every_subnet_of_its_tiers(
    graph: Graph, service: str, tiers: set[str]
) -> None:
    tables = {
        association.inputs["subnetId"]: association.inputs["routeTableId"]
        for association in graph.of_type("aws:ec2/routeTableAssociation:RouteTableAssociation")
    }
    expected = {tables[node.id] for node in graph.of_type(SUBNET) if tier(node) in tiers}
    assert set(graph.one(ENDPOINT, service).inputs["routeTableIds"]) == expected


@pytest.mark.parametrize(("stack", "zones"), [("dev", "a"), ("prod", "abc")])
def test_interface_endpoints_answer_to_the_services_own_names(graphs: Graphs, stack: str, zones: str) -> None:
    graph = graphs(stack)
    expected = [graph.one(SUBNET, f"isolated-{zone}").id for zone in zones]
    for service in INTERFACES:
        endpoint = graph.one(ENDPOINT, service).inputs
        assert endpoint["privateDnsEnabled"] is True
        assert endpoint["subnetIds"] == expected
        assert endpoint["securityGroupIds"] == [graph.one(GROUP, "endpoints").id]
