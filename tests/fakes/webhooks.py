"""Webhooks in memory: endpoints, deliveries, and a receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tollgate.domain.listing import Position
from tollgate.domain.target import Target
from tollgate.domain.webhook import Attempt, Delivery, DeliveryStatus, Roster


class FakeEndpoints:
    """The `Endpoints` port."""

    def __init__(self) -> None:
        self.rosters: dict[str, Roster] = {}
        self.remembered: dict[str, Mapping[str, Any]] = {}

    def roster(self, merchant_id: str) -> Roster:
        return self.rosters.get(merchant_id, Roster(merchant_id))

    def save(self, roster: Roster) -> bool:
        if self.roster(roster.merchant_id).version != roster.version:
            return False
        self.rosters[roster.merchant_id] = replace(roster, version=roster.version + 1)
        return True

    def remember(self, id: str, answer: Mapping[str, Any]) -> None:
        self.remembered.setdefault(id, answer)

    def recall(self, id: str) -> Mapping[str, Any] | None:
        return self.remembered.get(id)


class FakeDeliveries:
    """The `Deliveries` port."""

    def __init__(self) -> None:
        self.stored: dict[str, Delivery] = {}
        self.attempts: list[tuple[str, int, Attempt]] = []

    def add(self, deliveries: Sequence[Delivery]) -> None:
        for each in deliveries:
            self.stored.setdefault(each.id, each)

    def find(self, delivery_id: str) -> Delivery | None:
        return self.stored.get(delivery_id)

    def claim(self, delivery: Delivery, until: int) -> bool:
        if self.stored.get(delivery.id) != delivery:
            return False
        self.stored[delivery.id] = replace(delivery, due_at=until)
        return True

    def record(self, delivery: Delivery, attempt: Attempt | None) -> None:
        if attempt is not None:
            self.attempts.append((delivery.event_id, delivery.attempts, attempt))
        self.stored[delivery.id] = delivery

    def due(self, now: int, limit: int) -> list[Delivery]:
        pending = [each for each in self.stored.values() if each.status is DeliveryStatus.PENDING]
        ripe = [each for each in pending if each.due_at <= now]
        return sorted(ripe, key=lambda each: each.due_at)[:limit]

    def newest(self, endpoint_id: str, below: str, above: str, limit: int) -> list[Position]:
        return []  # what is shown is tested on the table

    def shown(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        return []


class FakeDeliveryQueue:
    """The `DeliveryQueue` port."""

    def __init__(self) -> None:
        self.sent: list[Delivery] = []

    def send(self, deliveries: Sequence[Delivery]) -> None:
        self.sent.extend(deliveries)


class FakeSecrets:
    """The `Secrets` and `SecretOpener` ports."""

    def make(self) -> bytes:
        return b"s" * 32

    def seal(self, endpoint_id: str, secret: bytes) -> bytes:
        return endpoint_id.encode() + b"|" + secret

    def open(self, endpoint_id: str, sealed: bytes) -> bytes:
        bound, _, secret = sealed.partition(b"|")
        assert bound == endpoint_id.encode()
        return secret


class FakeReceiver:
    """The `Sender` port: a server that answers what it is told, then 200."""

    def __init__(self, clock: Any) -> None:
        self.answers: list[tuple[int | None, int | None]] = []
        self.got: list[tuple[str, Mapping[str, str], bytes]] = []
        self._clock = clock

    def post(self, target: Target, headers: Mapping[str, str], message: bytes) -> Attempt:
        self.got.append((target.host, headers, message))
        status, retry_after = self.answers.pop(0) if self.answers else (200, None)
        return Attempt(self._clock.now(), status, None, retry_after)
