"""What each function is given: time, environment and rights. Nothing else tells them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import access, statements
from infra.data import Data
from infra.keys import Keys
from infra.secret_store import SecretStore
from infra.settings import Settings

# API Gateway gives up after 29 seconds: a function ends before it, with an answer.
TIMEOUT_SECONDS = {
    "authorizer": 5,
    "identity": 10,
    "tokens": 15,
    "payments": 28,
    "refunds": 28,
    "audits": 15,
    "projector": 60,
}
VARIABLES: Mapping[str, Sequence[str]] = {
    "authorizer": ("ISSUER", "AUDIENCE", "SIGNING_KEYS", "CLIENTS_TABLE"),
    "identity": ("ISSUER", "AUDIENCE", "ACCESS_TOKEN_SECONDS", "SIGNING_KEYS", "CLIENTS_TABLE"),
    "tokens": ("VAULT_TABLE", "CLIENTS_TABLE", "AUDITS_TABLE", "CARD_KEYS_SECRET"),
    "payments": (
        "PAYMENTS_TABLE",
        "VAULT_TABLE",
        "CLIENTS_TABLE",
        "AUDITS_TABLE",
        "CARD_KEYS_SECRET",
        "CURSOR_KEY",
        "PROCESSOR_ACCOUNTS",
    ),
    "refunds": ("PAYMENTS_TABLE", "CLIENTS_TABLE", "AUDITS_TABLE", "CURSOR_KEY", "PROCESSOR_ACCOUNTS"),
    "audits": ("CLIENTS_TABLE", "AUDITS_TABLE", "CURSOR_KEY"),
    "projector": ("CLIENTS_TABLE", "AUDITS_TABLE"),
}

Granted = Sequence[pulumi.Output[statements.Statement]]


@dataclass(frozen=True)
class Resources:
    """What the functions work with."""

    settings: Settings
    data: Data
    keys: Keys
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
        "CARD_KEYS_SECRET": resources.secret_store.card_keys.arn,
        "CURSOR_KEY": keys.cursor.arn,
        "PROCESSOR_ACCOUNTS": _processor_accounts(resources),
    }
    return {name: values[name] for name in ("STAGE", *VARIABLES[function])}


def granted(function: str, resources: Resources) -> Granted:
    """All that the function may do, but for its log: the calls it makes, and reading through AWS services
    what is encrypted with the keys of its data classes."""
    calls = _CALLS[function](resources)
    stage, keys = resources.settings.stage, resources.keys
    decryption = [
        keys.data[data.name].arn.apply(
            lambda arn, service=data.service: statements.decrypt_through(arn, stage, service)
        )
        for data in access.DATA_CLASSES
        if function in data.readers
    ]
    return [*calls, *decryption]


def _processor_accounts(resources: Resources) -> pulumi.Output[str]:
    accounts = {
        name: {
            "api_url": hosts.api_url,
            "identity_url": hosts.identity_url,
            "secret": resources.secret_store.processors[name].arn,
        }
        for name, hosts in resources.settings.processor_accounts.items()
    }
    return pulumi.Output.json_dumps(accounts, sort_keys=True)


def _table(table: aws.dynamodb.Table, *operations: str) -> pulumi.Output[statements.Statement]:
    return table.arn.apply(lambda arn: statements.use_table(arn, *operations))


def _index(table: aws.dynamodb.Table, name: str) -> pulumi.Output[statements.Statement]:
    return table.arn.apply(lambda arn: statements.query_index(arn, name))


def _key(key: aws.kms.Key, *operations: str) -> pulumi.Output[statements.Statement]:
    return key.arn.apply(lambda arn: statements.use_key(arn, *operations))


def _secret(secret: aws.secretsmanager.Secret) -> pulumi.Output[statements.Statement]:
    return secret.arn.apply(statements.read_secret)


def _authorizer(having: Resources) -> Granted:
    return [
        _table(having.data.clients, "GetItem"),
        *(_key(key, "GetPublicKey") for key in having.keys.signing),
    ]


def _identity(having: Resources) -> Granted:
    return [
        _table(having.data.clients, "GetItem"),
        *(_key(key, "GetPublicKey", "Sign") for key in having.keys.signing),
    ]


def _tokens(having: Resources) -> Granted:
    return [
        _table(having.data.vault, "GetItem", "PutItem", "UpdateItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        _secret(having.secret_store.card_keys),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
    ]


def _payments(having: Resources) -> Granted:
    return [
        _table(having.data.payments, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem"),
        _index(having.data.payments, "listing"),
        _table(having.data.vault, "GetItem", "PutItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        _secret(having.secret_store.card_keys),
        *(_secret(secret) for secret in having.secret_store.processors.values()),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
        _key(having.keys.cursor, "GenerateMac"),
    ]


def _refunds(having: Resources) -> Granted:
    return [
        _table(having.data.payments, "GetItem", "UpdateItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        *(_secret(secret) for secret in having.secret_store.processors.values()),
        _key(having.keys.cursor, "GenerateMac"),
    ]


def _audits(having: Resources) -> Granted:
    return [
        _table(having.data.audits, "GetItem", "PutItem", "BatchGetItem"),
        _index(having.data.audits, "by_merchant"),
        _index(having.data.audits, "by_resource"),
        _table(having.data.clients, "GetItem"),
        _key(having.keys.cursor, "GenerateMac"),
    ]


def _projector(having: Resources) -> Granted:
    return [
        having.data.payments.stream_arn.apply(statements.read_stream),
        _table(having.data.audits, "PutItem"),
        _table(having.data.clients, "GetItem"),
    ]


_CALLS = {
    "authorizer": _authorizer,
    "identity": _identity,
    "tokens": _tokens,
    "payments": _payments,
    "refunds": _refunds,
    "audits": _audits,
    "projector": _projector,
}
