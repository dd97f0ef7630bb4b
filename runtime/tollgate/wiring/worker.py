"""The `worker` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.config import text
from tollgate.operations.follow_up import FollowUpPorts
from tollgate.wiring import processors, vaults
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    ports: FollowUpPorts


@cache
def world() -> World:
    """Raises `ConfigError`."""
    return World(
        FollowUpPorts(
            money=processors.money_ports(),
            all_payments=PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE")),
            cards=vaults.stored_cards(),
            reachable=lambda place: processors.circuit_breaker().admits(place.account),
        )
    )


made_at_start(world)
