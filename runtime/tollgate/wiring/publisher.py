"""The `publisher` function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.deliveries_owed import DeliveriesOwed
from tollgate.adapters.delivery_queue import SqsDeliveryQueue
from tollgate.adapters.event_log import WrittenEvents
from tollgate.adapters.event_outbox import entry_of
from tollgate.adapters.event_sources import EventSources
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.adapters.streams import Record, before_and_after, source_of
from tollgate.adapters.webhooks_table import WebhooksTable
from tollgate.config import text
from tollgate.domain.event import Story
from tollgate.domain.payment import Payment
from tollgate.ports import Clock, EventLog, Held, Told
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    source_of: Callable[[Record], str]
    before_and_after: Callable[[Record], tuple[Payment | None, Payment | None]]
    entry_of: Callable[[Record], Story | None]
    told: Told
    held: Held
    log: EventLog
    clock: Clock


@cache
def world() -> World:
    """Raises `ConfigError`."""
    dynamodb, table = aws.client("dynamodb"), text("EVENTS_TABLE")
    sources = EventSources(dynamodb, table, PaymentsTable(dynamodb, text("PAYMENTS_TABLE")))
    webhooks = WebhooksTable(dynamodb, text("WEBHOOKS_TABLE"))
    queue = SqsDeliveryQueue(aws.client("sqs"), text("DELIVERIES_QUEUE_URL"))
    log = WrittenEvents(dynamodb, table, DeliveriesOwed(webhooks, queue, shared.CLOCK))
    return World(source_of, before_and_after, entry_of, sources, sources, log, shared.CLOCK)


made_at_start(world)
