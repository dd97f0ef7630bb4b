"""Who deploys: GitHub's identity provider, and the roles that its jobs and the operators take."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from bootstrap import boundaries, names, policies, trust
from bootstrap.settings import AccountSettings
from infra import boundary
from infra.statements import Statement, document

HOUR = 3600


class Roles(pulumi.ComponentResource):
    """The roles, bare: the keys of the state name them before there is anything to allow.

    `deploy` for the stage's environment on GitHub, `preview` for pull requests, `operator` for people.
    """

    def __init__(
        self, name: str, settings: AccountSettings, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:bootstrap:Roles", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        github = aws.iam.OpenIdConnectProvider(
            "github",
            url=f"https://{trust.ISSUER}",
            client_id_lists=[trust.AUDIENCE],
            opts=self._child,
        )
        repository, stage = settings.repository, settings.stage.name
        self.deploy = self._role(
            names.DEPLOY,
            "Deploys the stage, from its GitHub environment",
            github.arn.apply(lambda arn: trust.deploys(arn, repository, stage)),
            # The first deployment makes a network and its firewall, which takes a while.
            2 * HOUR,
        )
        self.preview = self._role(
            names.PREVIEW,
            "Compares the stage with its program, and changes nothing",
            github.arn.apply(lambda arn: trust.previews(arn, repository)),
            HOUR,
        )
        self.operator = self._role(
            names.OPERATOR,
            "Runs the tollgate command on the stage",
            pulumi.Output.from_input(trust.people(settings.operators)),
            HOUR,
        )
        self.register_outputs({})

    def _role(
        self, name: str, description: str, trusted: pulumi.Output[Statement], seconds: int
    ) -> aws.iam.Role:
        return aws.iam.Role(
            name,
            name=name,
            description=description,
            assume_role_policy=trusted.apply(lambda statement: document([statement])),
            max_session_duration=seconds,
            opts=self._child,
        )


@dataclass(frozen=True)
class RightsArgs:
    """What the roles work with."""

    settings: AccountSettings
    roles: Roles
    state: pulumi.Input[policies.State]


class Rights(pulumi.ComponentResource):
    """The roles' policies, which nobody adds to unseen, and the boundaries of the stage's own roles."""

    def __init__(self, name: str, args: RightsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:bootstrap:Rights", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        stage, durability, roles = args.settings.stage, args.settings.durability, args.roles
        for bound, statements in (
            (boundary.FUNCTIONS, boundaries.functions(stage)),
            (boundary.SERVICES, boundaries.services(stage)),
        ):
            self._policy(bound, document(statements))
        state = pulumi.Output.from_input(args.state)
        looking = self._policies(names.PREVIEW, policies.looking(stage))
        deploying = state.apply(lambda known: policies.deploying(stage, durability, known))
        self.register_outputs({})
