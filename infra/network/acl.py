"""The network ACL of all subnets: HTTPS and what answers it. A second opinion behind the security groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import pulumi
import pulumi_aws as aws

from infra.network.security_groups import ANYWHERE, HTTPS
from infra.network.subnets import Subnets
from infra.stage import Stage

Rule = TypeVar("Rule", aws.ec2.NetworkAclIngressArgs, aws.ec2.NetworkAclEgressArgs)
# Where answers go: the ports that Lambda, NAT gateways and endpoints call from.
EPHEMERAL = (1024, 65535)
# "Fragmentation needed": without it large packets to a narrow path vanish.
UNREACHABLE, FRAGMENTATION_NEEDED = 3, 4


@dataclass(frozen=True)
class AclArgs:
    """`cidr`: the VPC's addresses. `tiers`: those whose subnets it is for."""

    stage: Stage
    vpc: aws.ec2.Vpc
    cidr: str
    tiers: Sequence[Subnets]


class Acl(pulumi.ComponentResource):
    """Calls are made from within the VPC and answered to it. Nothing can be called from outside."""

    def __init__(self, name: str, args: AclArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Acl", name, None, opts)
        aws.ec2.NetworkAcl(
            name,
            vpc_id=args.vpc.id,
            subnet_ids=[subnet.id for tier in args.tiers for subnet in tier.subnets.values()],
            ingress=_rules(aws.ec2.NetworkAclIngressArgs, calls=args.cidr, answers=ANYWHERE),
            egress=_rules(aws.ec2.NetworkAclEgressArgs, calls=ANYWHERE, answers=args.cidr),
            tags={"Name": args.stage.physical("https")},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})


def _rules(kind: type[Rule], *, calls: str, answers: str) -> list[Rule]:
    """`calls`: where calls come from or go to; `answers`: likewise."""
    low, high = EPHEMERAL
    return [
        kind(rule_no=100, action="allow", protocol="tcp", from_port=HTTPS, to_port=HTTPS, cidr_block=calls),
        kind(rule_no=200, action="allow", protocol="tcp", from_port=low, to_port=high, cidr_block=answers),
        kind(
            rule_no=300,
            action="allow",
            protocol="icmp",
            from_port=0,
            to_port=0,
            icmp_type=UNREACHABLE,
            icmp_code=FRAGMENTATION_NEEDED,
            cidr_block=ANYWHERE,
        ),
    ]
