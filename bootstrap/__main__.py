"""What an account needs before Tollgate can be deployed to it. Run once per account by an administrator."""

import pulumi

from bootstrap.account import AccountDefaults
from bootstrap.settings import account_settings
from bootstrap.state import State, StateArgs
from bootstrap.workflows import Rights, RightsArgs, Roles
from infra.provider import stage_provider

settings = account_settings()
stage = settings.stage
options = pulumi.ResourceOptions(provider=stage_provider(stage, settings.assume_roles, settings.tags))

AccountDefaults("account", settings, options)
roles = Roles("roles", settings, options)
state = State("state", StateArgs(settings, writers=[roles.deploy.arn], readers=[roles.preview.arn]), options)
Rights("rights", RightsArgs(settings, roles, state), options)

pulumi.export("account_id", stage.account_id)
pulumi.export("region", stage.region)
# What `pulumi login` and `pulumi stack init --secrets-provider` are given for the stage's own program.
pulumi.export("backend", f"s3://{state.bucket_name}?region={stage.region}")
pulumi.export("secrets_provider", f"awskms://alias/{stage.physical('pulumi')}?region={stage.region}")
pulumi.export(
    "roles",
    {
        "deploy": roles.deploy.arn,
        "preview": roles.preview.arn,
        "operator": roles.operator.arn,
        "audit": roles.audit.arn,
    },
)
