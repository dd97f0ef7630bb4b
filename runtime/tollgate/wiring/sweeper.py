"""The `sweeper` function."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.config import text
from tollgate.operations.sweep import Shards
from tollgate.ports import AllPayments, Clock, FollowUpQueue
from tollgate.wiring import shared
from tollgate.wiring.start import made_at_start

AT_ONCE = 10
"""As many shards as botocore keeps connections."""


@dataclass(frozen=True, slots=True)
class World:
    payments: AllPayments
    queue: FollowUpQueue
    clock: Clock
    shards: Shards


@cache
def world() -> World:
    """Raises `ConfigError`."""
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    return World(payments, shared.follow_up_queue(), shared.CLOCK, ThreadPoolExecutor(AT_ONCE).map)


made_at_start(world)
