"""Webhooks: where a merchant wants its events sent, and what became of each sending."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tollgate.domain.follow_up import DAY
from tollgate.domain.identifiers import derived_id

MOST_ENDPOINTS = 16
OVERLAP = DAY
"""Milliseconds for which an old secret signs, too."""

PING = "ping"
"""The type of a test delivery, which is no event."""


class EndpointStatus(StrEnum):
    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A signing secret, sealed for its endpoint. `by`: the request that made it. `until`: signs no more from
    then on (None: the current one), milliseconds, UTC."""

    by: str
    content: bytes = field(repr=False)
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`types`: the events that it wants, () for all. `failures`: in a row. `paused_until`: after many of them
    nothing is sent before. Times in milliseconds, UTC."""

    id: str
    merchant_id: str
    url: str
    types: tuple[str, ...]
    description: str | None
    status: EndpointStatus
    secrets: tuple[SealedSecret, ...]
    created_at: int
    failures: int = 0
    paused_until: int = 0

    @property
    def enabled(self) -> bool:
        return self.status is EndpointStatus.ENABLED

    def wants(self, type_: str) -> bool:
        return self.enabled and (not self.types or type_ in self.types or type_ == PING)

    def signing(self, now: int) -> tuple[SealedSecret, ...]:
        """The secrets that sign now, the current one first."""
        return tuple(each for each in self.secrets if each.until is None or now < each.until)

    def rolled(self, secret: SealedSecret, now: int) -> "Endpoint":
        """With a new secret; the one before signs for a day more, and those before it no more."""
        kept = [
            replace(each, until=now + OVERLAP if each.until is None else min(each.until, now))
            for each in self.secrets
        ]
        return replace(self, secrets=(secret, *kept[:4]))


@dataclass(frozen=True, slots=True)
class Roster:
    """All endpoints of a merchant. `version` counts its changes."""

    merchant_id: str
    endpoints: tuple[Endpoint, ...] = ()
    version: int = 0

    def find(self, endpoint_id: str) -> Endpoint | None:
        return next((each for each in self.endpoints if each.id == endpoint_id), None)

    def with_(self, endpoint: Endpoint) -> "Roster":
        """With the endpoint in the place of the one with its id, or added."""
        others = [each for each in self.endpoints if each.id != endpoint.id]
        return replace(self, endpoints=(*others, endpoint))

    def without(self, endpoint_id: str) -> "Roster":
        return replace(self, endpoints=tuple(each for each in self.endpoints if each.id != endpoint_id))


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to an endpoint. `message`: its JSON text. `attempts`: so far. `due_at`: of the next
    one, while it is pending. Milliseconds, UTC."""

    id: str
    merchant_id: str
    endpoint_id: str
    event_id: str
    message: str
    created_at: int
    due_at: int
    attempts: int = 0
    status: DeliveryStatus = DeliveryStatus.PENDING


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one try. `response_status`: None without an answer. `retry_after`: seconds, as the answer
    asked. `response_start`: of its body, or why there was none."""

    at: int
    response_status: int | None
    response_start: str | None
    retry_after: int | None = None

    @property
    def delivered(self) -> bool:
        return self.response_status is not None and 200 <= self.response_status < 300

    @property
    def gone(self) -> bool:
        """The receiver wants nothing any more (410)."""
        return self.response_status == 410


@dataclass(frozen=True, slots=True)
class RetryRules:
    """`first`: milliseconds until the first retry; each further one waits twice as long, up to `longest`;
    nothing is sent after `patience`. All spread by a fifth."""

    first: int
    longest: int = 6 * 3_600_000
    patience: int = 3 * DAY

    def next_due(self, delivery: Delivery, now: int, retry_after: int | None) -> int | None:
        """When to try again; None: never. `delivery.attempts` counts the one that has just failed."""
        wait = min(self.first << min(delivery.attempts - 1, 30), self.longest)
        spread = wait * (_share(delivery.id, delivery.attempts) - 128) // 640
        due = now + max(wait + spread, min((retry_after or 0) * 1000, self.longest))
        return due if due < delivery.created_at + self.patience else None


TROUBLE = 5
"""Failures in a row after which an endpoint is left alone for a while."""

PAUSE = 30_000


def paused_until(failures: int, rules: RetryRules, now: int) -> int:
    """How long the endpoint is left alone, after so many failures in a row."""
    if failures < TROUBLE:
        return 0
    return now + min(max(rules.first, 1000) << min(failures - TROUBLE, 20), 10 * PAUSE)


def delivery_id(endpoint_id: str, *occasion: str) -> str:
    return derived_id("dlv_", endpoint_id, *occasion)


def owed(
    endpoints: Iterable[Endpoint], event_id: str, type_: str, message: str, now: int, occasion: str = ""
) -> list[Delivery]:
    """The deliveries of an event. `occasion`: of one that is sent anew."""
    return [
        Delivery(
            id=delivery_id(each.id, event_id, occasion),
            merchant_id=each.merchant_id,
            endpoint_id=each.id,
            event_id=event_id,
            message=message,
            created_at=now,
            due_at=now,
        )
        for each in endpoints
        if each.wants(type_)
    ]


def _share(id: str, attempt: int) -> int:
    """0…255, different for each attempt."""
    return derived_id("", id, str(attempt)).encode()[0] * 7 % 256
