"""What an event owes to its merchant's endpoints: written with the event itself, then announced."""

from collections.abc import Sequence
from typing import Any

from tollgate import telemetry
from tollgate.adapters.webhooks_table import WebhooksTable
from tollgate.domain.webhook import Delivery, Endpoint, owed
from tollgate.ports import Clock, DeliveryQueue


class DeliveriesOwed:
    """Deliveries of new events."""

    def __init__(self, table: WebhooksTable, queue: DeliveryQueue, clock: Clock) -> None:
        self._table = table
        self._queue = queue
        self._clock = clock

    def endpoints(self, merchant_id: str) -> tuple[Endpoint, ...]:
        return tuple(each for each in self._table.roster(merchant_id).endpoints if each.enabled)

    def deliveries(
        self, endpoints: Sequence[Endpoint], event_id: str, type_: str, message: str
    ) -> list[Delivery]:
        return owed(endpoints, event_id, type_, message, self._clock.now())

    def write(self, delivery: Delivery) -> dict[str, Any]:
        return self._table.write(delivery)

    def announce(self, deliveries: Sequence[Delivery]) -> None:
        """Whatever fails here only delays: they are due."""
        try:
            self._queue.send(deliveries)
        except Exception as failure:
            telemetry.failed(failure, deliveries[0].id)
