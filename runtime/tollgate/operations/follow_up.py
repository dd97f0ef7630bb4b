"""Come back to a payment: resolve its open operation on evidence, or watch for a charge that came late.

Safe to do at any time, by anybody, any number of times: a look is claimed first, one at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.budget import LEASE
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.follow_up import may_need_card
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.operation import Claim, release
from tollgate.domain.outcome import InDoubt, Unknown, doubt
from tollgate.domain.payment import Payment
from tollgate.domain.reading import standing
from tollgate.domain.verdict import NO_TRACE, Ended, NoTrace
from tollgate.operations.end_authorization import end_authorization
from tollgate.operations.execution import Ports, store, stored_again
from tollgate.operations.gather_evidence import CardSource, Evidence, evidence
from tollgate.operations.leased import leased
from tollgate.operations.release import planned
from tollgate.ports import AllPayments


class Came(StrEnum):
    """What a follow-up came to."""

    NOTHING_TO_DO = "nothing_to_do"
    POSTPONED = "postponed"
    RESOLVED = "resolved"
    STILL_OPEN = "still_open"
    WATCHING = "watching"
    LATE_CHARGE = "late_charge"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class Look:
    """`open_for`: milliseconds since the operation began, if it is still without an outcome."""

    came: Came
    open_for: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPorts:
    """What a follow-up needs beside the operations' own ports. `cards` None: cards can't be opened here.
    `reachable`: whether calls to a processor account are being made now, or kept back as the last ones have
    failed."""

    money: Ports
    all_payments: AllPayments
    cards: CardSource | None
    reachable: Callable[[ProcessorAccount], bool] = lambda _: True


def follow_up(payment_id: str, request_id: str, ports: FollowUpPorts) -> Look:
    """One look at a payment that may be due. `request_id` names this look and no other, on the trail too.

    While its processor account can't be reached, the look isn't made and the payment stays due: it costs a
    read, and the next look doesn't come later for it.
    """
    payment = ports.all_payments.load(payment_id)
    now = ports.money.clock.now()
    if payment is None or payment.follow_up_at is None or now < payment.follow_up_at:
        return Look(Came.NOTHING_TO_DO)
    if not ports.reachable(payment.processor):
        return Look(Came.POSTPONED, None if payment.latest.resolved else now - payment.latest.started_at)
    by = Exchange(ActorType.SYSTEM, "follow-up", None, None, request_id)
    if payment.latest.resolved:
        return Look(_watch(payment, by, ports.money))
    found = resolve(payment, by, ports.money, ports.cards)
    if found is None:
        return Look(Came.NOTHING_TO_DO)
    latest = found.latest
    if latest.resolved:
        return Look(Came.RESOLVED)
    came = Came.STILL_OPEN if doubt(latest.outcome) is None else Came.IN_DOUBT
    return Look(came, now - latest.started_at)


def resolve(payment: Payment, by: Exchange, ports: Ports, cards: CardSource | None) -> Payment | None:
    """One look at the latest, open operation; the payment as it stands after it. None: it was withdrawn.

    `by.request_id` names this look and no other.
    """
    since, plan = payment.latest.lease_until, planned(payment, ports)
    chosen = payment if plan is None else payment.choosing(plan.means)
    now = ports.clock.now()
    claim = Claim(by.request_id, now, cards is not None and may_need_card(payment, now))
    claimed = chosen.claimed(claim, now + LEASE)
    if not ports.payments.save(claimed):
        return stored_again(payment, ports)
    held = leased(claimed.latest, ports)
    seen = evidence(claimed, plan, since, held, cards if claim.opens_card else None)
    return _concluded(claimed, seen, since, by, ports)


def _concluded(payment: Payment, seen: Evidence, since: int, by: Exchange, ports: Ports) -> Payment | None:
    found, now = seen.found, ports.clock.now()
    if isinstance(found, NoTrace):
        due, until = ports.rules.next_due(payment.latest, now), ports.rules.watched_until(now)
        watched = payment.watched(NO_TRACE, now, due, until, by)
        return watched if ports.payments.save(watched) else stored_again(payment, ports)
    if seen.strays:
        payment = payment.watching(ports.rules.watched_until(now))
    outcome = found.outcome if isinstance(found, Ended) else found
    if isinstance(outcome, Unknown) and isinstance(payment.latest.outcome, InDoubt):
        outcome = payment.latest.outcome  # until evidence decides, or a person does
    stored = store(payment, outcome, ports, by, None if seen.under_way else since)
    if stored is not None and isinstance(found, Ended):
        end_authorization(stored, by, now, ports.payments, expired=found.expired)
    return stored


def _watch(payment: Payment, by: Exchange, ports: Ports) -> Came:
    """A charge in the books that isn't the payment's, perhaps one that shows up late, is given back. An
    authorization that they show to be over has ended with us, too."""
    operation, now = payment.latest, ports.clock.now()
    traces = ports.processor.find(payment.processor, payment.id)
    over = None if isinstance(traces, Unknown) else _over(payment, traces)
    if over is not None and end_authorization(
        payment, by, now, ports.payments, expired=over is TraceStatus.EXPIRED
    ):
        return Came.RESOLVED
    stray = None if isinstance(traces, Unknown) else _stray(payment, traces)
    if stray is None:
        ends = not isinstance(traces, Unknown) and now >= (operation.watched_until or 0)
        due = None if ends else ports.rules.next_due(replace(operation, checks=operation.checks + 1), now)
        ports.payments.save(payment.watch_again(due))
        return Came.WATCHING
    ports.payments.save(payment.begun(release(payment.id, stray.reference, stray.authorized, by, now)))
    return Came.LATE_CHARGE


def _over(payment: Payment, traces: tuple[Trace, ...]) -> TraceStatus | None:
    own = next((trace for trace in traces if trace.reference == payment.processor_reference), None)
    return own.status if own and own.status in {TraceStatus.EXPIRED, TraceStatus.REVERSED} else None


def _stray(payment: Payment, traces: tuple[Trace, ...]) -> Trace | None:
    known = {payment.processor_reference, *(each.target for each in payment.operations)}
    return next((trace for trace in traces if standing(trace) and trace.reference not in known), None)
