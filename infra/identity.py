"""Who the functions are: one role each, with its own policy and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import statements
from infra.boundary import functions_boundary
from infra.stage import Stage


@dataclass(frozen=True)
class IdentityArgs:
    """`functions`: the names that get a role."""

    stage: Stage
    functions: Sequence[str]


class Identity(pulumi.ComponentResource):
    """The functions' roles, bare: key policies name them before there is anything to allow them.

    `roles` by function name.
    """

    def __init__(self, name: str, args: IdentityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:identity:Identity", name, None, opts)
        trusted = statements.document([statements.trust("lambda", args.stage.account_id)])
        self.roles = {
            function: aws.iam.Role(
                function,
                name=args.stage.physical(function),
                description=f"What the function {function} may do",
                assume_role_policy=trusted,
                max_session_duration=3600,
                permissions_boundary=functions_boundary(args.stage),
                opts=pulumi.ResourceOptions(parent=self),
            )
            for function in args.functions
        }
        self.register_outputs({})

    def arns(self, functions: Sequence[str]) -> pulumi.Output[list[str]]:
        """The roles' ARNs, for a policy that names them."""
        return pulumi.Output.all(*(self.roles[function].arn for function in functions))
