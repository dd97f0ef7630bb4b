"""What a payment's stored history means to the shop: a function of the payment, so that none is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tollgate.domain.event import EventType, Movement, MovementKind
from tollgate.domain.identifiers import derived_id
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined
from tollgate.domain.payment import CaptureMethod, Payment

ENDS = frozenset({Kind.VOID, Kind.EXPIRE})


@dataclass(frozen=True, slots=True)
class Happening:
    """`payment`: as it was just then, with `operation` for its latest. `at` in milliseconds, UTC."""

    type: EventType
    at: int
    payment: Payment
    operation: Operation
    movement: Movement | None = None


def happenings(payment: Payment) -> tuple[Happening, ...]:
    """All so far, in their order. What is told of a payment is never taken back: a later state of it begins
    with the same ones."""
    return tuple(each for operation in payment.operations for each in _of(payment.as_of(operation.id)))


def happened(payment: Payment | None) -> int:
    """How many there are."""
    return len(happenings(payment)) if payment else 0


def _of(then: Payment) -> Iterator[Happening]:
    operation = then.latest
    if doubt := operation.doubt:
        open_ = replace(operation, outcome=None, finished_at=None, due_at=doubt.next_check_at)
        doubted = replace(then, operations=(*then.operations[:-1], open_))
        yield Happening(EventType.PAYMENT_IN_DOUBT, doubt.at, doubted, open_)
    type_ = _type(then, operation) if operation.resolved else None
    if type_:
        at = operation.finished_at or operation.started_at
        yield Happening(type_, at, then, operation, movement_of(then, operation))


def _type(then: Payment, operation: Operation) -> EventType | None:
    """What the payment became by the operation; None where the shop sees no change. That a charge that may
    not stand is given back isn't one: the shop was never told that it stood."""
    approved = isinstance(operation.outcome, Approved)
    if operation.kind is Kind.REFUND:
        return EventType.REFUND_SUCCEEDED if approved else EventType.REFUND_FAILED
    if operation.target is not None or (isinstance(operation.outcome, Declined) and len(then.operations) > 1):
        return None
    status = then.balance.status
    if operation.kind in ENDS and status is _without_latest(then).balance.status:
        return None
    return EventType(f"payment.{status.value}")


def _without_latest(then: Payment) -> Payment:
    return replace(then, operations=then.operations[:-1])


def movement_of(then: Payment, operation: Operation) -> Movement | None:
    """The money that the operation moved, if it did."""
    outcome = operation.outcome
    if not isinstance(outcome, Approved):
        return None
    at_once = then.terms.capture_method is CaptureMethod.AUTOMATIC
    if operation.kind is Kind.REFUND:
        kind, id, amount = MovementKind.REFUND, operation.id, -outcome.amount
    elif operation.kind is Kind.CAPTURE:
        kind, id, amount = MovementKind.CAPTURE, operation.id, outcome.amount
    elif operation.kind is Kind.AUTHORIZE and at_once:
        kind, id, amount = MovementKind.CAPTURE, derived_id("cap_", then.id), outcome.amount
    else:
        return None
    return Movement(
        at=operation.finished_at or operation.started_at,
        kind=kind,
        payment_id=then.id,
        id=id,
        reference=then.terms.reference,
        amount=amount,
        currency=then.terms.currency,
        processor_reference=outcome.reference,
    )
