"""Statements about the network: what its doors let through, what Lambda may do in it, who writes its logs."""

from collections.abc import Sequence

from infra import statements
from infra.stage import Stage
from infra.statements import Statement, allow

# What Lambda does, in a function's name, to connect it with subnets: all of AWSLambdaVPCAccessExecutionRole
# but the logs.
CONNECTING = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)

# --- what an endpoint lets through, whoever asks


def let_through(stage: Stage, actions: Sequence[str], resource: str) -> Statement:
    """The account's own principals perform `actions` on the account's own `resource`: neither can stolen
    credentials of another account be used through the endpoint, nor can data be sent to another account."""
    account = {"aws:PrincipalAccount": stage.account_id, "aws:ResourceAccount": stage.account_id}
    return {**allow(actions, resource, {"StringEquals": account}), "Principal": {"AWS": "*"}}


def let_nothing_through(actions: Sequence[str]) -> Statement:
    """Nobody performs `actions`, and as nothing is allowed, nothing else either."""
    # A policy without a statement isn't one; `*`, since there is nothing that this should spare.
    return {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": sorted(actions), "Resource": "*"}


# --- what Lambda may do to connect a function, and the function itself may not


def create_interfaces(stage: Stage, subnet_arns: Sequence[str], security_group_arn: str) -> Statement:
    """New network interfaces, in these subnets and this security group."""
    # An interface that doesn't exist yet has no ARN; AWS knows no condition on where it will be but the
    # subnet's and the group's own ARNs.
    resources = [*subnet_arns, security_group_arn, stage.arn("ec2", "network-interface/*")]
    return {**allow(["ec2:CreateNetworkInterface"], ""), "Resource": sorted(resources)}


def address_interfaces(stage: Stage, vpc_arn: str) -> Statement:
    """Addresses of network interfaces of one VPC."""
    return allow(
        ["ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
        stage.arn("ec2", "network-interface/*"),
        {"ArnEquals": {"ec2:Vpc": vpc_arn}},
    )


def delete_interfaces(stage: Stage) -> Statement:
    """Removing network interfaces of the stage."""
    # Lambda tries this right out without naming an interface and refuses the function unless every resource
    # of EC2 is allowed (`*/*`), says AWS's "Giving Lambda functions access to resources in an Amazon VPC".
    return allow(["ec2:DeleteNetworkInterface"], stage.arn("ec2", "*/*"))


def describe_interfaces() -> Statement:
    """Looking at network interfaces and subnets."""
    # EC2 knows no resource for what describes.
    return allow(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], "*")


def refuse_code(function_arn: str) -> Statement:
    """The function's own code does nothing of what Lambda does to connect it.

    Lambda sets `lambda:SourceFunctionArn` on what comes from within the function, and on nothing that it does
    to network interfaces itself.
    """
    # `*`, since a refusal should spare nothing.
    condition = {"ArnEquals": {"lambda:SourceFunctionArn": function_arn}}
    return {**allow(CONNECTING, "*", condition), "Effect": "Deny"}


# --- who writes the network's logs


def trust_flow_logs(stage: Stage) -> Statement:
    """VPC flow logs of the stage take the role."""
    condition = {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": stage.arn("ec2", "vpc-flow-log/*")},
    }
    return {**statements.trust("vpc-flow-logs"), "Condition": condition}


def write_flow_logs(group_arn: str) -> Statement:
    """Finding and writing the streams of one log group."""
    # AWS's example also lists and makes groups, which only `*` allows: this one is there.
    actions = ("CreateLogStream", "DescribeLogStreams", "PutLogEvents")
    return allow([f"logs:{action}" for action in actions], f"{group_arn}:*")


def deliver_log(stage: Stage, group_arn: str) -> Statement:
    """AWS's log delivery writes one log group, for the stage's account only."""
    condition = {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": stage.arn("logs", "*")},
    }
    allowed = allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group_arn}:*", condition)
    return {**allowed, "Principal": {"Service": "delivery.logs.amazonaws.com"}}
