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
    money = processors.money_ports()
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    return World(FollowUpPorts(money, payments, vaults.stored_cards()))


made_at_start(world)
