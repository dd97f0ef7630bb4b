"""The `refunds` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.operations.perform import Ports
from tollgate.ports import Clock, Cursors, Ids, Trail
from tollgate.wiring import processors, shared


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
        money=processors.money_ports(),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )
