"""What may talk to what."""

from collections.abc import Iterator
from typing import Any

from .aws import SECURITY_GROUP, SUBNET, VPC
from .declaring import CRITICAL, HIGH, LOW, MEDIUM, Resource, Violations, policy, words
from .documents import statements
from .matching import is_everything
from .stack import Member, Stack

NETWORK = "https://docs.aws.amazon.com/vpc/latest/userguide"
ANYWHERE = {"0.0.0.0/0", "::/0"}
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
GROUPS = (SECURITY_GROUP, DEFAULT_GROUP)
EVERY_NAME = {"*", "*."}
NAMES = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
NAME_RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
NAME_RULES = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
RULES_OF_VPC = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
FLOW_LOG = "aws:ec2/flowLog:FlowLog"


def _rules(resource: Resource, direction: str) -> Iterator[Any]:
    """The rules of one direction, which are within the group or resources of their own."""
    if resource.resource_type in GROUPS:
        yield from resource.props.get(direction) or ()
    elif resource.resource_type == RULE:
        if resource.props.get("type") == direction:
            yield resource.props
    else:
        yield resource.props


def addresses(rule: Any) -> set[str]:
    """The addresses that a rule is for, in whichever form it names them."""
    listed = [*(rule.get("cidrBlocks") or ()), *(rule.get("ipv6CidrBlocks") or ())]
    return {*listed, *filter(None, (rule.get("cidrIpv4"), rule.get("cidrIpv6")))}


@policy(
    on=(*GROUPS, INGRESS_RULE, RULE),
    severity=CRITICAL,
    pci=["1.3.1", "1.4.2"],
    remedy="Name the security group or the addresses that may connect.",
    url=f"{NETWORK}/security-group-rules.html",
)
def no_public_ingress(resource: Resource) -> Violations:
    """No security group lets the whole internet in."""
    for rule in _rules(resource, "ingress"):
        yield from (f"{address} may connect" for address in sorted(addresses(rule) & ANYWHERE))


@policy(
    on=(*GROUPS, EGRESS_RULE, RULE),
    severity=HIGH,
    pci=["1.3.2"],
    remedy="Name the destination, or open the one port that is needed.",
    url=f"{NETWORK}/security-group-rules.html",
    settings={"ports": words(["443"], "Ports that may be open to every address.")},
)
def no_open_egress(resource: Resource, ports: list[str]) -> Violations:
    """What may talk to every address does so over named ports only."""
    for rule in _rules(resource, "egress"):
        span = {str(int(rule[key])) if rule.get(key) is not None else "" for key in ("fromPort", "toPort")}
        if addresses(rule) & ANYWHERE and not (len(span) == 1 and span <= set(ports)):
            yield f"ports {'-'.join(sorted(span)) or 'of any number'} are open to every address"


@policy(
    on=(*GROUPS, INGRESS_RULE, EGRESS_RULE, RULE),
    severity=LOW,
    pci=["1.2.5"],
    remedy="Give the rule a `description`.",
    url=f"{NETWORK}/security-group-rules.html",
)
def security_rule_says_why(resource: Resource) -> Violations:
    """Each rule of a security group says what it is for."""
    for direction in ("ingress", "egress") if resource.resource_type in GROUPS else ("",):
        for rule in _rules(resource, direction or resource.props.get("type", "")):
            if not rule.get("description"):
                yield f"a rule {f'for {direction} ' if direction else ''}has no description"


@policy(
    on=VPC,
    severity=HIGH,
    pci=["10.2.1", "11.5.1"],
    remedy="Add a FlowLog with `traffic_type` ALL.",
    url=f"{NETWORK}/flow-logs.html",
)
def vpc_has_flow_log(vpc: Member, stack: Stack) -> Violations:
    """All traffic of every VPC is logged, also what was refused."""
    logs = stack.naming(FLOW_LOG, "vpcId", vpc)
    if not any(log.props.get("trafficType") == "ALL" for log in logs):
        yield "no flow log takes all of its traffic"


