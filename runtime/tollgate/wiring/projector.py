"""The `projector` function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tollgate.adapters.streams import Record, before_and_after
from tollgate.domain.payment import Payment
from tollgate.ports import Trail
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    before_and_after: Callable[[Record], tuple[Payment | None, Payment | None]]
    trail: Trail


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        before_and_after,
        shared.audit_trail(),
    )


made_at_start(world)
