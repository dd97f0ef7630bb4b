"""The firewall of the way out: TLS to the processor's hosts, by name, and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.networkfirewall.outputs import FirewallFirewallStatus

from infra.durability import Durability
from infra.network import statements
from infra.network.subnets import Subnets
from infra.stage import Stage
from infra.statements import document

# A rule group's capacity can't be changed; a name takes one.
CAPACITY = 100


def egress_log_name(stage: Stage) -> str:
    """Where the firewall writes what it has dropped."""
    return f"/aws/network-firewall/{stage.physical('dropped')}"


@dataclass(frozen=True)
class EgressFirewallArgs:
    """`subnets`: its own, one per zone. `hosts`: names that may be called. `log_key`: of its log group."""

    stage: Stage
    durability: Durability
    vpc: aws.ec2.Vpc
    subnets: Subnets
    hosts: Collection[str]
    log_key: aws.kms.Key
    log_retention_days: int


class EgressFirewall(pulumi.ComponentResource):
    """`endpoints`: ids by zone, which routes lead to; `subnets`, which the endpoints are in.

    A connection is passed by the host name in the first message of TLS. What comes from elsewhere than the
    VPC, names another host, or isn't TLS, is dropped and told in the log.
    """

    def __init__(
        self, name: str, args: EgressFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:network:EgressFirewall", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.subnets = args.subnets
        firewall = self._firewall(name, self._policy(name, self._hosts()))
        found = firewall.firewall_statuses.apply(endpoints_by_subnet)
        self.endpoints: Mapping[str, pulumi.Output[str]] = {
            zone: pulumi.Output.all(found, subnet.id).apply(lambda both: both[0][both[1]])
            for zone, subnet in args.subnets.subnets.items()
        }
        self._log(name, firewall)
        self.register_outputs({})

    def _hosts(self) -> aws.networkfirewall.RuleGroup:
        source = aws.networkfirewall.RuleGroupRuleGroupRulesSourceArgs(
            rules_source_list=aws.networkfirewall.RuleGroupRuleGroupRulesSourceRulesSourceListArgs(
                generated_rules_type="ALLOWLIST",
                target_types=["TLS_SNI"],
                targets=sorted(self._args.hosts),
            )
        )
        return aws.networkfirewall.RuleGroup(
            "processor-hosts",
            name=self._args.stage.physical("processor-hosts"),
            description="The processor's hosts",
            type="STATEFUL",
            capacity=CAPACITY,
            rule_group=aws.networkfirewall.RuleGroupRuleGroupArgs(
                rules_source=source,
                stateful_rule_options=aws.networkfirewall.RuleGroupRuleGroupStatefulRuleOptionsArgs(
                    rule_order="STRICT_ORDER"
                ),
            ),
            opts=self._child,
        )

    def _policy(self, name: str, hosts: aws.networkfirewall.RuleGroup) -> aws.networkfirewall.FirewallPolicy:
        engine = aws.networkfirewall.FirewallPolicyFirewallPolicyStatefulEngineOptionsArgs
        reference = aws.networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArgs
        return aws.networkfirewall.FirewallPolicy(
            name,
            name=self._args.stage.physical("egress"),
            description="Drops what is not for the processor",
            firewall_policy=aws.networkfirewall.FirewallPolicyFirewallPolicyArgs(
                stateless_default_actions=["aws:forward_to_sfe"],
                stateless_fragment_default_actions=["aws:drop"],
                # If the engine is interrupted, conversations that it didn't see begin are dropped.
                stateful_engine_options=engine(rule_order="STRICT_ORDER", stream_exception_policy="DROP"),
                # Established, not strict: a connection must be opened before it can name its host.
                stateful_default_actions=["aws:drop_established", "aws:alert_established"],
                stateful_rule_group_references=[reference(priority=1, resource_arn=hosts.arn)],
            ),
            opts=self._child,
        )

    def _firewall(
        self, name: str, policy: aws.networkfirewall.FirewallPolicy
    ) -> aws.networkfirewall.Firewall:
        args = self._args
        return aws.networkfirewall.Firewall(
            name,
            name=args.stage.physical("egress"),
            description="The way to the processor",
            vpc_id=args.vpc.id,
            firewall_policy_arn=policy.arn,
            subnet_mappings=[
                aws.networkfirewall.FirewallSubnetMappingArgs(subnet_id=subnet.id)
                for subnet in args.subnets.subnets.values()
            ],
            delete_protection=args.durability.deletion_protection,
            opts=self._child,
        )

    def _log(self, name: str, firewall: aws.networkfirewall.Firewall) -> None:
        args = self._args
        self.log_group = aws.cloudwatch.LogGroup(
            name,
            name=egress_log_name(args.stage),
            retention_in_days=args.log_retention_days,
            kms_key_id=args.log_key.arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        # Without it AWS would write one of its own, for every account's deliveries of every kind.
        delivery = aws.cloudwatch.LogResourcePolicy(
            name,
            policy_name=args.stage.physical("egress-firewall-log"),
            policy_document=self.log_group.arn.apply(
                lambda arn: document([statements.deliver_log(args.stage, arn)])
            ),
            opts=self._child,
        )
        destination = aws.networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs(
            log_type="ALERT",
            log_destination_type="CloudWatchLogs",
            log_destination={"logGroup": self.log_group.name},
        )
        aws.networkfirewall.LoggingConfiguration(
            name,
            firewall_arn=firewall.arn,
            logging_configuration=aws.networkfirewall.LoggingConfigurationLoggingConfigurationArgs(
                log_destination_configs=[destination]
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[delivery]),
        )


def endpoints_by_subnet(statuses: Sequence[FirewallFirewallStatus]) -> dict[str, str]:
    """The ids of a firewall's endpoints by the id of the subnet that each is in."""
    attachments = [
        attachment
        for status in statuses
        for state in status.sync_states or ()
        for attachment in state.attachments or ()
    ]
    return {each.subnet_id: each.endpoint_id for each in attachments if each.subnet_id and each.endpoint_id}
