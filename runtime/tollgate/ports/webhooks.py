"""Webhooks: merchants' endpoints, what is on its way to them, and the sending itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tollgate.domain.listing import Position
from tollgate.domain.target import Target
from tollgate.domain.webhook import Attempt, Delivery, Roster


class Endpoints(Protocol):
    def roster(self, merchant_id: str) -> Roster:
        """As last written; without any for a merchant that never had one."""
        ...

    def save(self, roster: Roster) -> bool:
        """Store it with the next version. False: somebody was faster."""
        ...

    def remember(self, id: str, answer: Mapping[str, Any]) -> None:
        """Keep what a request was and made, for its repetitions. The first stays."""
        ...

    def recall(self, id: str) -> Mapping[str, Any] | None: ...


class Deliveries(Protocol):
    def add(self, deliveries: Sequence[Delivery]) -> None:
        """Store new ones. One that is there already stays as it is."""
        ...

    def find(self, delivery_id: str) -> Delivery | None: ...
    def claim(self, delivery: Delivery, until: int) -> bool:
        """Take it for one attempt, which nobody else makes until then. False: it isn't as given any more."""
        ...

    def record(self, delivery: Delivery, attempt: Attempt | None) -> None:
        """Store what became of a claimed one, and its attempt."""
        ...

    def due(self, now: int, limit: int) -> Sequence[Delivery]:
        """What is due, longest overdue first. May lag."""
        ...

    def newest(self, endpoint_id: str, below: str, above: str, limit: int) -> list[Position]:
        """Positions of attempts, and of what is pending, newest first. May lag."""
        ...

    def shown(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Each as the API shows it."""
        ...


class DeliveryQueue(Protocol):
    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Have them attempted soon, in order for each endpoint. The table knows them: a loss only delays."""
        ...


class Secrets(Protocol):
    """Endpoints' signing secrets, sealed for their endpoint."""

    def make(self) -> bytes: ...
    def seal(self, endpoint_id: str, secret: bytes) -> bytes: ...


class SecretOpener(Protocol):
    def open(self, endpoint_id: str, sealed: bytes) -> bytes: ...


class Sender(Protocol):
    def post(self, target: Target, headers: Mapping[str, str], message: bytes) -> Attempt:
        """One POST, ten seconds at most, to a public address that the name is resolved to once. Redirects
        aren't followed. Nothing raises for what the receiver or the network does."""
        ...
