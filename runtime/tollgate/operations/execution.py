"""How every operation on money is carried out: intent, processor, result.

The intent is stored before the call, with everything a follow-up needs; the result after it. What the
processor may have done is never guessed: without an outcome the operation stays open, and is followed up.
"""

from dataclasses import dataclass, replace

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.follow_up import FollowUpRules
from tollgate.domain.operation import Kind, Operation, release
from tollgate.domain.outcome import UNMODIFIABLE, Approved, Declined, Known, NotAttempted, PartlyApproved
from tollgate.domain.payment import Payment
from tollgate.domain.verdict import PARTIAL, Ended, NoTrace, Verdict
from tollgate.operations.end_authorization import ending
from tollgate.ports import Clock, FollowUpQueue, PaymentGone, Payments, Processor

TOO_LATE = NotAttempted("the lease ends before the call would")
RACES = 4
"""How often a change is tried again because the payment changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What operations on money need."""

    payments: Payments
    processor: Processor
    clock: Clock
    rules: FollowUpRules


@dataclass(frozen=True, slots=True)
class Done:
    """An operation's answer: the payment as the operation left it."""

    payment: Payment
    operation: Operation
    replayed: bool = False


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


def defer(payment: Payment, queue: FollowUpQueue) -> Done:
    """Leave the payment's latest operation to the follow-up. It is stored: a lost message delays it only."""
    queue.send(payment.id, f"{payment.id}-{payment.version}")
    return Done(payment, payment.latest)


def deferred(operation: Operation) -> Operation:
    """The operation as one that its caller doesn't wait for: due at once."""
    now = operation.started_at
    return replace(operation, deferred_at=now, lease_until=now, due_at=now)


def conclude(payment: Payment, outcome: Verdict | NotAttempted, ports: Ports) -> Done:
    """Store what the processor's answer to the payment's latest operation came to.

    Raises `Refusal`: `processor_unavailable`, `invalid_state`.
    """
    assert not isinstance(outcome, NoTrace), "an answer is no absence"
    operation = payment.latest
    if isinstance(outcome, NotAttempted):
        ports.payments.withdraw(payment)
        raise not_attempted()
    if isinstance(outcome, Ended):
        by = Exchange(ActorType.SYSTEM, "processor", None, None, operation.exchange.request_id)
        end = ending(payment, by, ports.clock.now(), expired=outcome.expired)
        if ports.payments.save(payment.replaced(end)):
            raise Refusal(Code.INVALID_STATE, "The processor no longer has the authorization.")
        outcome = outcome.outcome
    shown = store(payment, outcome, ports).as_of(operation.id)
    return Done(shown, shown.latest)


def not_attempted() -> Refusal:
    """The processor certainly has done nothing."""
    return Refusal(
        Code.PROCESSOR_UNAVAILABLE,
        "The processor can't be reached. Nothing was attempted: send the same request again later.",
        retry_after=5,
    )


def store(
    payment: Payment,
    outcome: Known | PartlyApproved,
    ports: Ports,
    by: Exchange | None = None,
    since: int | None = None,
) -> Payment:
    """Store what the latest operation came to, unless somebody else has resolved it meanwhile.

    A payment that isn't there any more is put back with it, for what was begun is never forgotten.
    `since`: its request hasn't been sent after that (None: it may have been until now).
    """
    attempt = _attempt(payment.latest)
    for _ in range(RACES):
        known = _changed(payment, outcome, ports, by, since)
        found = _save(known, ports)
        if found is known:
            return known
        if found is None and (known := ports.payments.put_back(known)):
            return known
        payment = found or payment
        if _attempt(payment.latest) != attempt or payment.latest.resolved:
            break
    return payment


def _changed(
    payment: Payment, outcome: Known | PartlyApproved, ports: Ports, by: Exchange | None, since: int | None
) -> Payment:
    now = ports.clock.now()
    latest = payment.latest
    match outcome:
        case Declined(failure) if failure == UNMODIFIABLE and latest.kind in {Kind.CAPTURE, Kind.VOID}:
            due, until = ports.rules.next_due(latest, now), ports.rules.watched_until(now)
            return payment.watched(outcome, now, due, until, by)  # the authorization may be over
        case Approved() | Declined():
            return payment.settled(outcome, now, by)
        case PartlyApproved(reference, amount):
            us = by or Exchange(ActorType.SYSTEM, "follow-up", None, None, latest.exchange.request_id)
            return payment.declined_owing(PARTIAL, release(payment.id, reference, amount, us, now), by)
        case _:
            return payment.unsettled(outcome, now, ports.rules.next_due(latest, now), since)


def stored_again(payment: Payment, ports: Ports) -> Payment | None:
    """The payment as it stands now, somebody else having changed it. None: it was withdrawn."""
    return ports.payments.find(payment.merchant_id, payment.id)


def _save(known: Payment, ports: Ports) -> Payment | None:
    """What is stored by now: the payment as given, unless somebody was faster. None: it isn't there."""
    try:
        return known if ports.payments.save(known) else stored_again(known, ports)
    except PaymentGone:
        return None


def _attempt(operation: Operation) -> tuple[str, int]:
    """What the processor's idempotency key is made of."""
    return operation.id, operation.started_at
