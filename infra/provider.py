"""The one AWS provider, and the proof that it reaches the stage's account."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from infra.stage import Stage


class WrongAccountError(pulumi.RunError):
    """The credentials at hand belong to another account than the stage."""


def stage_provider(stage: Stage, assume_roles: Sequence[str], tags: Mapping[str, str]) -> aws.Provider:
    """The provider that every resource of the stage uses, with default tags.

    It refuses other accounts at the first call (`allowed_account_ids`); asking for the caller's identity
    makes that first call happen before anything is made. Raises `WrongAccountError`.
    """
    provider = aws.Provider(
        "aws",
        region=stage.region,
        allowed_account_ids=[stage.account_id],
        assume_roles=[aws.ProviderAssumeRoleArgs(role_arn=role) for role in assume_roles],
        default_tags=aws.ProviderDefaultTagsArgs(
            tags={**tags, "application": "tollgate", "stage": stage.name, "managed_by": "pulumi"}
        ),
    )
    caller = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=provider))
    if caller.account_id != stage.account_id:
        raise WrongAccountError(
            f"stack {stage.name} belongs to account {stage.account_id}, but the credentials belong to"
            f" {caller.account_id}; sign in to {stage.account_id} and try again"
        )
    return provider
