"""Who the functions and the keepers of records are: one role each, with its own policy and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import statements
from infra.boundary import functions_boundary, services_boundary
from infra.stage import Stage


@dataclass(frozen=True)
class IdentityArgs:
    """`functions`: the names that get a role. `services`: the AWS service that takes a role, by its name.

    `investigators`: principals that may take the role which reads the archive.
    """

    stage: Stage
    functions: Sequence[str]
    services: Mapping[str, str]
    investigators: Sequence[str]


class Identity(pulumi.ComponentResource):
    """All roles, bare: key policies name them before there is anything to allow them.

    `roles` by function name; `services` by name; `investigator`, a person's.
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
        self.services = {
            name: aws.iam.Role(
                name,
                name=args.stage.physical(name),
                description=f"What {service} may do for Tollgate: {name}",
                assume_role_policy=statements.document([statements.trust(service, args.stage.account_id)]),
                max_session_duration=3600,
                permissions_boundary=services_boundary(args.stage),
                opts=pulumi.ResourceOptions(parent=self),
            )
            for name, service in args.services.items()
        }
        self.investigator = aws.iam.Role(
            "investigator",
            name=args.stage.physical("investigator"),
            description="Reads the archive",
            assume_role_policy=statements.document([statements.trust_principals(args.investigators)]),
            max_session_duration=3600,
            permissions_boundary=services_boundary(args.stage),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})

    def arns(self, names: Sequence[str]) -> pulumi.Output[list[str]]:
        """The ARNs of the roles of functions and services, for a policy that names them."""
        roles = {**self.roles, **self.services}
        return pulumi.Output.all(*(roles[name].arn for name in names))
