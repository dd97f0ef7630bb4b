"""The `sweeper` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.config import text
from tollgate.ports import AllPayments, Clock, FollowUpQueue
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    payments: AllPayments
    queue: FollowUpQueue
    clock: Clock


@cache
def world() -> World:
    """Raises `ConfigError`."""
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    return World(payments, shared.follow_up_queue(), shared.CLOCK)


made_at_start(world)
