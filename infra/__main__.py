"""The Pulumi program: wiring and exports. Every resource is in the file of its noun."""

import pulumi

from infra.access import FUNCTIONS, SERVED, SERVICE_ROLES
from infra.access_logs import access_log_bucket
from infra.account import Account
from infra.alerts import Alerts, AlertsArgs, topic_arns
from infra.api import EXECUTION_LOGS, Api, ApiArgs, access_log_name
from infra.archive import Archive, ArchiveArgs, error_log_name
from infra.artifacts import Artifacts, ArtifactsArgs
from infra.backup import Backup, BackupArgs
from infra.card_fields import CardFields, CardFieldsArgs
from infra.compute import Compute, ComputeArgs, log_group_name
from infra.data import Data, DataArgs
from infra.detection import Detection, DetectionArgs, trail_arns, trail_log_group_name
from infra.domain import Domain, DomainArgs
from infra.firewall import Firewall, FirewallArgs, firewall_log_name
from infra.functions import Resources
from infra.identity import Identity, IdentityArgs
from infra.keys import Keys, KeysArgs
from infra.messaging import Messaging, MessagingArgs
from infra.network import Network, NetworkArgs, dns_log_name, egress_log_name, flow_log_name
from infra.observability import (
    Heartbeats,
    HeartbeatsArgs,
    Observability,
    ObservabilityArgs,
    heartbeat_log_name,
)
from infra.provider import stage_provider
from infra.secret_store import SecretStore, SecretStoreArgs
from infra.settings import stack_settings
from infra.triggers import Triggers, TriggersArgs

settings = stack_settings()
stage, durability = settings.stage, settings.durability
options = pulumi.ResourceOptions(provider=stage_provider(stage, settings.assume_roles, settings.tags))

account = Account("account", stage, options)
# Roles come before keys, which name them, and get their rights last, when there is something to allow.
identity = Identity(
    "identity", IdentityArgs(stage, FUNCTIONS, SERVICE_ROLES, settings.archive.investigators), options
)
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
            firewall_log_name(stage),
            f"{EXECUTION_LOGS}*",
            flow_log_name(stage),
            egress_log_name(stage),
            dns_log_name(stage),
            error_log_name(stage),
            trail_log_group_name(stage),
            heartbeat_log_name(stage),
        ],
        copy_region=settings.backup.copy_region,
        trails=trail_arns(stage),
        alert_topics=list(topic_arns(stage).values()),
        card_fields=settings.card_fields is not None,
    ),
    options,
)
data = Data("data", DataArgs(stage, durability, keys, settings.capacity.tables), options)
messaging = Messaging("messaging", MessagingArgs(stage, durability, keys), options)
secret_store = SecretStore(
    "secret-store", SecretStoreArgs(stage, durability, keys, tuple(settings.processor_accounts)), options
)
network = Network("network", NetworkArgs(settings, keys), options)
resources = Resources(settings, data, keys, messaging, secret_store)
access_logs = access_log_bucket(settings, options)
artifacts = Artifacts("artifacts", ArtifactsArgs(settings, keys, access_logs), options)
compute = Compute("compute", ComputeArgs(identity, resources, network.placements, artifacts.package), options)
Triggers("triggers", TriggersArgs(compute.functions, resources), options)
served = {name: compute.functions[name] for name in SERVED}
api = Api("api", ApiArgs(settings, account, keys, served), options)
firewall = Firewall("firewall", FirewallArgs(settings, keys, api.stage), options)
own_name = settings.edge.domain
domain = own_name and Domain("domain", DomainArgs(own_name, api.stage), options)
card_fields = (
    CardFields(
        "card-fields",
        CardFieldsArgs(settings, settings.card_fields, keys, settings.issuer, access_logs),
        options,
    )
    if settings.card_fields
    else None
)
heartbeats = Heartbeats("heartbeats", HeartbeatsArgs(settings, keys), options)
archive = Archive(
    "archive",
    ArchiveArgs(
        settings,
        identity,
        keys,
        data,
        log_groups={
            **{name: made.log_group for name, made in compute.functions.items()},
            **api.log_groups,
            "firewall": firewall.log_group,
            **network.log_groups,
            "heartbeats": heartbeats.log_group,
        },
        access_logs=access_logs,
    ),
    options,
)
Backup("backup", BackupArgs(settings, identity, keys, data.tables), options)
alerts = Alerts("alerts", AlertsArgs(stage, durability, keys, settings.alerts), options)
Detection(
    "detection",
    DetectionArgs(
        settings,
        keys,
        data.tables,
        readers=identity.arns(FUNCTIONS),
        topics={"urgent": alerts.urgent.arn, "notice": alerts.notice.arn},
        open_to_publishers=alerts.open_to_publishers,
        access_logs=access_logs,
    ),
    options,
)
Observability("observability", ObservabilityArgs(settings, alerts), options)

pulumi.export("account_id", stage.account_id)
pulumi.export("region", stage.region)
pulumi.export("stage", api.stage.stage_name)
pulumi.export("api_id", api.rest_api.id)
pulumi.export("api_url", own_name.url if own_name else api.stage.invoke_url)
if domain:
    pulumi.export("domain_target", domain.target)
if settings.card_fields and card_fields:
    pulumi.export("card_fields_url", settings.card_fields.url)
    pulumi.export("card_fields_target", card_fields.target)
pulumi.export("tables", {name: table.name for name, table in data.tables.items()})
pulumi.export(
    "queues",
    {"operations": messaging.operations.url, "operations_dead": messaging.operations_dead.url},
)
pulumi.export("functions", {name: made.function.name for name, made in compute.functions.items()})
pulumi.export(
    "log_groups",
    [
        group.name
        for group in (
            *(made.log_group for made in compute.functions.values()),
            *api.log_groups.values(),
            firewall.log_group,
        )
    ],
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
