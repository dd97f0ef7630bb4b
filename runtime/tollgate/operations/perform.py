"""The order of steps that every operation on money shares: intent, processor, result.

The intent is stored before the call, with everything a follow-up needs; the result after it. What the
processor may have done is never guessed: without an outcome the operation stays unresolved.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tollgate.domain.errors import Code, Refusal
from tollgate.domain.operation import Operation
from tollgate.domain.outcome import NotAttempted, Outcome, Unknown
from tollgate.domain.payment import Payment
from tollgate.ports import Clock, Payments, Processor

LEASE = 35_000
"""Milliseconds that a request has an operation to itself: longer than a function may run."""

FIRST_CHECK = 10_000
"""Milliseconds until an unknown outcome is looked at first."""

RACES = 4
"""How often an intent is tried again because the payment changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What operations on money need."""

    payments: Payments
    processor: Processor
    clock: Clock


@dataclass(frozen=True, slots=True)
class Done:
    """An operation's answer: the payment as the operation left it."""

    payment: Payment
    operation: Operation
    replayed: bool = False


Call = Callable[[Payment, Operation], Outcome]


def perform(
    payment: Payment,
    operation_id: str,
    begin: Callable[[Payment, int], Operation],
    same_request: Callable[[Operation], bool],
    call: Call,
    ports: Ports,
) -> Done:
    """Carry out one operation on an existing payment, or answer again what it came to.

    `begin` makes the operation for the payment as it stands at a time, or refuses. Raises `Refusal`:
    what `begin` raises, `idempotency_key_in_progress`, `idempotency_key_reused`,
    `operation_in_progress`, `processor_unavailable`.
    """
    for _ in range(RACES):
        now = ports.clock.now()
        if known := payment.find(operation_id):
            return replay(payment, known, now, same=same_request(known))
        if not payment.latest.resolved:
            break
        begun = payment.begun(begin(payment, now))
        if ports.payments.save(begun):
            return conclude(begun, call, ports)
        payment = _again(payment, ports)
    raise _operation_in_progress(payment, ports.clock.now())


def replay(payment: Payment, operation: Operation, now: int, *, same: bool) -> Done:
    """The answer of an operation that its key has started before.

    Raises `Refusal`: `idempotency_key_reused` for another request, `idempotency_key_in_progress` while
    the first one executes.
    """
    if not same:
        raise Refusal(
            Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used before, for another request."
        )
    if operation.executing(now):
        raise Refusal(
            Code.IDEMPOTENCY_KEY_IN_PROGRESS, "The first request with this key is executing.", retry_after=1
        )
    return Done(payment.as_of(operation.id), operation, replayed=True)


def conclude(payment: Payment, call: Call, ports: Ports) -> Done:
    """Call the processor for the payment's latest operation, and store what it came to."""
    operation = payment.latest
    outcome = call(payment, operation)
    now = ports.clock.now()
    if isinstance(outcome, NotAttempted):
        ports.payments.withdraw(payment)
        raise Refusal(
            Code.PROCESSOR_UNAVAILABLE,
            "The processor can't be reached. Nothing was attempted: send the same request again later.",
            retry_after=5,
        )
    if isinstance(outcome, Unknown):
        settled = payment.unsettled(outcome, now, now + FIRST_CHECK)
    else:
        settled = payment.settled(outcome, now)
    if not ports.payments.save(settled):
        settled = _again(payment, ports)
    return _done(settled, operation.id)


def _done(payment: Payment, operation_id: str) -> Done:
    shown = payment.as_of(operation_id)
    return Done(shown, shown.latest)


def _again(payment: Payment, ports: Ports) -> Payment:
    found = ports.payments.find(payment.merchant_id, payment.id)
    if found is None:
        raise LookupError("a payment with an intent on it is gone")
    return found


def _operation_in_progress(payment: Payment, now: int) -> Refusal:
    wait = max(1, (payment.latest.due_at - now + 999) // 1000)
    return Refusal(
        Code.OPERATION_IN_PROGRESS,
        "Another operation on this payment is executing or has no outcome yet.",
        retry_after=1 if payment.latest.executing(now) else wait,
    )
