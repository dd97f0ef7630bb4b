"""The `tokens` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.ports import CardKeys, Clock, Ids, Trail, Vault
from tollgate.wiring import shared, vaults


@dataclass(frozen=True, slots=True)
class World:
    vault: Vault
    card_keys: CardKeys
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(vaults.vault(), vaults.card_keys(), shared.audit_trail(), shared.CLOCK, shared.IDS)
