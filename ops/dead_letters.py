"""The dead-letter queue of a stage's operations.

SQS's own redrive (`StartMessageMoveTask`) moves all or nothing and chooses the order; this moves a number
of messages, each payment's in its order.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onboarding import Stage

HIDDEN_SECONDS = 60
"""A message that is shown or moved is hidden from others for so long, at most."""

BATCH = 10
"""SQS's limit of messages in one ReceiveMessage."""

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up on. `since`: when it came to this queue, milliseconds, UTC. `received`:
    how often it was received, being looked at included."""

    payment_id: str
    since: int
    received: int


@dataclass(frozen=True)
class DeadLetters:
    """Messages of `dead`, which came from `alive`. Both are FIFO queues' URLs."""

    sqs: Any
    alive: str
    dead: str

    @classmethod
    def of(cls, stage: Stage) -> "DeadLetters":
        """Those of a stage."""
        names = (stage.physical_name("operations.fifo"), stage.physical_name("operations-dead.fifo"))
        alive, dead = (stage.sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in names)
        return cls(stage.sqs, alive, dead)

    def waiting(self) -> int:
        """About how many messages there are."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.sqs.get_queue_attributes(QueueUrl=self.dead, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)

    def look(self) -> list[DeadLetter]:
        """The first messages, in order; of one payment ten at most. They are all put back."""
        seen: list[dict[str, Any]] = []
        try:
            while len(seen) < MOST_SHOWN and (batch := self._receive(BATCH)):
                seen.extend(batch)
        finally:
            self._put_back(seen)
        return [_letter(message) for message in seen]

    def move(self, count: int) -> Iterator[DeadLetter]:
        """Move `count` messages at most, oldest first, and tell of each once it is moved.

        Sent before it is deleted: a crash between the two leaves it in both queues, which does no harm, and
        the next run doesn't send it again within SQS's five minutes of deduplication.
        """
        left = count
        while left and (batch := self._receive(min(left, BATCH))):
            try:
                while batch:
                    self._send_again(batch[0])
                    self.sqs.delete_message(QueueUrl=self.dead, ReceiptHandle=batch[0]["ReceiptHandle"])
                    left -= 1
                    yield _letter(batch.pop(0))
            finally:
                self._put_back(batch)

    def _receive(self, at_most: int) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(
            QueueUrl=self.dead,
            MaxNumberOfMessages=at_most,
            VisibilityTimeout=HIDDEN_SECONDS,
            WaitTimeSeconds=1,  # without it SQS may answer nothing, though there is something
            MessageSystemAttributeNames=["All"],
        )
        return answer.get("Messages", [])

    def _put_back(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            self.sqs.change_message_visibility(
                QueueUrl=self.dead, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )

    def _send_again(self, message: dict[str, Any]) -> None:
        self.sqs.send_message(
            QueueUrl=self.alive,
            MessageBody=message["Body"],
            MessageGroupId=message["Attributes"]["MessageGroupId"],
            MessageDeduplicationId=f"redrive-{message['MessageId']}",
        )


def _letter(message: dict[str, Any]) -> DeadLetter:
    attributes = message["Attributes"]
    return DeadLetter(
        payment_id=_payment_id(message["Body"]),
        since=int(attributes["SentTimestamp"]),
        received=int(attributes["ApproximateReceiveCount"]),
    )


def _payment_id(body: str) -> str:
    """A message that can't be read is shown as such: it may be why it is here."""
    try:
        return str(json.loads(body)["payment_id"])
    except (ValueError, TypeError, KeyError):
        return "(unreadable)"
