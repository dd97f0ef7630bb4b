"""What an account as declared says of its network."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import LIVE_VPC, Inputs, filtered, one, to


@to("ec2:DescribeVpcEndpoints")
def endpoints(graph: Graph, asked: Inputs) -> dict[str, Any]:
    tags = {"Name": filtered(asked, "tag:Name")}
    policy = one(graph, "ec2/vpcEndpoint:VpcEndpoint", tags=tags)["policy"]
    return {"VpcEndpoints": [{"State": "available", "PolicyDocument": policy}]}


@to("ec2:DescribeNatGateways")
def ways_out(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"NatGateways": [{"State": "available"}]}


@to("ec2:DescribeVpcs")
def vpcs(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert filtered(asked, "tag:Name") == "tollgate-prod-vpc"
    return {"Vpcs": [{"VpcId": LIVE_VPC}]}


@to("ec2:DescribeSecurityGroups")
def default_group(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert filtered(asked, "vpc-id") == LIVE_VPC
    return {"SecurityGroups": [{"IpPermissions": [], "IpPermissionsEgress": []}]}


@to("ec2:DescribeFlowLogs")
def flow_logs(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = one(graph, "ec2/flowLog:FlowLog")["trafficType"]
    return {"FlowLogs": [{"FlowLogStatus": "ACTIVE", "DeliverLogsStatus": "SUCCESS", "TrafficType": kind}]}


@to("network-firewall:DescribeFirewall")
def egress_firewall(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "networkfirewall/firewall:Firewall", name=asked["FirewallName"])
    live = {
        "FirewallPolicyArn": declared["firewallPolicyArn"],
        "VpcId": LIVE_VPC,
        "SubnetMappings": [{"SubnetId": f"subnet-{n}"} for n, _ in enumerate(declared["subnetMappings"])],
        "FirewallId": "0" * 36,
        "DeleteProtection": declared["deleteProtection"],
    }
    return {
        "Firewall": live,
        "FirewallStatus": {"Status": "READY", "ConfigurationSyncStateSummary": "IN_SYNC"},
    }


@to("route53resolver:ListFirewallRuleGroupAssociations")
def names(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["VpcId"] == LIVE_VPC
    kind = "route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
    return {"FirewallRuleGroupAssociations": [{"Name": one(graph, kind)["name"], "Status": "COMPLETE"}]}
