"""Who deploys: GitHub's identity provider, and the roles that its jobs and the operators take."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from bootstrap import boundaries, names, policies, trust
from bootstrap.settings import AccountSettings
from bootstrap.state import State
from infra import boundary
from infra.bucket_policy import bucket_arn
from infra.exclusive import only
from infra.statements import Statement, document

HOUR = 3600


class Roles(pulumi.ComponentResource):
    """The roles, bare: the keys of the state name them before there is anything to allow.

    `deploy` for the stage's environment on GitHub, `preview` for pull requests, `operator` and `audit` for
    people.
    """

    def __init__(
        self, name: str, settings: AccountSettings, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:bootstrap:Roles", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        github = self._identity_provider(settings)
        repositories, stage = settings.repositories, settings.stage.name
        self.deploy = self._role(
            names.DEPLOY,
            "Deploys the stage, from its GitHub environment",
            github.apply(lambda arn: trust.deploys(arn, repositories, stage)),
            # The first deployment makes a network and its firewall, which takes a while.
            2 * HOUR,
        )
        self.preview = self._role(
            names.PREVIEW,
            "Compares the stage with its program, and changes nothing",
            github.apply(lambda arn: trust.previews(arn, repositories)),
            HOUR,
        )
        self.operator = self._role(
            names.OPERATOR,
            "Runs the tollgate command on the stage",
            pulumi.Output.from_input(trust.people(settings.operators)),
            HOUR,
        )
        self.audit = self._role(
            names.AUDIT,
            "Becomes the stage's investigator, who reads the archive",
            pulumi.Output.from_input(trust.people(settings.investigators)),
            HOUR,
        )
        self.register_outputs({})

    def _identity_provider(self, settings: AccountSettings) -> pulumi.Output[str]:
        """Its ARN. An account has one of an issuer, whoever made it."""
        if "github" in settings.existing:
            return pulumi.Output.from_input(
                f"arn:aws:iam::{settings.account_id}:oidc-provider/{trust.ISSUER}"
            )
        return aws.iam.OpenIdConnectProvider(
            "github",
            url=f"https://{trust.ISSUER}",
            client_id_lists=[trust.AUDIENCE],
            opts=self._child,
        ).arn

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
    """`state`: whose bucket and keys the roles use, and never change."""

    settings: AccountSettings
    roles: Roles
    state: State


class Rights(pulumi.ComponentResource):
    """What the roles may do, to which nobody adds unseen, and the boundaries of the stage's own roles."""

    def __init__(self, name: str, args: RightsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:bootstrap:Rights", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        stage, durability, roles = args.settings.stage, args.settings.durability, args.roles
        self._policy(boundary.FUNCTIONS, document(boundaries.functions(stage)))
        self._policy(boundary.SERVICES, document(boundaries.services(stage)))
        state_arn = bucket_arn(args.state.bucket_name)
        truststore = args.settings.truststore and bucket_arn(args.settings.truststore)
        keys = pulumi.Output.all(args.state.objects.arn, args.state.secrets.arn)
        looking = self._policies(names.PREVIEW, policies.looking(stage))
        deploying = {
            **policies.deploying(stage, state_arn, truststore),
            "guard": keys.apply(
                lambda arns: policies.deploy_guard(stage, durability, state_arn, arns, truststore)
            ),
        }
        previewing = {
            **policies.previewing(state_arn),
            "guard": keys.apply(lambda arns: policies.preview_guard(stage, state_arn, arns)),
        }
        self._attach(names.DEPLOY, roles.deploy, looking | self._policies(names.DEPLOY, deploying))
        self._attach(names.PREVIEW, roles.preview, looking | self._policies(names.PREVIEW, previewing))
        self._attach(names.OPERATOR, roles.operator, self._policies(names.OPERATOR, policies.operated(stage)))
        self._attach(names.AUDIT, roles.audit, self._policies(names.AUDIT, policies.auditing(stage)))
        self.register_outputs({})

    def _policies(self, role: str, documents: Mapping[str, pulumi.Input[str]]) -> dict[str, aws.iam.Policy]:
        names_and_texts = {f"{role}-{name}": text for name, text in documents.items()}
        return {name: self._policy(name, text) for name, text in names_and_texts.items()}

    def _policy(self, name: str, text: pulumi.Input[str]) -> aws.iam.Policy:
        return aws.iam.Policy(name, name=name, policy=text, opts=self._child)

    def _attach(self, name: str, role: aws.iam.Role, granted: Mapping[str, aws.iam.Policy]) -> None:
        for policy_name, policy in granted.items():
            aws.iam.RolePolicyAttachment(
                f"{name} {policy_name}", role=role.name, policy_arn=policy.arn, opts=self._child
            )
        only(name, role, attached=[policy.arn for policy in granted.values()], opts=self._child)
