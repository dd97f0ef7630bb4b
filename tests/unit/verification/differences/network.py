"""What may be wrong with an account's network."""

from tests.unit.verification.differences.difference import Difference, given, within

OPEN_POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*"}]}'


DIFFERENCES = (
    Difference(
        "network: endpoints", "ec2:DescribeVpcEndpoints", within("VpcEndpoints", State="failed"), "failed"
    ),
    Difference(
        "network: endpoints",
        "ec2:DescribeVpcEndpoints",
        within("VpcEndpoints", PolicyDocument=OPEN_POLICY),
        "its policy",
    ),
    Difference(
        "network: endpoints", "ec2:DescribeVpcEndpoints", given(VpcEndpoints=[]), "their states is []"
    ),
    Difference(
        "network: ways out", "ec2:DescribeNatGateways", within("NatGateways", State="failed"), "failed"
    ),
    Difference(
        "network: default group",
        "ec2:DescribeSecurityGroups",
        within("SecurityGroups", IpPermissionsEgress=[{"IpProtocol": "-1"}]),
        "number of its rules is 1",
    ),
    Difference("network: flow logs", "ec2:DescribeFlowLogs", given(FlowLogs=[]), "their number is 0"),
    Difference(
        "network: flow logs", "ec2:DescribeFlowLogs", within("FlowLogs", DeliverLogsStatus="FAILED"), "FAILED"
    ),
    Difference(
        "network: egress firewall",
        "network-firewall:DescribeFirewall",
        within("FirewallStatus", ConfigurationSyncStateSummary="PENDING"),
        "PENDING",
    ),
    Difference(
        "network: names",
        "route53resolver:ListFirewallRuleGroupAssociations",
        within("FirewallRuleGroupAssociations", Status="DELETING"),
        "DELETING",
    ),
    Difference(
        "network: names",
        "route53resolver:ListFirewallRuleGroupAssociations",
        given(FirewallRuleGroupAssociations=[]),
        "the states of its rules is []",
    ),
)
