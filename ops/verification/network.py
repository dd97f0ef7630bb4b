"""The stage's network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.documents import same
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node


def _named(node: Node) -> list[dict[str, Any]]:
    """The filter that finds what has the node's `Name`: ids are AWS's own choice."""
    return [{"Name": "tag:Name", "Values": [node.inputs["tags"]["Name"]]}]


@check(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "ec2:DescribeVpcEndpoints",
    shows="The doors to AWS services are open, and let through what the program says",
    remedy=DEPLOY,
)
def endpoints(account: Account, node: Node) -> Iterator[str]:
    found = account.every("ec2", "DescribeVpcEndpoints", "VpcEndpoints", Filters=_named(node))
    yield from differ("their states", [each["State"].lower() for each in found], ["available"])
    for each in found:
        if not same(each["PolicyDocument"], node.inputs["policy"]):
            yield "its policy isn't the program's"


@check(
    "aws:ec2/natGateway:NatGateway",
    "ec2:DescribeNatGateways",
    shows="The ways out of those who call the processor are open",
    remedy=DEPLOY,
)
def ways_out(account: Account, node: Node) -> Iterator[str]:
    open_ones = [*_named(node), {"Name": "state", "Values": ["pending", "failed", "available"]}]
    found = account.every("ec2", "DescribeNatGateways", "NatGateways", Filters=open_ones)
    yield from differ("their states", [each["State"] for each in found], ["available"])


@check(
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ec2:DescribeVpcs",
    "ec2:DescribeSecurityGroups",
    shows="Members of no other security group reach nothing and are reached by nobody",
    remedy="Take the rules off the VPC's default group: `pulumi up` does.",
)
def default_group(account: Account, node: Node) -> Iterator[str]:
    (vpc,) = account.graph.of_type("aws:ec2/vpc:Vpc")
    vpcs = account.every("ec2", "DescribeVpcs", "Vpcs", Filters=_named(vpc))
    yield from differ("the number of VPCs with the stage's name", len(vpcs), 1)
    for each in vpcs:
        of_vpc = [
            {"Name": "vpc-id", "Values": [each["VpcId"]]},
            {"Name": "group-name", "Values": ["default"]},
        ]
        for group in account.every("ec2", "DescribeSecurityGroups", "SecurityGroups", Filters=of_vpc):
            rules = len(group["IpPermissions"]) + len(group["IpPermissionsEgress"])
            yield from differ("the number of its rules", rules, 0)


@check(
    "aws:ec2/flowLog:FlowLog",
    "ec2:DescribeFlowLogs",
    shows="Every connection in the VPC is written down, and the lines arrive",
    remedy="Not delivered: look at the flow log's role, its boundary and the log key's policy. " + DEPLOY,
)
def flow_logs(account: Account, node: Node) -> Iterator[str]:
    group = node.inputs["logDestination"].partition(":log-group:")[2]
    named = [{"Name": "log-group-name", "Values": [group]}]
    found = account.every("ec2", "DescribeFlowLogs", "FlowLogs", Filters=named)
    yield from differ("their number", len(found), 1)
    for log in found:
        yield from differ("its state", log["FlowLogStatus"], "ACTIVE")
        yield from differ("its delivery", log.get("DeliverLogsStatus", "SUCCESS"), "SUCCESS")
        yield from differ("what it logs", log["TrafficType"], node.inputs["trafficType"])


@check(
    "aws:networkfirewall/firewall:Firewall",
    "network-firewall:DescribeFirewall",
    shows="The firewall of the way out works, by its present rules, in every zone",
    remedy="It takes minutes to get in sync; after that see its endpoints in the console. " + DEPLOY,
)
def egress_firewall(account: Account, node: Node) -> Iterator[str]:
    answer = account.ask("network-firewall", "DescribeFirewall", FirewallName=node.inputs["name"])
    live, status = answer["Firewall"], answer["FirewallStatus"]
    yield from differ("its state", status["Status"], "READY")
    yield from differ("its rules", status["ConfigurationSyncStateSummary"], "IN_SYNC")
    protected = node.inputs.get("deleteProtection", False)
    yield from differ("protection from deletion", live.get("DeleteProtection", False), protected)
    zones = len(node.inputs["subnetMappings"])
    yield from differ("the number of its zones", len(live["SubnetMappings"]), zones)


@check(
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    "ec2:DescribeVpcs",
    "route53resolver:ListFirewallRuleGroupAssociations",
    shows="The VPC's resolver looks up the listed names only",
    remedy=DEPLOY,
)
def names(account: Account, node: Node) -> Iterator[str]:
    (vpc,) = account.graph.of_type("aws:ec2/vpc:Vpc")
    for each in account.every("ec2", "DescribeVpcs", "Vpcs", Filters=_named(vpc)):
        listed = "FirewallRuleGroupAssociations"
        found = account.every(
            "route53resolver", "ListFirewallRuleGroupAssociations", listed, VpcId=each["VpcId"]
        )
        ours = [one for one in found if one["Name"] == node.inputs["name"]]
        yield from differ("the states of its rules", [one["Status"] for one in ours], ["COMPLETE"])


CHECKS = (endpoints, ways_out, default_group, flow_logs, egress_firewall, names)
