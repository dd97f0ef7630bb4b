"""Adapters that several functions have."""

from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.cursors import SealedCursors
from tollgate.adapters.ids import RandomIds
from tollgate.adapters.merchants import CachedMerchants
from tollgate.adapters.trail import AuditTrail

CLOCK = SystemClock()
IDS = RandomIds()


@cache
def clients_table(table: str) -> ClientsTable:
    return ClientsTable(aws.client("dynamodb"), table)


@cache
def merchants(table: str) -> CachedMerchants:
    return CachedMerchants(clients_table(table), CLOCK)


def audit_trail(table: str, clients_table: str) -> AuditTrail:
    return AuditTrail(aws.client("dynamodb"), table, merchants(clients_table))


def cursors(key_id: str) -> SealedCursors:
    return SealedCursors(aws.client("kms"), key_id)
