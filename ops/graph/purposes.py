"""What each kind of resource is for, in a reader's words. `{name}` is the resource's name in the program."""

from __future__ import annotations

from local.engine import Node

KINDS = {
    "aws:apigateway/account:Account": "lets API Gateway write logs, once per account and region",
    # The network.
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "lets AWS write the log {name}",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "what a subnet of no other ACL may do: nothing",
    "aws:ec2/defaultRouteTable:DefaultRouteTable": "where a subnet of no other table leads: nowhere",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "what a member of no other group may do: nothing",
    "aws:ec2/eip:Eip": "the address of {name} on the internet",
    "aws:ec2/flowLog:FlowLog": "who talked to whom in the VPC",
    "aws:ec2/internetGateway:InternetGateway": "the VPC's way to the internet",
    "aws:ec2/natGateway:NatGateway": "the way out for functions that call the processor",
    "aws:ec2/networkAcl:NetworkAcl": "HTTPS and its answers, in every subnet",
    "aws:ec2/route:Route": "one destination of the route table {name}",
    "aws:ec2/routeTable:RouteTable": "where the subnet {name} leads",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "gives the subnet {name} its route table",
    "aws:ec2/subnet:Subnet": "the addresses {name}",
    "aws:ec2/vpc:Vpc": "the stage's own network",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "the door to {name} within AWS's network",
    "aws:networkfirewall/firewall:Firewall": "what passes on the way out",
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": "drops what no rule lets out",
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": "writes down what is dropped",
    "aws:networkfirewall/ruleGroup:RuleGroup": "the hosts that are let out",
}


def purpose(node: Node) -> str:
    """The resource's own description, or what its kind is for. `KeyError` for an unknown kind."""
    described = node.inputs.get("description")
    return described if isinstance(described, str) else KINDS[node.type].format(name=node.name)
