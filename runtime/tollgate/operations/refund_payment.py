"""Give captured money back: all, or a part, up to fifty times."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.operation import Kind, Means, Operation
from tollgate.domain.outcome import Unknown
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_refund
from tollgate.operations.execution import Done, Ports, conclude, defer, deferred, not_attempted
from tollgate.operations.gather_evidence import ask
from tollgate.operations.perform import Step, perform
from tollgate.operations.release import NOT_POSSIBLE, plan_refund
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
    """Refund, or answer again. Raises `Refusal` as `perform` and `amount_to_refund` do, and
    `invalid_state` for what the processor can't give back now."""

    def begin(payment: Payment, now: int) -> Operation:
        amount = amount_to_refund(payment, request.amount)
        operation = Operation(
            id=request.refund_id,
            kind=Kind.REFUND,
            amount=amount,
            exchange=request.exchange,
            started_at=now,
            lease_until=now + LEASE,
            due_at=now + LEASE,
            asked_amount=request.amount,
            reason=request.reason,
            means=None if request.deferred else _means(payment, amount, ports),
        )
        return deferred(operation) if request.deferred else operation

    def same_request(known: Operation) -> bool:
        return (known.asked_amount, known.reason) == (request.amount, request.reason)

    def carry_out(begun: Payment) -> Done:
        return defer(begun, queue) if request.deferred else conclude(begun, ask(begun, ports), ports)

    step = Step(request.refund_id, begin, same_request, carry_out)
    return perform(payment, step, request.exchange, ports)


def _means(payment: Payment, amount: int, ports: Ports) -> Means:
    """By what means the processor gives it back: asked first, and stored before it is done."""
    plan = plan_refund(payment, amount, ports)
    if isinstance(plan.trace, Unknown):
        raise not_attempted()
    if plan.means is None:
        raise Refusal(Code.INVALID_STATE, NOT_POSSIBLE)
    return plan.means
