"""The VPC and what leaves it. Its parts have ids only, so that the rights can't name the stage's own."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, linked, passing

EC2 = "arn:aws:ec2:{region}:{account}:*"
# Interfaces that Lambda has left behind are in the way of what they are in.
LEFT_BEHIND = "DeleteNetworkInterface DetachNetworkInterface"
FIREWALL_POLICY = "{firewallPolicyArn:arn:aws:network-firewall:REGION:ACCOUNT:firewall-policy/NAMED*}"

RULE_GROUP = (
    "{firewallPolicy.statefulRuleGroupReferences.0.resourceArn:"
    "arn:aws:network-firewall:REGION:ACCOUNT:stateful-rulegroup/NAMED*}"
)


def _part(create: str, read: str, update: str = "", delete: str = "") -> Calls:
    """A part of the network, with the tags that all but routes have."""
    return Calls(
        "ec2",
        EC2,
        create=f"{create} CreateTags",
        read=read,
        update=f"{update} CreateTags DeleteTags".strip(),
        delete=delete,
    )


def _rule(direction: str) -> Calls:
    return _part(
        f"AuthorizeSecurityGroup{direction}",
        "DescribeSecurityGroupRules",
        "ModifySecurityGroupRules",
        f"RevokeSecurityGroup{direction}",
    )


def _filter(resource: str, create: str, read: str, update: str, delete: str) -> Calls:
    """A part of the firewall of what leaves."""
    return Calls(
        "network-firewall",
        resource,
        create=f"{create} TagResource",
        read=f"{read} ListTagsForResource",
        update=f"{update} TagResource UntagResource",
        delete=delete,
    )


NETWORK: Mapping[str, Sequence[Calls]] = {
    "aws:ec2/vpc:Vpc": (
        _part(
            "CreateVpc ModifyVpcAttribute",
            "DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups DescribeVpcAttribute"
            " DescribeVpcs",
            "ModifyVpcAttribute",
            "DeleteVpc",
        ),
    ),
    "aws:ec2/subnet:Subnet": (
        _part(
            "CreateSubnet ModifySubnetAttribute",
            "DescribeNetworkInterfaces DescribeSubnets",
            "ModifySubnetAttribute",
            f"DeleteSubnet {LEFT_BEHIND}",
        ),
    ),
    "aws:ec2/securityGroup:SecurityGroup": (
        _part(
            "CreateSecurityGroup RevokeSecurityGroupEgress",
            "DescribeNetworkInterfaces DescribeSecurityGroups",
            delete=f"DeleteSecurityGroup RevokeSecurityGroupEgress RevokeSecurityGroupIngress {LEFT_BEHIND}",
        ),
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (_rule("Egress"),),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (_rule("Ingress"),),
    # What a VPC comes with is emptied, and goes with it.
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (
        _part(
            "RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
            "DescribeSecurityGroupRules DescribeSecurityGroups",
            "RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
        ),
    ),
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": (
        _part(
            "DeleteNetworkAclEntry",
            "DescribeNetworkAcls",
            "DeleteNetworkAclEntry ReplaceNetworkAclAssociation",
        ),
    ),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": (
        _part("DeleteRoute", "DescribeRouteTables", "DeleteRoute"),
    ),
    "aws:ec2/networkAcl:NetworkAcl": (
        _part(
            "CreateNetworkAcl CreateNetworkAclEntry ReplaceNetworkAclAssociation",
            "DescribeNetworkAcls",
            "CreateNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclAssociation",
            "DeleteNetworkAcl ReplaceNetworkAclAssociation",
        ),
    ),
    "aws:ec2/internetGateway:InternetGateway": (
        _part(
            "AttachInternetGateway CreateInternetGateway",
            "DescribeInternetGateways",
            delete="DeleteInternetGateway DetachInternetGateway",
        ),
    ),
    "aws:ec2/eip:Eip": (
        _part(
            "AllocateAddress",
            "DescribeAddresses DescribeAddressesAttribute",
            delete="DisassociateAddress ReleaseAddress",
        ),
    ),
    "aws:ec2/natGateway:NatGateway": (
        _part("CreateNatGateway", "DescribeNatGateways", delete="DeleteNatGateway"),
    ),
    "aws:ec2/routeTable:RouteTable": (
        _part("CreateRouteTable", "DescribeRouteTables", delete="DeleteRouteTable DisassociateRouteTable"),
    ),
    "aws:ec2/route:Route": (
        Calls(
            "ec2",
            EC2,
            create="CreateRoute",
            read="DescribeRouteTables",
            update="ReplaceRoute",
            delete="DeleteRoute",
        ),
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": (
        Calls(
            "ec2",
            EC2,
            create="AssociateRouteTable",
            read="DescribeRouteTables",
            update="ReplaceRouteTableAssociation",
            delete="DisassociateRouteTable",
        ),
    ),
    "aws:ec2/flowLog:FlowLog": (
        _part("CreateFlowLogs", "DescribeFlowLogs", delete="DeleteFlowLogs"),
        passing("iamRoleArn", "vpc-flow-logs"),
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (
        _part(
            "CreateVpcEndpoint",
            "DescribeNetworkInterfaces DescribePrefixLists DescribeVpcEndpoints",
            "ModifyVpcEndpoint",
            "DeleteVpcEndpoints",
        ),
        # Private names are in a zone of AWS's own, which is joined in the caller's name.
        Calls(
            "route53",
            "arn:aws:route53:::hostedzone/*",
            create="AssociateVPCWithHostedZone",
            given="privateDnsEnabled",
        ),
    ),
    "aws:networkfirewall/ruleGroup:RuleGroup": (
        _filter(
            "stateful-rulegroup/{name:NAMED*}",
            "CreateRuleGroup",
            "DescribeRuleGroup",
            "UpdateRuleGroup",
            "DeleteRuleGroup",
        ),
    ),
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": (
        _filter(
            "firewall-policy/{name:NAMED*}",
            "CreateFirewallPolicy",
            "DescribeFirewallPolicy",
            "UpdateFirewallPolicy",
            "DeleteFirewallPolicy",
        ),
        Calls(
            "network-firewall",
            RULE_GROUP,
            create="CreateFirewallPolicy",
            update="UpdateFirewallPolicy",
        ),
    ),
    "aws:networkfirewall/firewall:Firewall": (
        _filter(
            "firewall/{name:NAMED*}",
            "CreateFirewall",
            "DescribeFirewall",
            "AssociateFirewallPolicy AssociateSubnets DisassociateSubnets UpdateFirewallDeleteProtection"
            " UpdateFirewallDescription UpdateFirewallPolicyChangeProtection UpdateSubnetChangeProtection",
            "DeleteFirewall",
        ),
        Calls(
            "network-firewall",
            FIREWALL_POLICY,
            create="CreateFirewall",
            update="AssociateFirewallPolicy",
        ),
        linked("network-firewall"),
    ),
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": (
        Calls(
            "network-firewall",
            "{firewallArn:arn:aws:network-firewall:REGION:ACCOUNT:firewall/NAMED*}",
            create="UpdateLoggingConfiguration",
            read="DescribeLoggingConfiguration",
            update="UpdateLoggingConfiguration",
            delete="UpdateLoggingConfiguration",
        ),
        # As Network Firewall's developer guide has it for logs that go to CloudWatch Logs.
        Calls(
            "logs",
            ANY,
            create="CreateLogDelivery DescribeLogGroups DescribeResourcePolicies GetLogDelivery"
            " ListLogDeliveries PutResourcePolicy UpdateLogDelivery",
            update="GetLogDelivery ListLogDeliveries UpdateLogDelivery",
            delete="DeleteLogDelivery",
        ),
    ),
}
