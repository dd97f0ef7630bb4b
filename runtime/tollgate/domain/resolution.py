"""What people say of an operation that code can't decide: one proposes, another one approves.

Neither can say what the processor's books exclude.
"""

from collections.abc import Sequence
from dataclasses import replace

from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.operation import Kind, Operation, Statement
from tollgate.domain.outcome import Approved, Declined, Failure, FailureCategory
from tollgate.domain.payment import Payment

MOST_STATEMENTS = 10
GONE = frozenset({TraceStatus.DECLINED, TraceStatus.REVERSED, TraceStatus.EXPIRED})
NO_EFFECT = Declined(
    Failure(
        "resolved_without_effect",
        FailureCategory.PROCESSOR_ERROR,
        "It never took effect, as people have established.",
        retryable=True,
    )
)


class NotResolvable(Exception):
    """It can't be said, or not by this person, or not now. The message is a sentence for an operator."""


def proposed(payment: Payment, said: Statement, books: Sequence[Trace], now: int) -> Payment:
    """With a proposal on the latest operation. Raises `NotResolvable`."""
    _outcome(payment, said, books, now)
    if len(payment.latest.statements) >= MOST_STATEMENTS:
        raise NotResolvable(f"There were {MOST_STATEMENTS} proposals already: agree on one of them.")
    return payment.stated(said)


def approved(payment: Payment, by: Statement, books: Sequence[Trace], now: int) -> Payment:
    """With the latest proposal approved by somebody else: the operation has its outcome.

    `by` repeats the proposal, with the approver's name. The books are asked anew: they count as they are
    now. Raises `NotResolvable`.
    """
    proposal = payment.latest.proposal
    if proposal is None:
        raise NotResolvable("Nothing was proposed: propose it first.")
    if proposal.by == by.by:
        raise NotResolvable(f"{by.by} has proposed it: a second person must approve.")
    if (by.took_effect, by.reference, by.evidence) != (
        proposal.took_effect,
        proposal.reference,
        proposal.evidence,
    ):
        raise NotResolvable("The proposal has changed meanwhile: look at it again.")
    outcome = _outcome(payment, by, books, now)
    latest = replace(payment.latest, statements=(*payment.latest.statements, by))
    agreed = replace(payment, operations=(*payment.operations[:-1], latest))
    return agreed.settled(outcome, now, by.exchange)


def _outcome(payment: Payment, said: Statement, books: Sequence[Trace], now: int) -> Approved | Declined:
    """What it would come to. Raises `NotResolvable` if that can't be said now."""
    operation = payment.latest
    if operation.resolved:
        raise NotResolvable("It has its outcome.")
    if not operation.answered or operation.leased(now):
        raise NotResolvable("Somebody is at work on it: try again in a minute.")
    if operation.target is not None:
        raise NotResolvable("Money is being given back: do that in the processor's portal; it is seen then.")
    if operation.kind is Kind.AUTHORIZE:
        return _charge(payment, said, books)
    own = next((trace for trace in books if trace.reference == payment.processor_reference), None)
    if own is None:
        raise NotResolvable("The books lack the payment itself: ask the processor where it is.")
    return _change(payment, operation, said, own)


def _charge(payment: Payment, said: Statement, books: Sequence[Trace]) -> Approved | Declined:
    standing = [trace for trace in books if trace.status not in GONE]
    if not said.took_effect:
        if standing:
            raise NotResolvable(f"The books show the charge {standing[0].reference}.")
        return NO_EFFECT
    own = next((trace for trace in standing if trace.reference == said.reference), None)
    if own is None:
        raise NotResolvable("The books don't show a charge with that reference that stands.")
    if (own.authorized, own.currency) != (payment.terms.amount, payment.terms.currency):
        raise NotResolvable(f"The books show {own.authorized} {own.currency}: that isn't what was asked for.")
    if own.status is not TraceStatus.APPROVED:
        raise NotResolvable(f"The books show it as {own.status.value}: have it settled first.")
    return Approved(own.reference, own.authorized)


def _change(payment: Payment, operation: Operation, said: Statement, own: Trace) -> Approved | Declined:
    """By what is kept of the money. Somebody else's changes may be in there, too: that is why people look."""
    balance = payment.balance
    before = balance.captured - balance.refunded
    kept = 0 if own.status is TraceStatus.REVERSED else own.captured - own.refunded
    released = own.status in {TraceStatus.REVERSED, TraceStatus.EXPIRED}
    shows, excludes = {
        Kind.CAPTURE: (kept >= before + operation.amount, kept <= before),
        Kind.REFUND: (kept <= before - operation.amount, kept >= before),
    }.get(operation.kind, (released, not released))
    if not said.took_effect:
        if shows:
            raise NotResolvable("The books show that it took effect.")
        return NO_EFFECT
    if excludes:
        raise NotResolvable("The books show that it had no effect.")
    reference = (said.reference or "") if operation.kind is Kind.REFUND else own.reference
    others = {each.outcome.reference for each in payment.operations if isinstance(each.outcome, Approved)}
    if not reference or (operation.kind is Kind.REFUND and reference in others - {own.reference}):
        raise NotResolvable("Name the processor's id of the refund, which no other refund has.")
    return Approved(reference, operation.amount)
