"""The `audits` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.audits_table import AuditsTable
from tollgate.config import text
from tollgate.ports import Audits, Clock, Cursors, Ids, Merchants, Trail
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


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
        audits=AuditsTable(aws.client("dynamodb"), text("AUDITS_TABLE")),
        merchants=shared.merchants(),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )


made_at_start(world)
