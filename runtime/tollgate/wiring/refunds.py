"""The `refunds` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.operations.execution import Ports
from tollgate.ports import Clock, Cursors, FollowUpQueue, Ids, Trail
from tollgate.wiring import processors, shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    money: Ports
    queue: FollowUpQueue
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        money=processors.money_ports(),
        queue=shared.follow_up_queue(),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )


made_at_start(world)
