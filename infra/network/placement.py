"""Where in the network a function is."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.network import statements
from infra.stage import Stage
from infra.statements import Statement


@dataclass(frozen=True)
class Placement:
    """Subnets, one per zone, and the security group of the functions in them."""

    stage: Stage
    vpc: aws.ec2.Vpc
    subnets: Sequence[aws.ec2.Subnet]
    security_group: aws.ec2.SecurityGroup

    @property
    def vpc_config(self) -> aws.lambda_.FunctionVpcConfigArgs:
        """The function's part of it."""
        # Not `replace_security_groups_on_destroy`: it would take the right to connect every function with the
        # default group too, to be a little faster at deleting groups, when subnets wait for Lambda anyway.
        return aws.lambda_.FunctionVpcConfigArgs(
            subnet_ids=[subnet.id for subnet in self.subnets], security_group_ids=[self.security_group.id]
        )

    def granted(self, function_name: str) -> Sequence[pulumi.Input[Statement]]:
        """What the function's role needs for Lambda to connect it. `function_name` is the physical one."""
        stage = self.stage
        subnet_arns = pulumi.Output.all(*(subnet.arn for subnet in self.subnets))
        created = pulumi.Output.all(subnet_arns, self.security_group.arn).apply(
            lambda arns: statements.create_interfaces(stage, *arns)
        )
        return [
            created,
            self.vpc.arn.apply(lambda arn: statements.address_interfaces(stage, arn)),
            statements.delete_interfaces(stage),
            statements.describe_interfaces(),
            statements.refuse_code(stage.arn("lambda", f"function:{function_name}")),
        ]
