"""Cases of `policies/pack/network.py`."""

from policies.pack import network
from policies.pack.aws import SECURITY_GROUP, SUBNET, VPC
from policies.pack.network import DEFAULT_GROUP, EGRESS_RULE, FLOW_LOG, INGRESS_RULE, RULE
from tests.policies.case import Case
from tests.policies.patches import change, drop
from tests.policies.resources import ACCOUNT, UNKNOWN, allow, resource

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
FIREWALL = "aws:networkfirewall/firewallPolicy:FirewallPolicy"
OWN = {"description": "d", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
ANYONE = {**OWN, "cidrBlocks": ["0.0.0.0/0"]}
DROPPING = {"statefulDefaultActions": ["aws:drop_established"]}
REFUSING = [
    resource(network.RULES_OF_VPC, vpcId="v", firewallRuleGroupId="g"),
    resource(network.NAME_RULES, id="g"),
    resource(network.NAME_RULE, firewallRuleGroupId="g", firewallDomainListId="l", action="BLOCK"),
    resource(network.NAMES, id="l", domains=["*."]),
]

CASES = [
    Case(
        network.no_public_ingress,
        passes=[resource(SECURITY_GROUP, ingress=[OWN]), resource(INGRESS_RULE, cidrIpv4="10.0.0.0/8")],
        fails=[resource(INGRESS_RULE, cidrIpv6="::/0")],
        unknown=[resource(SECURITY_GROUP, ingress=[{"cidrBlocks": [UNKNOWN]}])],
        broken=change(
            INGRESS_RULE, "endpoints-egress", {"referencedSecurityGroupId": None, "cidrIpv4": "0.0.0.0/0"}
        ),
    ),
    Case(
        network.no_open_egress,
        passes=[resource(SECURITY_GROUP, egress=[ANYONE])],
        fails=[resource(SECURITY_GROUP, egress=[{"cidrBlocks": ["0.0.0.0/0"], "fromPort": 0, "toPort": 0}])],
        unknown=[resource(EGRESS_RULE, cidrIpv4=UNKNOWN)],
        broken=change(EGRESS_RULE, "egress-processor", {"fromPort": 0, "toPort": 65535}),
    ),
    Case(
        network.security_rule_says_why,
        passes=[
            resource(SECURITY_GROUP, ingress=[OWN], egress=[OWN]),
            resource(RULE, type="egress", description="d"),
        ],
        fails=[resource(RULE, type="ingress")],
        unknown=[resource(INGRESS_RULE, description=UNKNOWN)],
        broken=change(EGRESS_RULE, "egress-processor", {"description": None}),
    ),
    Case(
        network.vpc_has_flow_log,
        passes=[resource(VPC, id="v"), resource(FLOW_LOG, vpcId="v", trafficType="ALL")],
        fails=[resource(VPC, id="v"), resource(FLOW_LOG, vpcId="v", trafficType="REJECT")],
        unknown=[
            vpc := resource(VPC, id=UNKNOWN),
            resource(FLOW_LOG, vpcId=UNKNOWN, trafficType="ALL", depends={"vpcId": [vpc]}),
        ],
        unknown_is="passes",
        broken=change(FLOW_LOG, "flow-logs", {"trafficType": "REJECT"}),
    ),
    Case(
        network.default_security_group_is_closed,
        passes=[resource(VPC, id="v"), resource(DEFAULT_GROUP, vpcId="v", ingress=[], egress=[])],
        fails=[resource(VPC, id="v"), resource(DEFAULT_GROUP, vpcId="v", egress=[OWN])],
        unknown=[resource(VPC, id="v"), resource(DEFAULT_GROUP, vpcId="v", ingress=UNKNOWN)],
        broken=drop(DEFAULT_GROUP, "closed"),
    ),
    Case(
        network.subnet_maps_no_public_address,
        passes=[resource(SUBNET, mapPublicIpOnLaunch=False)],
        fails=[resource(SUBNET, mapPublicIpOnLaunch=True)],
        unknown=[resource(SUBNET, mapPublicIpOnLaunch=UNKNOWN)],
        broken=change(SUBNET, "egress-a", {"mapPublicIpOnLaunch": True}),
    ),
    Case(
        network.endpoint_has_policy,
        passes=[resource(ENDPOINT, policy=allow("s3:GetObject", "*", Principal="*", Condition=ACCOUNT))],
        fails=[resource(ENDPOINT, policy=allow("*", "*", Principal="*"))],
        unknown=[resource(ENDPOINT, policy=UNKNOWN)],
        broken=change(ENDPOINT, "dynamodb", {"policy": None}),
    ),
    Case(
        network.vpc_looks_up_listed_names,
        passes=[resource(VPC, id="v"), *REFUSING],
        fails=[resource(VPC, id="v"), *REFUSING[1:]],
        unknown=[
            resource(VPC, id="v"),
            *REFUSING[:3],
            resource(network.NAMES, id="l", domains=UNKNOWN),
        ],
        broken=change(network.NAME_RULE, "dns-refused", {"action": "ALERT"}),
    ),
    Case(
        network.network_firewall_drops_the_rest,
        passes=[resource(FIREWALL, firewallPolicy=DROPPING)],
        fails=[resource(FIREWALL, firewallPolicy={**DROPPING, "statelessDefaultActions": ["aws:pass"]})],
        unknown=[resource(FIREWALL, firewallPolicy=UNKNOWN)],
        broken=change(FIREWALL, "egress-firewall", {"firewallPolicy.statefulDefaultActions": []}),
    ),
]
