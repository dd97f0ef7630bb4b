"""The Pulumi program: wiring and exports. Every resource is in the file of its noun."""

import pulumi

from infra.access import FUNCTIONS, SERVED
from infra.account import Account
from infra.api import EXECUTION_LOGS, Api, ApiArgs, access_log_name
from infra.compute import Compute, ComputeArgs, log_group_name
from infra.data import Data, DataArgs
from infra.functions import Resources
from infra.identity import Identity, IdentityArgs
from infra.keys import Keys, KeysArgs
from infra.messaging import Messaging, MessagingArgs
from infra.provider import stage_provider
from infra.secret_store import SecretStore, SecretStoreArgs
from infra.settings import stack_settings
from infra.triggers import Triggers, TriggersArgs

settings = stack_settings()
stage, durability = settings.stage, settings.durability
options = pulumi.ResourceOptions(provider=stage_provider(stage, settings.assume_roles, settings.tags))

account = Account("account", stage, options)
# Roles come before keys, which name them, and get their rights last, when there is something to allow.
identity = Identity("identity", IdentityArgs(stage, FUNCTIONS), options)
keys = Keys(
    "keys",
    KeysArgs(
        stage,
        durability,
        identity,
        operators=settings.operators,
        previewers=settings.previewers,
        signing=settings.signing_keys,
        log_groups=[
            *(log_group_name(stage, function) for function in FUNCTIONS),
            access_log_name(stage),
            f"{EXECUTION_LOGS}*",
        ],
    ),
    options,
)
data = Data("data", DataArgs(stage, durability, keys), options)
messaging = Messaging("messaging", MessagingArgs(stage, durability, keys), options)
secret_store = SecretStore(
    "secret-store", SecretStoreArgs(stage, durability, keys, tuple(settings.processor_accounts)), options
)
resources = Resources(settings, data, keys, messaging, secret_store)
compute = Compute("compute", ComputeArgs(identity, resources), options)
Triggers("triggers", TriggersArgs(compute.functions, resources), options)
served = {name: compute.functions[name] for name in SERVED}
api = Api("api", ApiArgs(settings, account, keys, served), options)

pulumi.export("account_id", stage.account_id)
pulumi.export("region", stage.region)
pulumi.export("stage", api.stage.stage_name)
pulumi.export("api_id", api.rest_api.id)
pulumi.export("api_url", api.stage.invoke_url)
pulumi.export(
    "tables",
    {
        "payments": data.payments.name,
        "vault": data.vault.name,
        "clients": data.clients.name,
        "audits": data.audits.name,
    },
)
pulumi.export(
    "queues",
    {"operations": messaging.operations.url, "operations_dead": messaging.operations_dead.url},
)
pulumi.export("functions", {name: made.function.name for name, made in compute.functions.items()})
pulumi.export(
    "log_groups",
    [group.name for group in (*(made.log_group for made in compute.functions.values()), *api.log_groups)],
)
pulumi.export(
    "secrets",
    {
        "card_keys": secret_store.card_keys.arn,
        "processors": {name: secret.arn for name, secret in secret_store.processors.items()},
    },
)
pulumi.export(
    "keys",
    {
        "wrapping": keys.wrapping.arn,
        "cursor": keys.cursor.arn,
        "signing": [key.arn for key in keys.signing],
    },
)
pulumi.export("usage_plans", {name: plan.id for name, plan in api.usage_plans.items()})
