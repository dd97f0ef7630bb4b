"""Audit records: who did what to what, when, from where, and with what result (PCI DSS 10.2.2)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

FIRST_HASH = "0" * 64


class Action(StrEnum):
    """What was done, in the contract's words."""

    PAYMENT_CREATED = "payment.created"
    PAYMENT_AUTHORIZED = "payment.authorized"
    PAYMENT_CAPTURED = "payment.captured"
    PAYMENT_DECLINED = "payment.declined"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_CANCELED = "payment.canceled"
    PAYMENT_READ = "payment.read"
    PAYMENTS_LISTED = "payments.listed"
    REFUND_CREATED = "refund.created"
    REFUND_SUCCEEDED = "refund.succeeded"
    REFUND_FAILED = "refund.failed"
    REFUND_READ = "refund.read"
    REFUNDS_LISTED = "refunds.listed"
    TOKEN_CREATED = "token.created"
    TOKEN_USED = "token.used"
    TOKEN_READ = "token.read"
    TOKEN_DELETED = "token.deleted"
    CHECKOUT_SESSION_CREATED = "checkout_session.created"
    CHECKOUT_SESSION_READ = "checkout_session.read"
    AUDIT_READ = "audit.read"
    AUDITS_LISTED = "audits.listed"
    EVENTS_LISTED = "events.listed"
    MOVEMENTS_LISTED = "movements.listed"
    EVENT_REDELIVERED = "event.redelivered"
    ENDPOINT_CREATED = "webhook_endpoint.created"
    ENDPOINT_READ = "webhook_endpoint.read"
    ENDPOINT_UPDATED = "webhook_endpoint.updated"
    ENDPOINT_DELETED = "webhook_endpoint.deleted"
    ENDPOINT_TESTED = "webhook_endpoint.tested"
    ENDPOINTS_LISTED = "webhook_endpoints.listed"
    DELIVERIES_LISTED = "webhook_deliveries.listed"
    ACCESS_DENIED = "access.denied"
    RECONCILIATION_DIFFERENCE = "reconciliation.difference"
    RESOLUTION_PROPOSED = "resolution.proposed"
    RESOLUTION_APPROVED = "resolution.approved"


class AuditOutcome(StrEnum):
    SUCCESS = "success"
    DENIED = "denied"
    FAILURE = "failure"


class ActorType(StrEnum):
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Exchange:
    """The request behind an action: who asked, from where. `user_agent` is cut to 200 characters."""

    actor_type: ActorType
    actor_id: str
    ip: str | None
    user_agent: str | None
    request_id: str


@dataclass(frozen=True, slots=True)
class Resource:
    """What was touched. `id` is null for a list."""

    type: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """A record's place in its payment's chain. `hash` covers the record and everything before it."""

    id: str
    sequence: int
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One record. `at`: milliseconds since the epoch, UTC. `sha256`: of the answer's body, for reads."""

    id: str
    merchant_id: str
    at: int
    exchange: Exchange
    action: Action
    resource: Resource
    outcome: AuditOutcome
    status: int
    ids: tuple[str, ...] = ()
    sha256: str | None = None
    chain: Chain | None = None


def timestamp(milliseconds: int) -> str:
    """RFC 3339 in UTC with `Z` and milliseconds."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


def audit_object(audit: Audit) -> dict[str, Any]:
    """The record as the API shows it, and as its hash covers it (less `chain`)."""
    chain = audit.chain
    return {
        "id": audit.id,
        "object": "audit",
        "at": timestamp(audit.at),
        "actor": {"type": audit.exchange.actor_type.value, "id": audit.exchange.actor_id},
        "action": audit.action.value,
        "resource": {"type": audit.resource.type, "id": audit.resource.id},
        "outcome": audit.outcome.value,
        "origin": {"ip": audit.exchange.ip, "user_agent": audit.exchange.user_agent},
        "request_id": audit.exchange.request_id,
        "response": {"status": audit.status, "ids": list(audit.ids), "sha256": audit.sha256},
        "chain": chain
        and {
            "id": chain.id,
            "sequence": chain.sequence,
            "previous_hash": chain.previous_hash,
            "hash": chain.hash,
        },
    }


def canonical(value: object) -> bytes:
    """RFC 8785 form of what records hold: strings, integers, null, lists, objects with ASCII keys.

    For those the standard library's sorted, compact, unescaped form is the canonical one.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def linked(audit: Audit, chain_id: str, previous: Chain | None) -> Audit:
    """The record, put behind `previous` in the chain `chain_id`."""
    previous_hash = previous.hash if previous else FIRST_HASH
    record = audit_object(audit)
    del record["chain"]
    digest = hashlib.sha256(previous_hash.encode() + canonical(record)).hexdigest()
    return replace(
        audit, chain=Chain(chain_id, previous.sequence + 1 if previous else 1, previous_hash, digest)
    )
