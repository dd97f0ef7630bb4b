"""Give captured money back: all, or a part, up to fifty times."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.charge import refund_description
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_refund
from tollgate.operations.execution import Done, Ports, conclude, defer, deferred
from tollgate.operations.perform import Step, perform
from tollgate.ports import FollowUpQueue


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """`amount` None: all that is refundable. `refund_id` is derived from merchant, path and key.
    `deferred`: the caller doesn't wait for the outcome."""

    refund_id: str
    amount: int | None
    reason: str | None
    exchange: Exchange
    deferred: bool = False


def refund_payment(payment: Payment, request: RefundRequest, ports: Ports, queue: FollowUpQueue) -> Done:
    """Refund, or answer again. Raises `Refusal` as `perform` and `amount_to_refund` do."""

    def begin(payment: Payment, now: int) -> Operation:
        operation = Operation(
            id=request.refund_id,
            kind=Kind.REFUND,
            amount=amount_to_refund(payment, request.amount),
            exchange=request.exchange,
            started_at=now,
            lease_until=now + LEASE,
            due_at=now + LEASE,
            asked_amount=request.amount,
            reason=request.reason,
        )
        return deferred(operation) if request.deferred else operation

    def same_request(known: Operation) -> bool:
        return (known.asked_amount, known.reason) == (request.amount, request.reason)

    def refund(payment: Payment, operation: Operation) -> Outcome:
        key = attempt_key(operation.id, operation.started_at)
        reference, about = payment.processor_reference or "", refund_description(operation)
        return ports.processor.refund(payment.processor, key, reference, operation.amount, about)

    def carry_out(begun: Payment) -> Done:
        return defer(begun, queue) if request.deferred else conclude(begun, refund, ports)

    step = Step(request.refund_id, begin, same_request, carry_out)
    return perform(payment, step, request.exchange, ports)
