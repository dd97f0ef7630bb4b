"""An operation on an existing payment: once, in order, and answered again whenever its key comes again."""

from collections.abc import Callable
from dataclasses import dataclass

from tollgate.domain.attempts import check_attempts
from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.budget import PATIENCE
from tollgate.domain.errors import Code, Refusal, not_found
from tollgate.domain.operation import Operation
from tollgate.domain.payment import Payment
from tollgate.operations.execution import (
    RACES,
    Done,
    Ports,
    replay,
    stored_again,
)
from tollgate.operations.follow_up import resolve


@dataclass(frozen=True, slots=True)
class Step:
    """An operation to perform. `begin` makes it for the payment as it stands at a time, or refuses;
    `same_request` tells whether a known one was asked for in the same words; `carry_out` comes once its
    intent is stored."""

    operation_id: str
    begin: Callable[[Payment, int], Operation]
    same_request: Callable[[Operation], bool]
    carry_out: Callable[[Payment], Done]


def perform(payment: Payment, step: Step, asked_by: Exchange, ports: Ports) -> Done:
    """Carry out one operation on an existing payment, or answer again what it came to.

    An earlier operation without an outcome is resolved first. Raises `Refusal`: what `begin` raises,
    `idempotency_key_in_progress`, `idempotency_key_reused`, `operation_in_progress`,
    `processor_unavailable`, `not_found`, `rate_limited`, `invalid_state`.
    """
    started = ports.clock.now()
    for _ in range(RACES):
        now = ports.clock.now()
        if known := payment.find(step.operation_id):
            return replay(payment, known, now, same=step.same_request(known))
        if not payment.latest.resolved and not payment.latest.leased(now):
            payment = _there(resolve(payment, _on_behalf_of(asked_by), ports, None))
        now = ports.clock.now()
        if not payment.latest.resolved or now - started > PATIENCE:
            break
        check_attempts(payment, now)
        begun = payment.begun(step.begin(payment, now))
        if ports.payments.save(begun):
            return step.carry_out(begun)
        payment = _there(stored_again(payment, ports))
    raise _operation_in_progress(payment, ports.clock.now())


def _there(payment: Payment | None) -> Payment:
    """Raises `Refusal` (`not_found`) for a payment that was withdrawn meanwhile."""
    if payment is None:
        raise not_found()
    return payment


def _on_behalf_of(asked_by: Exchange) -> Exchange:
    """The platform resolves what came before; the request only gave occasion."""
    return Exchange(ActorType.SYSTEM, "follow-up", None, None, asked_by.request_id)


def _operation_in_progress(payment: Payment, now: int) -> Refusal:
    latest = payment.latest
    wait = 1 if latest.resolved or latest.leased(now) else max(1, (latest.due_at - now + 999) // 1000)
    return Refusal(
        Code.OPERATION_IN_PROGRESS,
        "Another operation on this payment is executing or has no outcome yet.",
        retry_after=wait,
    )
