"""The queue of deliveries: SQS, FIFO, one message group an endpoint, which is its share of the senders."""

import json
from collections.abc import Sequence
from typing import Any

from tollgate.domain.webhook import Delivery

BATCH = 10
"""SQS's limit of messages in one call."""


class SqsDeliveryQueue:
    """The `DeliveryQueue` port."""

    def __init__(self, sqs: Any, url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, deliveries: Sequence[Delivery]) -> None:
        for start in range(0, len(deliveries), BATCH):
            entries = [
                {
                    "Id": str(number),
                    "MessageBody": json.dumps({"delivery_id": each.id}),
                    "MessageGroupId": each.endpoint_id,
                    "MessageDeduplicationId": f"{each.id}.{each.due_at}",
                }
                for number, each in enumerate(deliveries[start : start + BATCH])
            ]
            self._sqs.send_message_batch(QueueUrl=self._url, Entries=entries)
