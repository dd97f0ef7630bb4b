"""The `checkout` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.session_secrets import DerivedSessionSecrets
from tollgate.adapters.sessions_table import SessionsTable
from tollgate.config import optional_text, text
from tollgate.operations.execution import Ports
from tollgate.operations.instrument import CardPorts
from tollgate.ports import CheckoutSessions, Clock, Ids, Merchants, SessionSecrets, Trail
from tollgate.wiring import processors, shared, vaults
from tollgate.wiring.card_keys import card_keys
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    """`pages`: the origin of the card fields and of the hosted page, if the stage has one."""

    money: Ports
    cards: CardPorts
    sessions: CheckoutSessions
    secrets: SessionSecrets
    pages: str | None
    merchants: Merchants
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        money=processors.money_ports(),
        cards=CardPorts(vaults.vault(), card_keys(text("CARD_KEYS_SECRET")), shared.CLOCK),
        sessions=SessionsTable(aws.client("dynamodb"), text("SESSIONS_TABLE")),
        secrets=DerivedSessionSecrets(vaults.merchant_keys()),
        pages=optional_text("PAGES_ORIGIN"),
        merchants=shared.merchants(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )


made_at_start(world)
