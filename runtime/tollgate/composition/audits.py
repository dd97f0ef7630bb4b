"""The `audits` function."""

import os
from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.audits_table import AuditsTable
from tollgate.composition import shared
from tollgate.config import text
from tollgate.ports import Audits, Clock, Cursors, Ids, Merchants, Trail


@dataclass(frozen=True, slots=True)
class World:
    audits: Audits
    merchants: Merchants
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        audits=AuditsTable(aws.client("dynamodb"), text(os.environ, "AUDITS_TABLE")),
        merchants=shared.merchants(text(os.environ, "CLIENTS_TABLE")),
        cursors=shared.cursors(text(os.environ, "CURSOR_KEY")),
        trail=shared.audit_trail(text(os.environ, "AUDITS_TABLE"), text(os.environ, "CLIENTS_TABLE")),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )
