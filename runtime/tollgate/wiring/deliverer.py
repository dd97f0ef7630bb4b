"""The `deliverer` function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.clock import wait_until
from tollgate.adapters.delivery_queue import SqsDeliveryQueue
from tollgate.adapters.endpoint_secrets import OpenedSecrets
from tollgate.adapters.webhook_sender import HttpSender
from tollgate.adapters.webhooks_table import WebhooksTable
from tollgate.config import number, text
from tollgate.domain.webhook import RetryRules
from tollgate.operations.deliver import DeliveryPorts
from tollgate.ports import DeliveryQueue
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    """`wait`: until a time in milliseconds."""

    ports: DeliveryPorts
    queue: DeliveryQueue
    wait: Callable[[int], None]


@cache
def world() -> World:
    """Raises `ConfigError`."""
    table = WebhooksTable(aws.client("dynamodb"), text("WEBHOOKS_TABLE"))
    first = number("WEBHOOK_FIRST_RETRY_SECONDS", 1, 3600, default=30)
    ports = DeliveryPorts(
        endpoints=table,
        deliveries=table,
        opener=OpenedSecrets(aws.client("kms"), text("WEBHOOK_KEY"), shared.CLOCK),
        sender=HttpSender(shared.CLOCK),
        clock=shared.CLOCK,
        rules=RetryRules(first * 1000),
        targets=shared.webhook_targets(),
    )
    queue = SqsDeliveryQueue(aws.client("sqs"), text("DELIVERIES_QUEUE_URL"))
    return World(ports, queue, wait_until)


made_at_start(world)
