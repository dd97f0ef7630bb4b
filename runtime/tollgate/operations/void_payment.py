"""Release an authorization of which nothing was captured."""

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_void
from tollgate.operations.execution import Done, Ports, conclude
from tollgate.operations.gather_evidence import ask
from tollgate.operations.perform import Step, perform


def void_payment(payment: Payment, operation_id: str, exchange: Exchange, ports: Ports) -> Done:
    """Void, or answer again. Raises `Refusal` as `perform` and `amount_to_void` do, and
    `invalid_state` for an authorization that the processor no longer has."""

    def begin(payment: Payment, now: int) -> Operation:
        return Operation(
            id=operation_id,
            kind=Kind.VOID,
            amount=amount_to_void(payment),
            exchange=exchange,
            started_at=now,
            lease_until=now + LEASE,
            due_at=now + LEASE,
        )

    def carry_out(begun: Payment) -> Done:
        return conclude(begun, ask(begun, ports), ports)

    step = Step(operation_id, begin, lambda _: True, carry_out)
    return perform(payment, step, exchange, ports)
