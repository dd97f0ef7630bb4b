"""Events: what has happened to a merchant's payments and tokens, in the contract's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tollgate.domain.audit import Resource, timestamp
from tollgate.domain.identifiers import derived_id

OUTBOX = "out_"
"""How the ids of the outbox's entries begin."""


class EventType(StrEnum):
    PAYMENT_AUTHORIZED = "payment.authorized"
    PAYMENT_CAPTURED = "payment.captured"
    PAYMENT_PARTIALLY_CAPTURED = "payment.partially_captured"
    PAYMENT_DECLINED = "payment.declined"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_CANCELED = "payment.canceled"
    PAYMENT_EXPIRED = "payment.expired"
    PAYMENT_IN_DOUBT = "payment.in_doubt"
    REFUND_SUCCEEDED = "refund.succeeded"
    REFUND_FAILED = "refund.failed"
    TOKEN_CREATED = "token.created"
    TOKEN_DELETED = "token.deleted"
    RECONCILIATION_DIFFERENCE = "reconciliation.difference"


class MovementKind(StrEnum):
    CAPTURE = "capture"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that moved. `amount` in minor units of `currency`, negative for what was given back. `id`: of the
    capture or refund. `at` in milliseconds, UTC: when it was known."""

    at: int
    kind: MovementKind
    payment_id: str
    id: str
    reference: str | None
    amount: int
    currency: str
    processor_reference: str


@dataclass(frozen=True, slots=True)
class Total:
    """Of a day, in one currency: minor units, both positive, and how many movements."""

    currency: str
    captured: int
    refunded: int
    count: int


@dataclass(frozen=True, slots=True)
class Event:
    """`object`: what it is about, as the API showed it then. `at` in milliseconds, UTC. `subject`: whose
    sequence it stands in; a refund is in its payment's. `noted`: it came from outside of the subject's own
    history, which doesn't tell that it happened."""

    id: str
    type: EventType
    at: int
    subject: str
    resource: Resource
    object: Mapping[str, Any]
    movement: Movement | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All events of one subject so far, in their order. `merchant_id`: whose log they belong in."""

    merchant_id: str
    subject: str
    events: tuple[Event, ...]


def event_id(subject: str, *occasion: str) -> str:
    """The same for the same occasion, however often it is told."""
    return derived_id("evt_", subject, *occasion)


def entry_id(story: Story) -> str:
    """Of a story in the outbox: there is one for each latest event."""
    return OUTBOX + story.events[-1].id.removeprefix("evt_")


def event_object(event: Event, sequence: int) -> dict[str, Any]:
    """The event as the API shows it and webhooks bring it."""
    return {
        "id": event.id,
        "object": "event",
        "type": event.type.value,
        "created_at": timestamp(event.at),
        "sequence": sequence,
        "resource": {"type": event.resource.type, "id": event.resource.id},
        "data": {"object": dict(event.object)},
    }
