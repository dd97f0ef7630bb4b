"""What each function may do: nothing but the calls that it makes."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra import access, statements
from infra.functions import Resources

Granted = Sequence[pulumi.Output[statements.Statement]]


def granted(function: str, resources: Resources) -> Granted:
    """All that the function may do, but for its log: the calls it makes, and reading and writing through AWS
    services what is encrypted with the keys of its data classes."""
    calls = _CALLS[function](resources)
    stage, keys = resources.settings.stage, resources.keys
    decryption = [
        keys.data[data.name].arn.apply(
            lambda arn, service=data.service: statements.decrypt_through(arn, stage, service)
        )
        for data in access.DATA_CLASSES
        if function in data.readers
    ]
    encryption = [
        keys.data[data.name].arn.apply(
            lambda arn, service=data.service: statements.encrypt_through(arn, stage, service)
        )
        for data in access.DATA_CLASSES
        if function in data.writers
    ]
    return [*calls, *decryption, *encryption]


def _table(table: aws.dynamodb.Table, *operations: str) -> pulumi.Output[statements.Statement]:
    return table.arn.apply(lambda arn: statements.use_table(arn, *operations))


def _index(table: aws.dynamodb.Table, name: str) -> pulumi.Output[statements.Statement]:
    return table.arn.apply(lambda arn: statements.query_index(arn, name))


def _key(key: aws.kms.Key, *operations: str) -> pulumi.Output[statements.Statement]:
    return key.arn.apply(lambda arn: statements.use_key(arn, *operations))


def _secret(secret: aws.secretsmanager.Secret) -> pulumi.Output[statements.Statement]:
    return secret.arn.apply(statements.read_secret)


def _processors(having: Resources) -> Granted:
    return [_secret(secret) for secret in having.secret_store.processors.values()]


def _sending(having: Resources) -> pulumi.Output[statements.Statement]:
    return having.messaging.operations.arn.apply(statements.send_messages)


def _reporting(having: Resources) -> pulumi.Output[statements.Statement]:
    """Lambda reports events that it gave up on in the function's name."""
    return having.messaging.failed_events.arn.apply(statements.send_messages)


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
        _table(having.data.events, "PutItem"),
        _secret(having.secret_store.card_keys),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
    ]


