"""Rows of the `webhooks` table.

`roster#<merchant>` holds its endpoints, `whe_…` what an endpoint's request was and made, `dlv_…` a delivery,
and `att_…` an attempt.
"""

from typing import Any

from tollgate.domain.audit import timestamp
from tollgate.domain.identifiers import derived_id
from tollgate.domain.listing import position
from tollgate.domain.webhook import (
    Attempt,
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointStatus,
    Roster,
    SealedSecret,
)

Row = dict[str, Any]
KEPT_SECONDS = 30 * 86_400
"""How long an attempt, and a delivery that is over, are kept."""

DUE = "deliveries"


def roster_id(merchant_id: str) -> str:
    return f"roster#{merchant_id}"


def roster_row(roster: Roster) -> Row:
    return {
        "id": roster_id(roster.merchant_id),
        "merchant": roster.merchant_id,
        "version": roster.version,
        "endpoints": [_endpoint_row(each) for each in roster.endpoints],
    }


def roster_of(row: Row) -> Roster:
    merchant_id = row["merchant"]
    endpoints = tuple(_endpoint_of(each, merchant_id) for each in row["endpoints"])
    return Roster(merchant_id, endpoints, row["version"])


def _endpoint_row(endpoint: Endpoint) -> Row:
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "types": list(endpoint.types),
        "description": endpoint.description,
        "status": endpoint.status.value,
        "secrets": [[each.by, each.content, each.until] for each in endpoint.secrets],
        "created_at": endpoint.created_at,
        "failures": endpoint.failures,
        "paused_until": endpoint.paused_until,
    }


def _endpoint_of(row: Row, merchant_id: str) -> Endpoint:
    return Endpoint(
        id=row["id"],
        merchant_id=merchant_id,
        url=row["url"],
        types=tuple(row["types"]),
        description=row["description"],
        status=EndpointStatus(row["status"]),
        secrets=tuple(SealedSecret(by, bytes(content), until) for by, content, until in row["secrets"]),
        created_at=row["created_at"],
        failures=row["failures"],
        paused_until=row["paused_until"],
    )


def delivery_row(delivery: Delivery) -> Row:
    """A pending one is in the index of its endpoint's attempts by its making, and in `due`."""
    row: Row = {
        "id": delivery.id,
        "merchant": delivery.merchant_id,
        "to": delivery.endpoint_id,
        "event": delivery.event_id,
        "message": delivery.message,
        "created_at": delivery.created_at,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "status": delivery.status.value,
    }
    if delivery.status is DeliveryStatus.PENDING:
        place = position(delivery.created_at, delivery.id)
        return {
            **row,
            "due_shard": DUE,
            "due": delivery.due_at,
            "endpoint": delivery.endpoint_id,
            "position": place,
        }
    return {**row, "expires_at": delivery.due_at // 1000 + KEPT_SECONDS}


def delivery_of(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        merchant_id=row["merchant"],
        endpoint_id=row["to"],
        event_id=row["event"],
        message=row["message"],
        created_at=row["created_at"],
        due_at=row["due_at"],
        attempts=row["attempts"],
        status=DeliveryStatus(row["status"]),
    )


def attempt_row(delivery: Delivery, attempt: Attempt) -> Row:
    """`delivery`: with this attempt counted."""
    id = derived_id("att_", delivery.id, str(delivery.attempts))
    return {
        "id": id,
        "endpoint": delivery.endpoint_id,
        "position": position(attempt.at, id),
        "event": delivery.event_id,
        "attempt": delivery.attempts,
        "at": attempt.at,
        "response_status": attempt.response_status,
        "response_start": attempt.response_start,
        "expires_at": attempt.at // 1000 + KEPT_SECONDS,
    }


def shown(row: Row) -> Row:
    """An attempt, or what is pending, as the API shows it."""
    if row["id"].startswith("dlv_"):
        return _shown(row["event"], row["attempts"] + 1, row["due_at"], DeliveryStatus.PENDING, None, None)
    status = row["response_status"]
    delivered = status is not None and 200 <= status < 300
    outcome = DeliveryStatus.DELIVERED if delivered else DeliveryStatus.FAILED
    return _shown(row["event"], row["attempt"], row["at"], outcome, status, row["response_start"])


def _shown(
    event: str, attempt: int, at: int, status: DeliveryStatus, response_status: int | None, start: str | None
) -> Row:
    return {
        "event": event,
        "attempt": attempt,
        "at": timestamp(at),
        "status": status.value,
        "response_status": response_status,
        "response_start": start,
    }
