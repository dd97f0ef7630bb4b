"""The `reconciler` function."""

from dataclasses import dataclass
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.config import text
from tollgate.operations.reconcile import ReconciliationPorts
from tollgate.wiring import processors, shared
from tollgate.wiring.start import made_at_start


@dataclass(frozen=True, slots=True)
class World:
    ports: ReconciliationPorts


@cache
def world() -> World:
    """Raises `ConfigError`."""
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    ports = ReconciliationPorts(
        merchants=shared.clients_table(),
        payments=payments,
        all_payments=payments,
        processor=processors.processor(),
        trail=shared.audit_trail(),
        outbox=shared.outbox(),
        clock=shared.CLOCK,
    )
    return World(ports)


made_at_start(world)
