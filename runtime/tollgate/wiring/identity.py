"""The `identity` function."""

from dataclasses import dataclass
from functools import cache

import msgspec

from tollgate.adapters.key_set import PublishedKeySet
from tollgate.config import ConfigError, number, text
from tollgate.operations.issue_access_token import IssuingPorts
from tollgate.ports import KeySet
from tollgate.wiring import shared, signing

SHORTEST_SECONDS, LONGEST_SECONDS, USUAL_SECONDS = 60, 3600, 900


@dataclass(frozen=True, slots=True)
class World:
    """`cors_origins`: pages of these origins may read the key set."""

    issuing: IssuingPorts
    key_set: KeySet
    cors_origins: frozenset[str]


@cache
def world() -> World:
    """Raises `ConfigError`."""
    keys, clients = signing.signing_keys(), shared.clients_table()
    seconds = number("ACCESS_TOKEN_SECONDS", SHORTEST_SECONDS, LONGEST_SECONDS, default=USUAL_SECONDS)
    issuing = IssuingPorts(clients, signing.access_tokens(keys), shared.CLOCK, shared.IDS, seconds)
    return World(issuing, PublishedKeySet(keys, clients), cors_origins())


def cors_origins() -> frozenset[str]:
    """`CORS_ORIGINS`: a JSON list, empty if no page in a browser may read anything."""
    key = "CORS_ORIGINS"
    try:
        return msgspec.json.decode(text(key), type=frozenset[str])
    except msgspec.DecodeError as error:
        raise ConfigError(key, f"isn't a JSON list of origins: {error}") from None
