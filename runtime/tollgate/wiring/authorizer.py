"""The `authorizer` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.ports import AccessTokens, Clients
from tollgate.wiring import shared, signing
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    tokens: AccessTokens
    clients: Clients


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(signing.access_tokens(signing.signing_keys()), shared.clients_table())


made_at_start(world)
