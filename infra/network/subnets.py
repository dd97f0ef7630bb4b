"""The subnets of one tier."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.stage import Stage


@dataclass(frozen=True)
class SubnetsArgs:
    """`cidrs`: addresses by zone, which is its letter."""

    stage: Stage
    vpc: aws.ec2.Vpc
    cidrs: Mapping[str, str]


class Subnets(pulumi.ComponentResource):
    """`subnets` and their own route `tables` by zone. The tables are empty: within the VPC all is routed."""

    def __init__(self, tier: str, args: SubnetsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Subnets", tier, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.subnets = {zone: self._subnet(f"{tier}-{zone}", zone) for zone in args.cidrs}
        self.tables = {zone: self._table(f"{tier}-{zone}", zone) for zone in args.cidrs}
        self.register_outputs({})

    def _subnet(self, name: str, zone: str) -> aws.ec2.Subnet:
        args = self._args
        return aws.ec2.Subnet(
            name,
            vpc_id=args.vpc.id,
            availability_zone=f"{args.stage.region}{zone}",
            cidr_block=args.cidrs[zone],
            map_public_ip_on_launch=False,
            tags={"Name": args.stage.physical(name)},
            opts=self._child,
        )

    def _table(self, name: str, zone: str) -> aws.ec2.RouteTable:
        table = aws.ec2.RouteTable(
            name,
            vpc_id=self._args.vpc.id,
            tags={"Name": self._args.stage.physical(name)},
            opts=self._child,
        )
        aws.ec2.RouteTableAssociation(
            name, subnet_id=self.subnets[zone].id, route_table_id=table.id, opts=self._child
        )
        return table
