"""Take the money of an authorization: all, or a part."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_capture
from tollgate.operations.execution import Done, Ports, conclude
from tollgate.operations.perform import Step, perform


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """`amount` None: all that is capturable. `final` releases the rest."""

    operation_id: str
    amount: int | None
    final: bool
    exchange: Exchange


def capture_payment(payment: Payment, request: CaptureRequest, ports: Ports) -> Done:
    """Capture, or answer again. Raises `Refusal` as `perform` and `amount_to_capture` do."""

    def begin(payment: Payment, now: int) -> Operation:
        return Operation(
            id=request.operation_id,
            kind=Kind.CAPTURE,
            amount=amount_to_capture(payment, request.amount, final=request.final),
            exchange=request.exchange,
            started_at=now,
            lease_until=now + LEASE,
            due_at=now + LEASE,
            asked_amount=request.amount,
            final=request.final,
        )

    def same_request(known: Operation) -> bool:
        return (known.asked_amount, known.final) == (request.amount, request.final)

    def capture(payment: Payment, operation: Operation) -> Outcome:
        key = attempt_key(operation.id, operation.started_at)
        reference = payment.processor_reference or ""
        return ports.processor.capture(payment.processor, key, reference, operation.amount)

    step = Step(request.operation_id, begin, same_request, lambda begun: conclude(begun, capture, ports))
    return perform(payment, step, request.exchange, ports)