def _payments(having: Resources) -> Granted:
    return [
        _table(having.data.payments, "GetItem", "PutItem", "UpdateItem", "BatchGetItem"),
        _index(having.data.payments, "listing"),
        _index(having.data.payments, "by_reference"),
        _table(having.data.vault, "GetItem", "PutItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        _secret(having.secret_store.card_keys),
        *_processors(having),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
        _key(having.keys.cursor, "GenerateMac"),
        _sending(having),
    ]


def _refunds(having: Resources) -> Granted:
    return [
        _table(having.data.payments, "GetItem", "UpdateItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        *_processors(having),
        _key(having.keys.cursor, "GenerateMac"),
        _sending(having),
    ]


def _checkout(having: Resources) -> Granted:
    """A page reaches it without an access token: it takes payments by encrypted card, and no more."""
    return [
        _table(having.data.sessions, "GetItem", "PutItem"),
        _table(having.data.payments, "GetItem", "PutItem", "UpdateItem"),
        _table(having.data.vault, "GetItem", "PutItem"),
        _table(having.data.clients, "GetItem"),
        _table(having.data.audits, "PutItem"),
        _secret(having.secret_store.card_keys),
        *_processors(having),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
    ]


def _audits(having: Resources) -> Granted:
    return [
        _table(having.data.audits, "GetItem", "PutItem", "BatchGetItem"),
        _index(having.data.audits, "by_merchant"),
        _index(having.data.audits, "by_resource"),
        _table(having.data.clients, "GetItem"),
        _key(having.keys.cursor, "GenerateMac"),
    ]


def _events(having: Resources) -> Granted:
    return [
        _table(having.data.events, "GetItem", "BatchGetItem"),
        _index(having.data.events, "by_day"),
        _key(having.keys.cursor, "GenerateMac"),
        _table(having.data.audits, "PutItem"),
        _table(having.data.clients, "GetItem"),
    ]


def _webhooks(having: Resources) -> Granted:
    return [
        _table(having.data.webhooks, "GetItem", "BatchGetItem", "PutItem"),
        _index(having.data.webhooks, "by_endpoint"),
        having.keys.webhook_secrets.arn.apply(
            lambda arn: statements.use_endpoint_secrets(arn, "Decrypt", "Encrypt")
        ),
        having.messaging.deliveries.arn.apply(statements.send_messages),
        # An event that is sent anew.
        _table(having.data.events, "GetItem", "BatchGetItem"),
        _table(having.data.audits, "PutItem"),
        _table(having.data.clients, "GetItem"),
        _key(having.keys.cursor, "GenerateMac"),
    ]


def _projector(having: Resources) -> Granted:
    return [
        having.data.payments.stream_arn.apply(statements.read_stream),
        _table(having.data.audits, "PutItem"),
        _table(having.data.clients, "GetItem"),
        _reporting(having),
    ]


def _publisher(having: Resources) -> Granted:
    return [
        having.data.payments.stream_arn.apply(statements.read_stream),
        having.data.events.stream_arn.apply(statements.read_stream),
        # What was held back, and what a difference is about.
        _table(having.data.payments, "GetItem"),
        _table(having.data.events, "GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        _index(having.data.events, "due"),
        # Deliveries are stored with the event that they are of.
        _table(having.data.webhooks, "GetItem", "PutItem"),
        having.messaging.deliveries.arn.apply(statements.send_messages),
        _reporting(having),
    ]


def _deliverer(having: Resources) -> Granted:
    return [
        having.messaging.deliveries.arn.apply(statements.receive_messages),
        having.messaging.deliveries.arn.apply(statements.send_messages),
        _table(having.data.webhooks, "GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        _index(having.data.webhooks, "due"),
        having.keys.webhook_secrets.arn.apply(lambda arn: statements.use_endpoint_secrets(arn, "Decrypt")),
        _reporting(having),
    ]


def _sweeper(having: Resources) -> Granted:
    return [_index(having.data.payments, "due"), _sending(having), _reporting(having)]


def _worker(having: Resources) -> Granted:
    return [
        having.messaging.operations.arn.apply(statements.receive_messages),
        _table(having.data.payments, "GetItem", "UpdateItem"),
        _table(having.data.vault, "GetItem"),
        *_processors(having),
        having.keys.wrapping.arn.apply(statements.unwrap_merchant_key),
    ]


def _reconciler(having: Resources) -> Granted:
    return [
        # The only scan: once a day it needs all merchants, who are few and in no index.
        having.data.clients.arn.apply(statements.scan_table),
        _table(having.data.clients, "GetItem"),
        # What differs is read again by itself; an authorization that has expired is written.
        _table(having.data.payments, "GetItem", "BatchGetItem", "UpdateItem"),
        _index(having.data.payments, "listing"),
        # Whatever has been open for more than a day is in this one, whichever day it is of.
        _index(having.data.payments, "due"),
        _table(having.data.audits, "PutItem"),
        _table(having.data.events, "PutItem"),
        *_processors(having),
        _reporting(having),
    ]


_CALLS = {
    "authorizer": _authorizer,
    "identity": _identity,
    "tokens": _tokens,
    "payments": _payments,
    "refunds": _refunds,
    "checkout": _checkout,
    "audits": _audits,
    "events": _events,
    "webhooks": _webhooks,
    "projector": _projector,
    "publisher": _publisher,
    "deliverer": _deliverer,
    "sweeper": _sweeper,
    "worker": _worker,
    "reconciler": _reconciler,
}