@policy(
    on=VPC,
    severity=MEDIUM,
    pci=["1.3.1", "1.3.2", "2.2.4"],
    remedy="Add a DefaultSecurityGroup with empty `ingress` and `egress`.",
    url=f"{NETWORK}/default-security-group.html",
)
def default_security_group_is_closed(vpc: Member, stack: Stack) -> Violations:
    """The default security group of every VPC lets nothing through: what names no group gets it."""
    groups = stack.naming(DEFAULT_GROUP, "vpcId", vpc)
    if not groups:
        yield "its default security group is as AWS made it: open within"
    for group in groups:
        if group.props.get("ingress") or group.props.get("egress"):
            yield "its default security group has rules"


@policy(
    on=SUBNET,
    severity=HIGH,
    pci=["1.4.2", "1.4.5"],
    remedy="Leave `map_public_ip_on_launch` out.",
    url=f"{NETWORK}/subnet-public-ip.html",
)
def subnet_maps_no_public_address(subnet: Resource) -> Violations:
    """No subnet gives public addresses to what starts in it."""
    if subnet.props.get("mapPublicIpOnLaunch") or subnet.props.get("assignIpv6AddressOnCreation"):
        yield "what starts in it gets a public address"


@policy(
    on="aws:ec2/vpcEndpoint:VpcEndpoint",
    severity=HIGH,
    pci=["1.3.2", "7.3.3"],
    remedy="Give the endpoint a policy with the account's own resources and principals.",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
)
def endpoint_has_policy(endpoint: Resource) -> Violations:
    """An endpoint leads to the own account's resources only.

    Without a policy, stolen data can leave through it to a bucket or table of another account.
    """
    document = endpoint.props.get("policy")
    if not document:
        yield "the endpoint has no policy"
    for statement in statements(document):
        to_all = any(map(is_everything, statement.resources)) and not any(
            "resourceaccount" in key or "resourceorg" in key
            for compared in statement.conditions.values()
            for key in compared
        )
        if statement.is_open() and not statement.binds() and to_all:
            yield f"{statement.words()} lets everybody reach everything"


@policy(
    on=VPC,
    severity=HIGH,
    pci=["1.3.2", "1.4.2"],
    remedy="Associate a ResolverFirewallRuleGroup that allows what is called and blocks `*.`.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html",
)
def vpc_looks_up_listed_names(vpc: Member, stack: Stack) -> Violations:
    """A VPC's resolver looks up listed names only.

    It answers whoever is in the VPC, past security groups and routes: a name is a way out for data.
    """
    refused = [
        rule
        for association in stack.naming(RULES_OF_VPC, "vpcId", vpc)
        for group in stack.named(association, "firewallRuleGroupId", NAME_RULES)
        for rule in stack.naming(NAME_RULE, "firewallRuleGroupId", group)
        if rule.props.get("action") == "BLOCK"
    ]
    lists = [names for rule in refused for names in stack.named(rule, "firewallDomainListId", NAMES)]
    if not any(EVERY_NAME & set(names.props.get("domains") or ()) for names in lists):
        yield "its resolver looks up any name"


@policy(
    on="aws:networkfirewall/firewallPolicy:FirewallPolicy",
    severity=HIGH,
    pci=["1.3.2", "1.4.2"],
    remedy="Put `aws:drop_established` or `aws:drop_strict` into `stateful_default_actions`.",
    url="https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html",
)
def network_firewall_drops_the_rest(firewall: Resource) -> Violations:
    """What no rule of a network firewall allows is dropped."""
    settings = firewall.props.get("firewallPolicy") or {}
    if not any(action.startswith("aws:drop") for action in settings.get("statefulDefaultActions") or ()):
        yield "what no rule speaks of may pass"
    for key in ("statelessDefaultActions", "statelessFragmentDefaultActions"):
        if "aws:pass" in list(settings.get(key) or ()):
            yield f"{key} let it pass unseen"
