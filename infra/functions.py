"""What each function is given: time and environment. Its rights are in `grants`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import pulumi

from infra.data import Data
from infra.keys import Keys
from infra.messaging import Messaging
from infra.secret_store import SecretStore
from infra.settings import Settings

# What everything invokes: the version that the last deployment published. Rolling back is pointing it at
# the version before, or deploying the package before, which is kept (`infra.artifacts`).
ALIAS = "live"
# API Gateway gives up after 29 seconds: a function ends before it, with an answer.
TIMEOUT_SECONDS = {
    "authorizer": 5,
    "identity": 10,
    "tokens": 15,
    "payments": 28,
    "refunds": 28,
    "checkout": 28,
    "audits": 15,
    "events": 15,
    "webhooks": 15,
    "projector": 60,
    "publisher": 60,
    # Five attempts of ten seconds at most, and what short retries wait for.
    "deliverer": 80,
    # A sweep ends before the next one starts.
    "sweeper": 55,
    # One look, and it ends before the lease of what it works on does.
    "worker": 30,
    # A quarter of an hour of three days, before the next one.
    "reconciler": 900,
}
VARIABLES: Mapping[str, Sequence[str]] = {
    "authorizer": ("ISSUER", "AUDIENCE", "SIGNING_KEYS", "CLIENTS_TABLE"),
    "identity": (
        "ISSUER",
        "AUDIENCE",
        "ACCESS_TOKEN_SECONDS",
        "SIGNING_KEYS",
        "CLIENTS_TABLE",
    ),
    "tokens": ("VAULT_TABLE", "CLIENTS_TABLE", "AUDITS_TABLE", "EVENTS_TABLE", "CARD_KEYS_SECRET"),
    "payments": (
        "PAYMENTS_TABLE",
        "VAULT_TABLE",
        "CLIENTS_TABLE",
        "AUDITS_TABLE",
        "CARD_KEYS_SECRET",
        "CURSOR_KEY",
        "PROCESSOR_ACCOUNTS",
        "OPERATIONS_QUEUE_URL",
        "FOLLOW_UP",
    ),
    "refunds": (
        "PAYMENTS_TABLE",
        "CLIENTS_TABLE",
        "AUDITS_TABLE",
        "CURSOR_KEY",
        "PROCESSOR_ACCOUNTS",
        "OPERATIONS_QUEUE_URL",
        "FOLLOW_UP",
    ),
    "checkout": (
        "SESSIONS_TABLE",
        "PAYMENTS_TABLE",
        "VAULT_TABLE",
        "CLIENTS_TABLE",
        "AUDITS_TABLE",
        "CARD_KEYS_SECRET",
        "PROCESSOR_ACCOUNTS",
        "FOLLOW_UP",
        "PAGES_ORIGIN",
    ),
    "audits": ("CLIENTS_TABLE", "AUDITS_TABLE", "CURSOR_KEY"),
    "events": ("CLIENTS_TABLE", "AUDITS_TABLE", "EVENTS_TABLE", "CURSOR_KEY"),
    "webhooks": (
        "CLIENTS_TABLE",
        "AUDITS_TABLE",
        "EVENTS_TABLE",
        "WEBHOOKS_TABLE",
        "WEBHOOK_KEY",
        "WEBHOOK_HOSTS",
        "WEBHOOK_LOOPBACK",
        "DELIVERIES_QUEUE_URL",
        "CURSOR_KEY",
    ),
    "projector": ("CLIENTS_TABLE", "AUDITS_TABLE"),
    "publisher": ("PAYMENTS_TABLE", "EVENTS_TABLE", "WEBHOOKS_TABLE", "DELIVERIES_QUEUE_URL"),
    "deliverer": (
        "WEBHOOKS_TABLE",
        "WEBHOOK_KEY",
        "WEBHOOK_HOSTS",
        "WEBHOOK_LOOPBACK",
        "WEBHOOK_FIRST_RETRY_SECONDS",
        "DELIVERIES_QUEUE_URL",
    ),
    "sweeper": ("PAYMENTS_TABLE", "OPERATIONS_QUEUE_URL"),
    "worker": ("PAYMENTS_TABLE", "VAULT_TABLE", "PROCESSOR_ACCOUNTS", "FOLLOW_UP"),
    "reconciler": ("PAYMENTS_TABLE", "CLIENTS_TABLE", "AUDITS_TABLE", "EVENTS_TABLE", "PROCESSOR_ACCOUNTS"),
}


@dataclass(frozen=True)
class Resources:
    """What the functions work with."""

    settings: Settings
    data: Data
    keys: Keys
    messaging: Messaging
    secret_store: SecretStore


def environment(function: str, resources: Resources) -> dict[str, pulumi.Input[str]]:
    """The function's environment: `STAGE`, and the variables of `VARIABLES`."""
    settings, data, keys = resources.settings, resources.data, resources.keys
    values: dict[str, pulumi.Input[str]] = {
        "STAGE": settings.stage.name,
        "ISSUER": settings.issuer,
        "AUDIENCE": settings.audience,
        "ACCESS_TOKEN_SECONDS": str(settings.access_token_seconds),
        "SIGNING_KEYS": pulumi.Output.all(*(key.arn for key in keys.signing)).apply(",".join),
        "PAYMENTS_TABLE": data.payments.name,
        "VAULT_TABLE": data.vault.name,
        "CLIENTS_TABLE": data.clients.name,
        "AUDITS_TABLE": data.audits.name,
        "EVENTS_TABLE": data.events.name,
        "WEBHOOKS_TABLE": data.webhooks.name,
        "WEBHOOK_KEY": keys.webhook_secrets.arn,
        "WEBHOOK_HOSTS": ",".join(sorted(settings.webhooks.hosts)) or "-",
        "WEBHOOK_LOOPBACK": "yes" if settings.webhooks.loopback else "no",
        "WEBHOOK_FIRST_RETRY_SECONDS": str(settings.webhooks.first_retry_seconds),
        "DELIVERIES_QUEUE_URL": resources.messaging.deliveries.url,
        "SESSIONS_TABLE": data.sessions.name,
        "CARD_KEYS_SECRET": resources.secret_store.card_keys.arn,
        "CURSOR_KEY": keys.cursor.arn,
        "PROCESSOR_ACCOUNTS": _processor_accounts(resources),
        "OPERATIONS_QUEUE_URL": resources.messaging.operations.url,
        "PAGES_ORIGIN": settings.pages_origin or "",
        "FOLLOW_UP": json.dumps(msgspec.structs.asdict(settings.follow_up), sort_keys=True),
    }
    return {name: values[name] for name in ("STAGE", *VARIABLES[function])}


def _processor_accounts(resources: Resources) -> pulumi.Output[str]:
    accounts = {
        name: {
            **msgspec.structs.asdict(account.hosts()),
            "secret": resources.secret_store.processors[name].arn,
        }
        for name, account in resources.settings.processor_accounts.items()
    }
    return pulumi.Output.json_dumps(accounts, sort_keys=True)
