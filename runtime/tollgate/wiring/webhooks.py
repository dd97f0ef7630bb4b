"""The `webhooks` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.delivery_queue import SqsDeliveryQueue
from tollgate.adapters.endpoint_secrets import OpenedSecrets, SealedSecrets
from tollgate.adapters.events_table import EventsTable
from tollgate.adapters.webhooks_table import WebhooksTable
from tollgate.config import text
from tollgate.domain.target import Targets
from tollgate.ports import (
    Clock,
    Cursors,
    Deliveries,
    DeliveryQueue,
    Endpoints,
    Events,
    Ids,
    SecretOpener,
    Secrets,
    Trail,
)
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    endpoints: Endpoints
    deliveries: Deliveries
    queue: DeliveryQueue
    events: Events
    secrets: Secrets
    opener: SecretOpener
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids
    targets: Targets


@cache
def world() -> World:
    """Raises `ConfigError`."""
    dynamodb, kms, key = aws.client("dynamodb"), aws.client("kms"), text("WEBHOOK_KEY")
    table = WebhooksTable(dynamodb, text("WEBHOOKS_TABLE"))
    return World(
        endpoints=table,
        deliveries=table,
        queue=SqsDeliveryQueue(aws.client("sqs"), text("DELIVERIES_QUEUE_URL")),
        events=EventsTable(dynamodb, text("EVENTS_TABLE")),
        secrets=SealedSecrets(kms, key),
        opener=OpenedSecrets(kms, key, shared.CLOCK),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
        targets=shared.webhook_targets(),
    )


made_at_start(world)
