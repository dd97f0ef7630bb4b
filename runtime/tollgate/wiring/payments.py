"""The `payments` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.config import text
from tollgate.operations.execution import Ports
from tollgate.operations.instrument import CardPorts
from tollgate.ports import Clock, Cursors, FollowUpQueue, Ids, Merchants, Trail
from tollgate.wiring import processors, shared, vaults
from tollgate.wiring.later_card_keys import LaterCardKeys
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    money: Ports
    cards: CardPorts
    merchants: Merchants
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
        cards=CardPorts(vaults.vault(), LaterCardKeys(text("CARD_KEYS_SECRET")), shared.CLOCK),
        merchants=shared.merchants(),
        queue=shared.follow_up_queue(),
        cursors=shared.cursors(),
        trail=shared.audit_trail(),
        clock=shared.CLOCK,
        ids=shared.IDS,
    )


made_at_start(world)
