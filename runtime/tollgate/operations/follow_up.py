"""Come back to a payment: resolve its open operation on evidence, or watch for a charge that came late.

Safe to do at any time, by anybody, any number of times: a look is claimed first, one at a time.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.follow_up import may_need_card
from tollgate.domain.identifiers import derived_id
from tollgate.domain.operation import Claim, Kind, Operation
from tollgate.domain.outcome import Declined, Failure, FailureCategory, Unknown
from tollgate.domain.payment import Payment
from tollgate.operations.execution import Ports, store, stored_again
from tollgate.operations.gather_evidence import NOT_THERE_YET, CardSource, NoTrace, evidence
from tollgate.operations.leased import leased
from tollgate.ports import AllPayments

NO_TRACE = Declined(
    Failure(
        "no_trace",
        FailureCategory.PROCESSOR_ERROR,
        "The request never reached the processor's books. Nothing was charged.",
        retryable=True,
    )
)


class Came(StrEnum):
    """What a follow-up came to."""

    NOTHING_TO_DO = "nothing_to_do"
    RESOLVED = "resolved"
    STILL_OPEN = "still_open"
    WATCHING = "watching"
    LATE_CHARGE = "late_charge"


@dataclass(frozen=True, slots=True)
class Look:
    """`open_for`: milliseconds since the operation began, if it is still without an outcome."""

    came: Came
    open_for: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPorts:
    """What a follow-up needs beside the operations' own ports. `cards` None: cards can't be opened here."""

    money: Ports
    all_payments: AllPayments
    cards: CardSource | None


def follow_up(payment_id: str, request_id: str, ports: FollowUpPorts) -> Look:
    """One look at a payment that may be due. `request_id` names this look and no other, on the trail too."""
    payment = ports.all_payments.load(payment_id)
    now = ports.money.clock.now()
    if payment is None or payment.follow_up_at is None or now < payment.follow_up_at:
        return Look(Came.NOTHING_TO_DO)
    by = Exchange(ActorType.SYSTEM, "follow-up", None, None, request_id)
    if payment.latest.resolved:
        return Look(_watch(payment, by, ports.money))
    found = resolve(payment, by, ports.money, ports.cards)
    if found is None:
        return Look(Came.NOTHING_TO_DO)
    latest = found.latest
    return Look(Came.RESOLVED) if latest.resolved else Look(Came.STILL_OPEN, now - latest.started_at)


def resolve(payment: Payment, by: Exchange, ports: Ports, cards: CardSource | None) -> Payment | None:
    """One look at the latest, open operation; the payment as it stands after it. None: it was withdrawn.

    `by.request_id` names this look and no other.
    """
    since = payment.latest.lease_until
    now = ports.clock.now()
    claim = Claim(by.request_id, now, cards is not None and may_need_card(payment, now))
    claimed = payment.claimed(claim, now + LEASE)
    if not ports.payments.save(claimed):
        return stored_again(payment, ports)
    seen = evidence(claimed, since, leased(claimed.latest, ports), cards if claim.opens_card else None)
    if not isinstance(seen.found, NoTrace):
        return store(claimed, seen.found, ports, by, None if seen.under_way else since)
    now = ports.clock.now()
    if not ports.rules.absence_counts(since, now):
        return store(claimed, NOT_THERE_YET, ports, by, since)
    until = ports.rules.watched_until(now)
    watched = claimed.watched(NO_TRACE, now, ports.rules.next_due(claimed.latest, now), until, by)
    return watched if ports.payments.save(watched) else stored_again(claimed, ports)


def _watch(payment: Payment, by: Exchange, ports: Ports) -> Came:
    """The payment has failed for want of a trace: a charge that shows up now is reversed."""
    operation, now = payment.latest, ports.clock.now()
    traces = ports.processor.find(payment.processor, payment.id)
    late = None if isinstance(traces, Unknown) else _charge(traces)
    if late is None:
        over = not isinstance(traces, Unknown) and now >= (operation.watched_until or 0)
        due = None if over else ports.rules.next_due(replace(operation, checks=operation.checks + 1), now)
        ports.payments.save(payment.watch_again(due))
        return Came.WATCHING
    ports.payments.save(payment.begun(_reversal(payment, late, by, now)))
    return Came.LATE_CHARGE


def _charge(traces: tuple[Trace, ...]) -> Trace | None:
    return next((trace for trace in traces if trace.status is TraceStatus.APPROVED), None)


def _reversal(payment: Payment, late: Trace, by: Exchange, now: int) -> Operation:
    """An operation of our own; the next follow-up, due at once, carries it out."""
    return Operation(
        id=derived_id("voi_", payment.id, late.reference),
        kind=Kind.VOID,
        amount=late.authorized,
        exchange=by,
        started_at=now,
        lease_until=now,
        due_at=now,
        deferred_at=now,
        target=late.reference,
    )
