"""The `payments` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.operations.instrument import CardPorts
from tollgate.operations.perform import Ports
from tollgate.ports import Clock, Cursors, Ids, Merchants, Trail
from tollgate.wiring import processors, shared, vaults


@dataclass(frozen=True, slots=True)
class World:
    money: Ports
    cards: CardPorts
    merchants: Merchants
    cursors: Cursors
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        money=processors.money_ports(),
        cards=CardPorts(vaults.vault(), vaults.card_keys(), shared.CLOCK),
        merchants=shared.merchants(),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )
