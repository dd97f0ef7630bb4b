"""The `payments` function."""

import os
from dataclasses import dataclass
from functools import cache

from tollgate.composition import processors, shared, vaults
from tollgate.config import text
from tollgate.operations.instrument import CardPorts
from tollgate.operations.perform import Ports
from tollgate.ports import Clock, Cursors, Ids, Merchants, Trail


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
    trail = shared.audit_trail(text(os.environ, "AUDITS_TABLE"), text(os.environ, "CLIENTS_TABLE"))
    vault = vaults.vault(text(os.environ, "VAULT_TABLE"), trail)
    return World(
        money=processors.money_ports(os.environ),
        cards=CardPorts(vault, vaults.card_keys(text(os.environ, "CARD_KEYS_SECRET")), shared.CLOCK),
        merchants=shared.merchants(text(os.environ, "CLIENTS_TABLE")),
        cursors=shared.cursors(text(os.environ, "CURSOR_KEY")),
        trail=trail,
        clock=shared.CLOCK,
        ids=shared.IDS,
    )
