"""Give captured money back: all, or a part, up to fifty times."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_refund
from tollgate.operations.perform import LEASE, Done, Ports, perform


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """`amount` None: all that is refundable. `refund_id` is derived from merchant, path and key."""

    refund_id: str
    amount: int | None
    reason: str | None
    exchange: Exchange


def refund_payment(payment: Payment, request: RefundRequest, ports: Ports) -> Done:
    """Refund, or answer again. Raises `Refusal` as `perform` and `amount_to_refund` do."""

    def begin(payment: Payment, now: int) -> Operation:
        return Operation(
            id=request.refund_id,
            kind=Kind.REFUND,
            amount=amount_to_refund(payment, request.amount),
            exchange=request.exchange,
            started_at=now,
            due_at=now + LEASE,
            asked_amount=request.amount,
            reason=request.reason,
        )

    def same_request(known: Operation) -> bool:
        return (known.asked_amount, known.reason) == (request.amount, request.reason)

    def refund(payment: Payment, operation: Operation) -> Outcome:
        key = attempt_key(operation.id, operation.started_at)
        reference = payment.processor_reference or ""
        return ports.processor.refund(
            payment.processor, key, reference, operation.amount, f"Refund {operation.id}"
        )

    return perform(payment, request.refund_id, begin, same_request, refund, ports)
