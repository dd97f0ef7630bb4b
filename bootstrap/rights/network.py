"""The VPC and what leaves it. Its parts have ids only, so the rights can't name the stage's own."""

from bootstrap.rights.right import Grant, Right

NETWORK = (
    Right(
        "ec2",
        Grant(
            "DescribeAccountAttributes DescribeAddresses DescribeAddressesAttribute"
            " DescribeAvailabilityZones DescribeFlowLogs DescribeInternetGateways DescribeNatGateways"
            " DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists DescribeRouteTables"
            " DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeTags"
            " DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcs GetEbsEncryptionByDefault"
        ),
        (
            Grant(
                "AllocateAddress AssociateRouteTable AttachInternetGateway AuthorizeSecurityGroupEgress"
                " AuthorizeSecurityGroupIngress CreateFlowLogs CreateInternetGateway CreateNatGateway"
                " CreateNetworkAcl CreateNetworkAclEntry CreateRoute CreateRouteTable CreateSecurityGroup"
                " CreateSubnet CreateTags CreateVpc CreateVpcEndpoint DeleteFlowLogs DeleteInternetGateway"
                " DeleteNatGateway DeleteNetworkAcl DeleteNetworkAclEntry DeleteNetworkInterface DeleteRoute"
                " DeleteRouteTable DeleteSecurityGroup DeleteSubnet DeleteTags DeleteVpc DeleteVpcEndpoints"
                " DetachInternetGateway DetachNetworkInterface DisassociateAddress DisassociateRouteTable"
                " ModifySecurityGroupRules ModifySubnetAttribute ModifyVpcAttribute ModifyVpcEndpoint"
                " ReleaseAddress ReplaceNetworkAclAssociation ReplaceNetworkAclEntry ReplaceRoute"
                " ReplaceRouteTableAssociation RevokeSecurityGroupEgress RevokeSecurityGroupIngress"
                " UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress",
                ("arn:aws:ec2:*:ACCOUNT:*",),
            ),
        ),
    ),
    Right(
        "network-firewall",
        Grant(
            "DescribeFirewall DescribeFirewallPolicy DescribeLoggingConfiguration DescribeResourcePolicy"
            " DescribeRuleGroup ListTagsForResource"
        ),
        (
            Grant(
                "AssociateSubnets CreateFirewall CreateFirewallPolicy CreateRuleGroup DeleteFirewall"
                " DeleteFirewallPolicy DeleteRuleGroup DisassociateSubnets TagResource UntagResource"
                " UpdateFirewallDeleteProtection UpdateFirewallPolicy"
                " UpdateFirewallPolicyChangeProtection UpdateLoggingConfiguration UpdateRuleGroup"
                " UpdateSubnetChangeProtection",
                (
                    "firewall/NAMED*",
                    "firewall-policy/NAMED*",
                    "stateful-rulegroup/NAMED*",
                    "stateless-rulegroup/NAMED*",
                ),
            ),
        ),
    ),
)
