"""The FIFO queue of follow-ups: ordered in its groups, delivered at least once, and forgetful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.simulation.world import World

VISIBILITY = 180_000
"""Milliseconds after which a message comes again that wasn't deleted."""

DEDUPLICATION = 5 * 60_000
"""Milliseconds for which SQS remembers a deduplication id."""

ATTEMPTS = 5
"""Deliveries after which a message goes to the dead-letter queue."""


@dataclass(slots=True)
class Message:
    """`visible_at`: when it may be delivered, the next time."""

    id: str
    payment_id: str
    visible_at: int
    deliveries: int = 0


class FollowUps:
    """The `FollowUpQueue` port, and the consumer's side of it."""

    def __init__(self, world: World) -> None:
        self.waiting: list[Message] = []
        self.dead: list[Message] = []
        self.sent = 0
        self._world = world
        self.occasions: dict[str, int] = {}

    def send(self, payment_id: str, occasion: str) -> None:
        known = self.occasions.get(occasion)
        if known is not None and self._world.now - known < DEDUPLICATION:
            return
        self.occasions[occasion] = self._world.now
        self.sent += 1
        self.waiting.append(Message(f"message-{self.sent}", payment_id, self._world.now))

    def send_many(self, asked: Mapping[str, str]) -> int:
        for occasion, payment_id in asked.items():
            self.send(payment_id, occasion)
        return len(asked)

    def deliverable(self) -> bool:
        return any(each.visible_at <= self._world.now for each in self._heads())

    def next_at(self) -> int | None:
        return min((each.visible_at for each in self._heads()), default=None)

    def receive(self) -> list[Message]:
        """One message: the first of a group that has none in flight."""
        now = self._world.now
        received = [each for each in self._heads() if each.visible_at <= now][:1]
        for each in received:
            each.visible_at = now + VISIBILITY
            each.deliveries += 1
        return received

    def delete(self, messages: Sequence[Message]) -> None:
        gone = {each.id for each in messages}
        self.waiting = [each for each in self.waiting if each.id not in gone]

    def bury(self) -> None:
        """Move what was delivered too often, and is visible again, to the dead letters."""
        worn = [e for e in self.waiting if e.deliveries >= ATTEMPTS and e.visible_at <= self._world.now]
        self.dead += worn
        self.delete(worn)

    def _heads(self) -> list[Message]:
        groups: dict[str, Message] = {}
        for each in self.waiting:
            groups.setdefault(each.payment_id, each)
        return list(groups.values())
