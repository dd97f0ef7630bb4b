"""The `identity` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters.key_set import PublishedKeySet
from tollgate.config import number
from tollgate.operations.issue_access_token import IssuingPorts
from tollgate.ports import KeySet, Merchants
from tollgate.wiring import shared, signing
from tollgate.wiring.start import made_at_start

SHORTEST_SECONDS, LONGEST_SECONDS, USUAL_SECONDS = 60, 3600, 900


@dataclass(frozen=True, slots=True)
class World:
    issuing: IssuingPorts
    key_set: KeySet
    merchants: Merchants


@cache
def world() -> World:
    """Raises `ConfigError`."""
    keys, clients = signing.signing_keys(), shared.clients_table()
    seconds = number("ACCESS_TOKEN_SECONDS", SHORTEST_SECONDS, LONGEST_SECONDS, default=USUAL_SECONDS)
    issuing = IssuingPorts(clients, signing.access_tokens(keys), shared.CLOCK, shared.IDS, seconds)
    return World(issuing, PublishedKeySet(keys, clients), shared.merchants())


made_at_start(world)
