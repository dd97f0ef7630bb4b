"""The calls for the firewall of names. Its parts have ids only: the rights can't name the stage's own."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, linked

TAGS = "TagResource UntagResource"


def _part(
    resource: str, create: str, read: str, update: str = "", delete: str = "", *, tagged: bool = True
) -> Calls:
    return Calls(
        "route53resolver",
        f"{resource}/*",
        create=f"{create} TagResource" if tagged else create,
        read=f"{read} ListTagsForResource" if tagged else read,
        update=f"{update} {TAGS}".strip() if tagged else update,
        delete=delete,
    )


def _rule(resource: str) -> Calls:
    """A rule is of a list in a group, and both are asked."""
    return _part(
        resource,
        "CreateFirewallRule",
        "ListFirewallRules",
        "UpdateFirewallRule",
        "DeleteFirewallRule",
        tagged=False,
    )


VPCS = Calls("ec2", ANY, read="DescribeVpcs")

DNS: Mapping[str, Sequence[Calls]] = {
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": (
        _part(
            "firewall-domain-list",
            "CreateFirewallDomainList UpdateFirewallDomains",
            "GetFirewallDomainList ListFirewallDomains",
            "UpdateFirewallDomains",
            "DeleteFirewallDomainList",
        ),
    ),
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": (
        _part(
            "firewall-rule-group",
            "CreateFirewallRuleGroup",
            "GetFirewallRuleGroup",
            delete="DeleteFirewallRuleGroup",
        ),
    ),
    "aws:route53/resolverFirewallRule:ResolverFirewallRule": (
        _rule("firewall-domain-list"),
        _rule("firewall-rule-group"),
    ),
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": (
        _part(
            "firewall-rule-group-association",
            "AssociateFirewallRuleGroup",
            "GetFirewallRuleGroupAssociation",
            "UpdateFirewallRuleGroupAssociation",
            "DisassociateFirewallRuleGroup",
        ),
        VPCS,
    ),
    "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": (
        _part(
            "firewall-config",
            "UpdateFirewallConfig",
            "GetFirewallConfig ListFirewallConfigs",
            "UpdateFirewallConfig",
            "UpdateFirewallConfig",
            tagged=False,
        ),
        VPCS,
    ),
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": (
        # It has no ARN until it is there.
        Calls("route53resolver", ANY, create="CreateResolverQueryLogConfig"),
        Calls(
            "route53resolver",
            "resolver-query-log-config/*",
            create="TagResource",
            read="GetResolverQueryLogConfig ListTagsForResource",
            update=TAGS,
            delete="DeleteResolverQueryLogConfig",
        ),
        # As Route 53's developer guide has it for logs that go to CloudWatch Logs.
        Calls(
            "logs",
            ANY,
            create="CreateLogDelivery DescribeLogGroups DescribeResourcePolicies GetLogDelivery"
            " ListLogDeliveries PutResourcePolicy UpdateLogDelivery",
            delete="DeleteLogDelivery",
        ),
        linked("route53resolver"),
    ),
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": (
        _part(
            "resolver-query-log-config",
            "AssociateResolverQueryLogConfig",
            "GetResolverQueryLogConfigAssociation",
            delete="DisassociateResolverQueryLogConfig",
            tagged=False,
        ),
    ),
}
