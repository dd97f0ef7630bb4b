"""Take the money of an authorization: all, or a part."""

from dataclasses import dataclass

from tollgate.domain.audit import Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.payment import Payment
from tollgate.domain.rules import amount_to_capture
from tollgate.operations.execution import Done, Ports, conclude
from tollgate.operations.gather_evidence import ask
from tollgate.operations.perform import Step, perform


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """`amount` None: all that is capturable. `final`: nothing more is to be captured.

    The processor itself releases the rest when an authorization is completed; a reversal after a capture is
    never sent for that, as it could take back what was captured.
    """

    operation_id: str
    amount: int | None
    final: bool
    exchange: Exchange


def capture_payment(payment: Payment, request: CaptureRequest, ports: Ports) -> Done:
    """Capture, or answer again. Raises `Refusal` as `perform` and `amount_to_capture` do, and
    `invalid_state` for an authorization that the processor no longer has."""

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

    def carry_out(begun: Payment) -> Done:
        return conclude(begun, ask(begun, ports), ports)

    step = Step(request.operation_id, begin, same_request, carry_out)
    return perform(payment, step, request.exchange, ports)
