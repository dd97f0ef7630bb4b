"""How money is given back: chosen by the processor's books before it is asked for, and stored first.

Also of charges that may not stand: late ones, and partial approvals. They are looked at, then reversed; once
their batch has closed, refunded.
"""

from dataclasses import dataclass

from tollgate.domain import reading
from tollgate.domain.case import Age, Answer, Case, Finding
from tollgate.domain.evidence import Trace
from tollgate.domain.evidence_table import conclude
from tollgate.domain.follow_up import DAY, key_remembered
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.instruction import giving_back
from tollgate.domain.means import means_of
from tollgate.domain.operation import Kind, Means
from tollgate.domain.outcome import Approved, InDoubt, Known, Outcome, Unknown
from tollgate.domain.payment import Payment
from tollgate.domain.reading import UNREADABLE
from tollgate.domain.verdict import NO_TRACE
from tollgate.operations.execution import Ports

CAN_NOT_BE_READ = "The processor's books can't be read."
NOT_POSSIBLE = "The processor can't give this back now."


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for an operation that gives money back. `means` None: nothing can be done now. `reference`:
    the charge that may not stand; None: a refund that was asked for."""

    trace: Trace | Unknown
    means: Means | None
    reference: str | None = None


def planned(payment: Payment, ports: Ports) -> Plan | None:
    """How the latest operation is to give money back; None if it doesn't, or has chosen already.

    A refund once chosen stays, whatever the books show: it may be on its way.
    """
    operation = payment.latest
    if operation.target is not None:
        trace = ports.processor.look(payment.processor, operation.target)
        possible = None if isinstance(trace, Unknown) else means_of(trace, trace.kept)
        means = operation.means if operation.means is Means.REFUND else possible
        return Plan(trace, means, operation.target)
    if operation.kind is Kind.REFUND and operation.means is None:
        return plan_refund(payment, operation.amount, ports)
    return None


def plan_refund(payment: Payment, amount: int, ports: Ports) -> Plan:
    """How to give back a part of a payment, or all of it."""
    trace = ports.processor.look(payment.processor, payment.processor_reference or "")
    if isinstance(trace, Unknown):
        return Plan(trace, None)
    return Plan(trace, means_of(trace, amount, holding=payment.balance.capturable))


def given_back(payment: Payment, plan: Plan, ports: Ports) -> Known:
    """What came of giving back a charge that may not stand, or of a refund that couldn't be sent so far."""
    if plan.reference is None:
        return _not_sent(payment, plan, ports)
    operation = payment.latest
    step = reading.step_of(payment, operation)
    books = UNREADABLE if isinstance(plan.trace, Unknown) else reading.of_release(plan.trace)
    age = Age.RIPE if ports.clock.now() - operation.started_at > DAY else Age.FRESH
    row = conclude(Case(step, Answer.NOT_SENT, books.shown, books.amounts, books.room, age))
    if row.finding is not Finding.APPROVED and not isinstance(plan.trace, Unknown):
        outcome, amount = _sent(payment, plan, plan.trace, ports)
        answer = reading.answer_of(outcome, step, amount, unanswered=True, long=False)
        row = conclude(Case(step, answer, books.shown, books.amounts, books.room, age))
    match row.finding:
        case Finding.APPROVED:
            return Approved(plan.reference, operation.amount)
        case Finding.PERSON:
            return InDoubt(row.reason)
        case _:
            return Unknown(row.reason)


def _sent(payment: Payment, plan: Plan, trace: Trace, ports: Ports) -> tuple[Outcome | None, int]:
    """The answer, and what was asked for.

    Each look asks for a reversal under a key of its own, lest a no to an earlier one be answered for ever: a
    charge can be reversed once only. A refund has one key for ever.
    """
    operation = payment.latest
    amount = trace.kept or trace.authorized
    refund = plan.means is Means.REFUND
    over = isinstance(operation.outcome, InDoubt) or not key_remembered(operation, ports.clock.now())
    if plan.means is None or (refund and over):
        return None, amount
    about = f"{operation.id}.refund" if refund else f"{operation.id}.reversal.{operation.checks}"
    instruction = giving_back(payment, operation, plan.reference or "", amount)
    return ports.processor.send(
        payment.processor, attempt_key(about, operation.started_at), instruction
    ), amount


def _not_sent(payment: Payment, plan: Plan, ports: Ports) -> Known:
    """Nothing was ever sent for the refund: once that can't be the books' lag, it has certainly failed."""
    operation, now = payment.latest, ports.clock.now()
    if isinstance(plan.trace, Unknown):
        return Unknown(CAN_NOT_BE_READ)
    gone = not reading.standing(plan.trace) or plan.trace.kept < operation.amount
    if gone and ports.rules.absence_counts(operation.started_at, now):
        return NO_TRACE
    return InDoubt(NOT_POSSIBLE) if now - operation.started_at > DAY else Unknown(NOT_POSSIBLE)
