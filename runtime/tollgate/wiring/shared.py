"""Adapters that several functions have, each by the environment variables that it needs."""

from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.cursors import SealedCursors
from tollgate.adapters.event_outbox import EventOutbox
from tollgate.adapters.follow_up_queue import SqsFollowUpQueue
from tollgate.adapters.ids import RandomIds
from tollgate.adapters.merchants import CachedMerchants
from tollgate.adapters.trail import AuditTrail
from tollgate.config import text, texts
from tollgate.domain.target import Targets

CLOCK = SystemClock()
IDS = RandomIds()


@cache
def clients_table() -> ClientsTable:
    return ClientsTable(aws.client("dynamodb"), text("CLIENTS_TABLE"))


@cache
def merchants() -> CachedMerchants:
    return CachedMerchants(clients_table(), CLOCK)


@cache
def audit_trail() -> AuditTrail:
    return AuditTrail(aws.client("dynamodb"), text("AUDITS_TABLE"), merchants())


def outbox() -> EventOutbox:
    return EventOutbox(aws.client("dynamodb"), text("EVENTS_TABLE"))


def webhook_targets() -> Targets:
    """`WEBHOOK_HOSTS`: names, or `-` for none, which on a laptop means all."""
    loopback, named = text("WEBHOOK_LOOPBACK") == "yes", texts("WEBHOOK_HOSTS")
    hosts = frozenset(named) - {"-"}
    return Targets(None if loopback and not hosts else hosts, loopback)


def follow_up_queue() -> SqsFollowUpQueue:
    return SqsFollowUpQueue(aws.client("sqs"), text("OPERATIONS_QUEUE_URL"))


def cursors() -> SealedCursors:
    return SealedCursors(aws.client("kms"), text("CURSOR_KEY"))
