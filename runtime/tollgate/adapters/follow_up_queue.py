"""The FIFO queue of payments to come back to: one message group a payment, so that they stay in order."""

import json
from collections.abc import Mapping
from typing import Any

BATCH = 10
"""SQS's limit of messages in one call."""


class SqsFollowUpQueue:
    """The `FollowUpQueue` port on SQS. Messages carry a payment's id and nothing else."""

    def __init__(self, sqs: Any, queue_url: str) -> None:
        self._sqs = sqs
        self._queue_url = queue_url

    def send(self, payment_id: str, occasion: str) -> None:
        self._sqs.send_message(QueueUrl=self._queue_url, **_message(payment_id, occasion))

    def send_many(self, asked: Mapping[str, str]) -> int:
        messages = [
            {"Id": str(number), **_message(payment_id, occasion)}
            for number, (occasion, payment_id) in enumerate(asked.items())
        ]
        batches = [messages[start : start + BATCH] for start in range(0, len(messages), BATCH)]
        return sum(self._send(batch) for batch in batches)

    def _send(self, batch: list[dict[str, str]]) -> int:
        """How many of the batch the queue has taken: a call that succeeds may take some of it only."""
        answer = self._sqs.send_message_batch(QueueUrl=self._queue_url, Entries=batch)
        return len(answer.get("Successful", ()))


def _message(payment_id: str, occasion: str) -> dict[str, str]:
    return {
        "MessageBody": json.dumps({"payment_id": payment_id}),
        "MessageGroupId": payment_id,
        "MessageDeduplicationId": occasion,
    }
