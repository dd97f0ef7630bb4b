"""The `tokens` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.config import text
from tollgate.ports import CardKeys, Clock, Ids, Trail, Vault
from tollgate.wiring import shared, vaults
from tollgate.wiring.card_keys import card_keys
from tollgate.wiring.start import made_at_start


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
    keys = card_keys(text("CARD_KEYS_SECRET"))
    return World(vaults.vault_of_tokens(), keys, shared.audit_trail(), shared.CLOCK, shared.IDS)


made_at_start(world)
