"""Which names are looked up in the network: AWS's and the processor's. Else a query itself is a way out.

A VPC's own resolver answers everybody in it, isolated or not, past security groups, ACLs and routes, and asks
the internet: a name can carry what it shouldn't.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address

import pulumi
import pulumi_aws as aws

from infra.durability import Durability
from infra.network import statements
from infra.stage import Stage
from infra.statements import document

# What functions call, endpoint by endpoint; the first is DynamoDB's with the account's id before it, too.
SERVICES = ("dynamodb", "ddb", "kms", "secretsmanager", "sqs")
# Rules of a group, and groups of a VPC, go by their numbers, the lowest first; AWS keeps those up to 100.
ALLOW, REFUSE, GROUP = 100, 200, 101


def dns_log_name(stage: Stage) -> str:
    """Where each query is written, with what became of it."""
    return f"/aws/route53resolver/{stage.physical('queries')}"


@dataclass(frozen=True)
class DnsFirewallArgs:
    """`hosts`: names that may be called on the internet. `log_key`: of its log group."""

    stage: Stage
    durability: Durability
    vpc: aws.ec2.Vpc
    hosts: Collection[str]
    log_key: aws.kms.Key
    log_retention_days: int


class DnsFirewall(pulumi.ComponentResource):
    """A query for any other name finds that there is no such name, and is in `log_group` as refused.

    If the firewall itself fails, nothing is found: AWS's default, said here so that a change is a difference.
    """

    def __init__(self, name: str, args: DnsFirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:DnsFirewall", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        group = aws.route53.ResolverFirewallRuleGroup(
            "dns", name=args.stage.physical("dns"), opts=self._child
        )
        self._rule(group, "allowed", allowed_names(args.stage, args.hosts), ALLOW)
        self._rule(group, "refused", ["*."], REFUSE)
        aws.route53.ResolverFirewallRuleGroupAssociation(
            "dns",
            name=args.stage.physical("dns"),
            firewall_rule_group_id=group.id,
            vpc_id=args.vpc.id,
            priority=GROUP,
            opts=self._child,
        )
        aws.route53.ResolverFirewallConfig(
            "dns", resource_id=args.vpc.id, firewall_fail_open="DISABLED", opts=self._child
        )
        self._log(name)
        self.register_outputs({})

    def _rule(
        self, group: aws.route53.ResolverFirewallRuleGroup, name: str, domains: list[str], priority: int
    ) -> None:
        physical_name = self._args.stage.physical(f"dns-{name}")
        listed = aws.route53.ResolverFirewallDomainList(
            f"dns-{name}", name=physical_name, domains=domains, opts=self._child
        )
        allowed = priority == ALLOW
        aws.route53.ResolverFirewallRule(
            f"dns-{name}",
            name=physical_name,
            action="ALLOW" if allowed else "BLOCK",
            block_response=None if allowed else "NXDOMAIN",
            # The processor's names are other names of its carrier's, which change without notice.
            firewall_domain_redirection_action="TRUST_REDIRECTION_DOMAIN" if allowed else None,
            firewall_domain_list_id=listed.id,
            firewall_rule_group_id=group.id,
            priority=priority,
            opts=self._child,
        )

    def _log(self, name: str) -> None:
        args = self._args
        self.log_group = aws.cloudwatch.LogGroup(
            name,
            name=dns_log_name(args.stage),
            retention_in_days=args.log_retention_days,
            kms_key_id=args.log_key.arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        # Without it AWS would write one of its own, for every account's deliveries of every kind.
        delivery = aws.cloudwatch.LogResourcePolicy(
            name,
            policy_name=args.stage.physical("dns-log"),
            policy_document=self.log_group.arn.apply(
                lambda arn: document([statements.deliver_log(args.stage, arn)])
            ),
            opts=self._child,
        )
        config = aws.route53.ResolverQueryLogConfig(
            "dns",
            name=args.stage.physical("dns"),
            destination_arn=self.log_group.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[delivery]),
        )
        aws.route53.ResolverQueryLogConfigAssociation(
            "dns", resolver_query_log_config_id=config.id, resource_id=args.vpc.id, opts=self._child
        )


def allowed_names(stage: Stage, hosts: Collection[str]) -> list[str]:
    """As AWS keeps them, with the dot at the end: another form would be a difference for ever."""
    services = [f"{service}.{stage.region}.amazonaws.com" for service in SERVICES]
    accounts = [f"*.{service}" for service in services if service.startswith("ddb.")]
    names = [host for host in hosts if not _is_address(host)]
    return sorted(f"{name}." for name in [*services, *accounts, *names])


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
