"""Release an authorization of which nothing was captured."""

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_void
from tollgate.operations.execution import Done, Ports, conclude
from tollgate.operations.perform import Step, perform


def void_payment(payment: Payment, operation_id: str, exchange: Exchange, ports: Ports) -> Done:
    """Void, or answer again. Raises `Refusal` as `perform` and `amount_to_void` do."""

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

    def void(payment: Payment, operation: Operation) -> Outcome:
        key = attempt_key(operation.id, operation.started_at)
        return ports.processor.void(payment.processor, key, payment.processor_reference or "")

    step = Step(operation_id, begin, lambda _: True, lambda begun: conclude(begun, void, ports))
    return perform(payment, step, exchange, ports)
