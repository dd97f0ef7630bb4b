"""The `events` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.events_table import EventsTable
from tollgate.adapters.movements_index import MovementsIndex
from tollgate.config import text
from tollgate.ports import Clock, Cursors, Events, Ids, Movements, Trail
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    events: Events
    movements: Movements
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    dynamodb, table = aws.client("dynamodb"), text("EVENTS_TABLE")
    return World(
        events=EventsTable(dynamodb, table),
        movements=MovementsIndex(dynamodb, table),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )


made_at_start(world)
