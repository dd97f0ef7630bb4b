"""The VPC, with everything closed that AWS opens by itself."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.stage import Stage


@dataclass(frozen=True)
class VpcArgs:
    """`cidr`: all its addresses."""

    stage: Stage
    cidr: str


class Vpc(pulumi.ComponentResource):
    """`vpc`. Its default security group and network ACL have no rule and its main route table no route: what
    is not put somewhere on purpose reaches nothing."""

    def __init__(self, name: str, args: VpcArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Vpc", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        closed = {"Name": args.stage.physical("closed")}
        self.vpc = aws.ec2.Vpc(
            name,
            cidr_block=args.cidr,
            # Private DNS of endpoints needs both.
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags={"Name": args.stage.physical("vpc")},
            opts=child,
        )
        # Empty lists, not absent ones: what is added by hand is a difference.
        aws.ec2.DefaultSecurityGroup(
            "closed", vpc_id=self.vpc.id, ingress=[], egress=[], tags=closed, opts=child
        )
        aws.ec2.DefaultNetworkAcl(
            "closed",
            default_network_acl_id=self.vpc.default_network_acl_id,
            ingress=[],
            egress=[],
            tags=closed,
            # AWS lends it every new subnet until the subnet's own ACL takes over; a refresh would see that.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["subnetIds"]),
        )
        aws.ec2.DefaultRouteTable(
            "closed",
            default_route_table_id=self.vpc.default_route_table_id,
            routes=[],
            tags=closed,
            opts=child,
        )
        self.register_outputs({})
