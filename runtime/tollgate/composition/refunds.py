"""The `refunds` function."""

import os
from dataclasses import dataclass
from functools import cache

from tollgate.composition import processors, shared
from tollgate.config import text
from tollgate.operations.perform import Ports
from tollgate.ports import Clock, Cursors, Ids, Trail


@dataclass(frozen=True, slots=True)
class World:
    money: Ports
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        money=processors.money_ports(os.environ),
        cursors=shared.cursors(text(os.environ, "CURSOR_KEY")),
        trail=shared.audit_trail(text(os.environ, "AUDITS_TABLE"), text(os.environ, "CLIENTS_TABLE")),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )
