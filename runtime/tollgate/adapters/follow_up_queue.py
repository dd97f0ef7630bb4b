"""The FIFO queue of payments to come back to: one message group a payment, so that they stay in order."""

import json
from typing import Any


class SqsFollowUpQueue:
    """The `FollowUpQueue` port on SQS. Messages carry a payment's id and nothing else."""

    def __init__(self, sqs: Any, queue_url: str) -> None:
        self._sqs = sqs
        self._queue_url = queue_url

    def send(self, payment_id: str, occasion: str) -> None:
        self._sqs.send_message(
            QueueUrl=self._queue_url,
            MessageBody=json.dumps({"payment_id": payment_id}),
            MessageGroupId=payment_id,
            MessageDeduplicationId=occasion,
        )
