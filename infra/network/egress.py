"""The way out, for those that call the processor: subnet, firewall if there is one, NAT, internet.

Answers come back the same way, zone by zone: a firewall that sees half of a conversation drops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.durability import Durability
from infra.network.egress_firewall import EgressFirewall
from infra.network.security_groups import ANYWHERE
from infra.network.subnets import Subnets
from infra.settings.network import NetworkPlan
from infra.stage import Stage


@dataclass(frozen=True)
class EgressArgs:
    """`private`: the subnets that are let out. `public`: those of the NAT gateways, which hold nothing else.
    `firewall`: what they pass through, if anything."""

    stage: Stage
    durability: Durability
    plan: NetworkPlan
    vpc: aws.ec2.Vpc
    private: Subnets
    public: Subnets
    firewall: EgressFirewall | None


class Egress(pulumi.ComponentResource):
    """NAT gateways with addresses of their own, and all routes that lead out."""

    def __init__(self, name: str, args: EgressArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Egress", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self._internet = aws.ec2.InternetGateway(
            name, vpc_id=args.vpc.id, tags={"Name": args.stage.physical(name)}, opts=self._child
        )
        self._nat: Mapping[str, aws.ec2.NatGateway] = {
            zone: self._gateway(zone) for zone in args.plan.nat_zones
        }
        for zone in args.plan.nat_zones:
            self._route(f"public-{zone}", args.public.tables[zone], gateway_id=self._internet.id)
        for zone in args.plan.zones:
            self._lead_out(zone)
        self.register_outputs({})

    def _gateway(self, zone: str) -> aws.ec2.NatGateway:
        name = f"nat-{zone}"
        named = {"Name": self._args.stage.physical(name)}
        # The processor may know us by it, and AWS doesn't give the same one again.
        address = aws.ec2.Eip(
            name,
            domain="vpc",
            tags=named,
            opts=pulumi.ResourceOptions(parent=self, protect=self._args.durability.protect),
        )
        return aws.ec2.NatGateway(
            name,
            allocation_id=address.allocation_id,
            subnet_id=self._args.public.subnets[zone].id,
            connectivity_type="public",
            tags=named,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self._internet]),
        )

    def _lead_out(self, zone: str) -> None:
        args, nat_zone = self._args, self._args.plan.nat_zone(zone)
        nat = self._nat[nat_zone]
        out, firewall = args.private.tables[zone], args.firewall
        if firewall is None:
            self._route(f"egress-{zone}", out, nat_gateway_id=nat.id)
            return
        inspection = firewall.endpoints[args.plan.inspected_zone(zone)]
        self._route(f"egress-{zone}", out, vpc_endpoint_id=inspection)
        if zone in firewall.endpoints:
            self._route(f"firewall-{zone}", firewall.subnets.tables[zone], nat_gateway_id=nat.id)
        # More specific than the VPC's own route: what NAT sends back is inspected too.
        self._route(
            f"return-{zone}",
            args.public.tables[nat_zone],
            destination=args.private.subnets[zone].cidr_block,
            vpc_endpoint_id=inspection,
        )

    def _route(
        self,
        name: str,
        table: aws.ec2.RouteTable,
        *,
        destination: pulumi.Input[str] = ANYWHERE,
        gateway_id: pulumi.Input[str] | None = None,
        nat_gateway_id: pulumi.Input[str] | None = None,
        vpc_endpoint_id: pulumi.Input[str] | None = None,
    ) -> None:
        aws.ec2.Route(
            name,
            route_table_id=table.id,
            destination_cidr_block=destination,
            gateway_id=gateway_id,
            nat_gateway_id=nat_gateway_id,
            vpc_endpoint_id=vpc_endpoint_id,
            opts=self._child,
        )
