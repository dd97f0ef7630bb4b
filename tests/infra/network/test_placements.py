"""Where functions are, and what Lambda needs to put them there."""

from typing import Any

import pytest

from engine import Graph
from infra import access
from infra.network import statements
from infra.stage import Stage
from tests.infra.graphs import FUNCTION, FUNCTIONS, actions, policy_of
from tests.infra.iam import findings
from tests.infra.network.ways import GROUP, SUBNET, VPC, tier

STAGE = Stage("dev", "222222222222", "eu-west-1")
SUBNETS = [STAGE.arn("ec2", "subnet/subnet-1"), STAGE.arn("ec2", "subnet/subnet-2")]
STATEMENTS = {
    "create_interfaces": statements.create_interfaces(
        STAGE, SUBNETS, STAGE.arn("ec2", "security-group/sg-1")
    ),
    "address_interfaces": statements.address_interfaces(STAGE, STAGE.arn("ec2", "vpc/vpc-1")),
    "delete_interfaces": statements.delete_interfaces(STAGE),
    "describe_interfaces": statements.describe_interfaces(),
    "refuse_code": statements.refuse_code(STAGE.arn("lambda", "function:tollgate-dev-payments")),
}


# AWS asks for more resources than the action has (see `delete_interfaces`), and sets Lambda's key on other
# services' actions, which parliament doesn't know.
EXCEPTIONS = {
    "delete_interfaces": {"RESOURCE_MISMATCH"},
    "refuse_code": {"UNKNOWN_CONDITION_FOR_ACTION"},
}


def connecting(graph: Graph, function: str) -> list[dict[str, Any]]:
    return [each for each in policy_of(graph, function) if actions(each)[0].startswith("ec2:")]


def place(function: str) -> str:
    return "egress" if function in access.OUTGOING else "isolated"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_a_way_out_if_it_calls_somebody_and_only_then(graph: Graph, function: str) -> None:
    node = graph.one(FUNCTION, function)
    known = node.inputs["environment"]["variables"].keys()
    calls_out = known & {"PROCESSOR_ACCOUNTS", "WEBHOOK_FIRST_RETRY_SECONDS"}
    expected = "egress" if calls_out else "isolated"
    config = node.inputs["vpcConfig"]
    assert set(config["subnetIds"]) == {each.id for each in graph.of_type(SUBNET) if tier(each) == expected}
    assert len(config["subnetIds"]) >= 2
    assert config["securityGroupIds"] == [graph.one(GROUP, expected).id]


def test_every_function_is_either_isolated_or_calls_out() -> None:
    assert sorted(access.ISOLATED + access.OUTGOING) == sorted(access.FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_lambda_connects_a_function_in_its_own_subnets_and_group_only(graph: Graph, function: str) -> None:
    (vpc,) = graph.of_type(VPC)
    anywhere = f"arn:aws:ec2:{graph.exports['region']}:{graph.exports['account_id']}"
    allowed = {
        action: (each["Resource"], each.get("Condition"))
        for each in connecting(graph, function)
        if each["Effect"] == "Allow"
        for action in actions(each)
    }
    own = [each.outputs["arn"] for each in graph.of_type(SUBNET) if tier(each) == place(function)]
    group = graph.one(GROUP, place(function)).outputs["arn"]
    in_vpc = (f"{anywhere}:network-interface/*", {"ArnEquals": {"ec2:Vpc": vpc.outputs["arn"]}})
    assert allowed == {
        "ec2:CreateNetworkInterface": (sorted([*own, group, f"{anywhere}:network-interface/*"]), None),
        "ec2:AssignPrivateIpAddresses": in_vpc,
        "ec2:UnassignPrivateIpAddresses": in_vpc,
        "ec2:DeleteNetworkInterface": (f"{anywhere}:*/*", None),
        "ec2:DescribeNetworkInterfaces": ("*", None),
        "ec2:DescribeSubnets": ("*", None),
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_own_code_can_do_nothing_of_that(graph: Graph, function: str) -> None:
    allowed = {
        action
        for each in connecting(graph, function)
        if each["Effect"] == "Allow"
        for action in actions(each)
    }
    (refusal,) = (each for each in connecting(graph, function) if each["Effect"] == "Deny")
    assert set(actions(refusal)) == allowed
    assert refusal["Resource"] == "*"
    arn = graph.one(FUNCTION, function).outputs["arn"]
    assert refusal["Condition"] == {"ArnEquals": {"lambda:SourceFunctionArn": arn}}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_name_existing_actions_on_fitting_resources_and_conditions(name: str) -> None:
    assert findings(STATEMENTS[name]) == EXCEPTIONS.get(name, set())
