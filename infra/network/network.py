"""The network: where functions are, what they reach, and what is written down of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import access
from infra.keys import Keys
from infra.network.acl import Acl, AclArgs
from infra.network.addresses import subnet_cidrs
from infra.network.dns_firewall import DnsFirewall, DnsFirewallArgs
from infra.network.egress import Egress, EgressArgs
from infra.network.egress_firewall import EgressFirewall, EgressFirewallArgs
from infra.network.endpoints import Endpoints, EndpointsArgs
from infra.network.flow_logs import FlowLogs, FlowLogsArgs
from infra.network.placement import Placement
from infra.network.security_groups import SecurityGroups, SecurityGroupsArgs
from infra.network.subnets import Subnets, SubnetsArgs
from infra.network.vpc import Vpc, VpcArgs
from infra.settings import Settings


@dataclass(frozen=True)
class NetworkArgs:
    """`keys`: encrypt what is written down."""

    settings: Settings
    keys: Keys


class Network(pulumi.ComponentResource):
    """`placements`: where each function is, by its name: isolated, or with a way out to the processor
    and listed servers of merchants.

    `log_groups`: by name.
    """

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Network", name, None, opts)
        self._args = args
        self._stage, self._plan = args.settings.stage, args.settings.network
        self._child = pulumi.ResourceOptions(parent=self)
        self._vpc = Vpc("vpc", VpcArgs(self._stage, self._plan.cidr), self._child).vpc
        isolated = self._subnets("isolated", self._plan.zones)
        egress = self._subnets("egress", self._plan.zones)
        public = self._subnets("public", self._plan.nat_zones)
        firewall = self._firewall()
        tiers = [isolated, egress, public, *([firewall.subnets] if firewall else [])]
        Acl("https", AclArgs(self._stage, self._vpc, self._plan.cidr, tiers), self._child)
        groups = SecurityGroups("security-groups", SecurityGroupsArgs(self._stage, self._vpc), self._child)
        self._endpoints(groups, isolated, egress)
        Egress(
            "internet",
            EgressArgs(
                self._stage, args.settings.durability, self._plan, self._vpc, egress, public, firewall
            ),
            self._child,
        )
        flow_logs = self._flow_logs()
        self.log_groups = {"flows": flow_logs.log_group, "dns": self._dns_firewall().log_group}
        if firewall is not None:
            self.log_groups["egress-firewall"] = firewall.log_group
        self.placements: Mapping[str, Placement] = {
            **dict.fromkeys(access.ISOLATED, self._placement(isolated, groups.isolated)),
            **dict.fromkeys(access.OUTGOING, self._placement(egress, groups.egress)),
        }
        self.register_outputs({})

    def _subnets(self, tier: str, zones: Sequence[str]) -> Subnets:
        cidrs = subnet_cidrs(self._plan.cidr, tier, self._plan.zones)
        return Subnets(
            tier,
            SubnetsArgs(self._stage, self._vpc, {zone: cidrs[zone] for zone in zones}),
            self._child,
        )

    def _firewall(self) -> EgressFirewall | None:
        if not self._plan.inspected_zones:
            return None
        settings = self._args.settings
        return EgressFirewall(
            "egress-firewall",
            EgressFirewallArgs(
                self._stage,
                settings.durability,
                self._vpc,
                self._subnets("firewall", self._plan.inspected_zones),
                settings.outside_hosts,
                self._args.keys.data["logs"],
                settings.log_retention_days,
            ),
            self._child,
        )

    def _dns_firewall(self) -> DnsFirewall:
        settings = self._args.settings
        return DnsFirewall(
            "dns-firewall",
            DnsFirewallArgs(
                self._stage,
                settings.durability,
                self._vpc,
                settings.outside_hosts,
                self._args.keys.data["logs"],
                settings.log_retention_days,
            ),
            self._child,
        )

    def _endpoints(self, groups: SecurityGroups, isolated: Subnets, egress: Subnets) -> None:
        endpoints = Endpoints(
            "endpoints",
            EndpointsArgs(
                self._stage, self._vpc, isolated, egress, self._plan.endpoint_zones, groups.endpoints
            ),
            self._child,
        )
        groups.open_gateway("dynamodb", endpoints.dynamodb)

    def _flow_logs(self) -> FlowLogs:
        settings = self._args.settings
        return FlowLogs(
            "flow-logs",
            FlowLogsArgs(
                self._stage,
                settings.durability,
                self._vpc,
                self._args.keys.data["logs"],
                settings.log_retention_days,
            ),
            self._child,
        )

    def _placement(self, subnets: Subnets, group: aws.ec2.SecurityGroup) -> Placement:
        return Placement(self._stage, self._vpc, list(subnets.subnets.values()), group)
