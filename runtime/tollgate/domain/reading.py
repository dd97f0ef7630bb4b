"""From an answer and the books to a case of the evidence table."""

from collections.abc import Sequence
from dataclasses import dataclass

from tollgate.domain.case import Amounts, Answer, Room, Shown, Step
from tollgate.domain.evidence import Possible, RefundEntry, Trace, TraceStatus
from tollgate.domain.instruction import taken_refunds
from tollgate.domain.operation import Kind, Means, Operation
from tollgate.domain.outcome import (
    UNMODIFIABLE,
    Approved,
    Declined,
    FailureCategory,
    InDoubt,
    NotAttempted,
    Outcome,
    Unknown,
)
from tollgate.domain.payment import CaptureMethod, Payment

SHOWN = {
    TraceStatus.APPROVED: Shown.APPROVED,
    TraceStatus.HELD: Shown.HELD,
    TraceStatus.UNKNOWN: Shown.UNCLEAR,
    TraceStatus.REVERSED: Shown.REVERSED,
    TraceStatus.EXPIRED: Shown.EXPIRED,
    TraceStatus.DECLINED: Shown.DECLINED,
}
"""In the order in which they count, where one order has several payments."""

REFUNDS = {
    Means.REFUND: Step.REFUND,
    Means.FULL_REVERSAL: Step.FULL_REVERSAL,
    Means.PARTIAL_REVERSAL: Step.PARTIAL_REVERSAL,
    None: Step.REFUND,
}
ROOM = {True: Room.LEFT, False: Room.NONE, None: Room.UNSAID}


@dataclass(frozen=True, slots=True)
class Books:
    """What the books say of an operation. `reference` and `amount` of what took effect, as far as it has."""

    shown: Shown
    amounts: Amounts = Amounts.AS_BEFORE
    room: Room = Room.UNSAID
    reference: str = ""
    amount: int = 0


NOT_READ, UNREADABLE, ABSENT = Books(Shown.NOT_READ), Books(Shown.UNREADABLE), Books(Shown.ABSENT)


def step_of(payment: Payment, operation: Operation) -> Step:
    if operation.target is not None:
        return Step.RELEASE_BY_REFUND if operation.means is Means.REFUND else Step.RELEASE
    at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
    match operation.kind:
        case Kind.AUTHORIZE:
            return Step.SALE if at_once else Step.AUTHORIZATION
        case Kind.CAPTURE:
            return Step.CAPTURE
        case Kind.REFUND:
            return REFUNDS[operation.means]
        case _:
            return Step.VOID


def answer_of(outcome: Outcome | None, step: Step, asked: int, *, unanswered: bool, long: bool) -> Answer:
    """`unanswered`: an earlier request of the operation may have taken effect; `long`: for over a day."""
    match outcome:
        case None:
            return Answer.NOT_SENT
        case NotAttempted():
            return Answer.NOT_ATTEMPTED
        case Unknown():
            return Answer.STILL_UNKNOWN if long else Answer.UNKNOWN
        case InDoubt():
            return Answer.DIFFERENT
        case Approved(amount=amount) if amount == asked:
            return Answer.AS_ASKED
        case Approved(amount=amount):
            part = step in {Step.SALE, Step.AUTHORIZATION} and 0 < amount < asked
            return Answer.PART if part else Answer.DIFFERENT
        case Declined(failure) if failure.category is not FailureCategory.PROCESSOR_ERROR:
            return Answer.DECLINED
        case Declined(failure) if not unanswered:
            return Answer.UNMODIFIABLE if failure == UNMODIFIABLE else Answer.REFUSED
        case Declined():
            return Answer.RESEND_REFUSED


def standing(trace: Trace) -> bool:
    """Whether its money is held or taken."""
    return trace.status in {TraceStatus.APPROVED, TraceStatus.HELD} and not _given_back(trace)


def of_charge(payment: Payment, traces: Sequence[Trace]) -> Books:
    """What an order's traces say of its charge: the first of those that count most."""
    for status, shown in SHOWN.items():
        for trace in traces:
            if trace.status is status:
                return Books(shown, _charged(payment, trace), Room.UNSAID, trace.reference, trace.authorized)
    return ABSENT


def _charged(payment: Payment, trace: Trace) -> Amounts:
    asked = payment.terms.amount
    at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
    if trace.currency != payment.terms.currency or trace.authorized > asked or trace.refunded:
        return Amounts.OTHER
    if at_once and not trace.captured:
        return Amounts.AS_BEFORE
    if trace.captured != (trace.authorized if at_once else 0):
        return Amounts.OTHER
    return Amounts.AS_ASKED if trace.authorized == asked else Amounts.PART


def of_change(payment: Payment, trace: Trace | None, own: RefundEntry | None = None) -> Books:
    """What a payment's own trace says of its latest operation, which shows in what is kept of the money.

    `own`: of the `candidates`, the one that is known to be the operation's.
    """
    if trace is None:
        return ABSENT
    operation = payment.latest
    step = step_of(payment, operation)
    unclear = step is Step.REFUND and any(entry.stands is None for entry in _not_taken(payment, trace))
    amounts = _changed(payment, trace, step)
    if candidates(payment, trace):
        amounts = Amounts.AS_ASKED if own and own.stands else Amounts.OTHER
    return Books(
        Shown.UNCLEAR if unclear else SHOWN[trace.status],
        amounts,
        _room(trace, step),
        own.reference if own else trace.reference,
        operation.amount,
    )


def _changed(payment: Payment, trace: Trace, step: Step) -> Amounts:
    balance, amount = payment.balance, payment.latest.amount
    before = balance.captured - balance.refunded
    now = 0 if trace.status is TraceStatus.REVERSED else trace.kept
    if trace.currency != payment.terms.currency:
        return Amounts.OTHER
    if now == before:
        return Amounts.AS_BEFORE
    effect = {Step.CAPTURE: amount, Step.VOID: None}.get(step, -amount)
    return Amounts.AS_ASKED if effect is not None and now == before + effect else Amounts.OTHER


def _room(trace: Trace, step: Step) -> Room:
    match step:
        case Step.CAPTURE:
            return ROOM[trace.allows(Possible.CAPTURE)]
        case Step.VOID:
            return ROOM[trace.allows(Possible.FULL_REVERSAL)]
        case Step.FULL_REVERSAL | Step.PARTIAL_REVERSAL:
            return Room.NONE if trace.settled else Room.UNSAID
        case _:
            return Room.UNSAID


def candidates(payment: Payment, trace: Trace) -> tuple[RefundEntry, ...]:
    """Refunds that may be the latest operation's: of its amount, no earlier one's. Newest first."""
    if step_of(payment, payment.latest) is not Step.REFUND:
        return ()
    entries = [each for each in _not_taken(payment, trace) if each.amount == payment.latest.amount]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


def _not_taken(payment: Payment, trace: Trace) -> list[RefundEntry]:
    taken = taken_refunds(payment)
    return [each for each in trace.refunds if each.reference not in taken and each.stands is not False]


def of_release(trace: Trace | None) -> Books:
    """What the books say of a charge that is to be given back."""
    if trace is None:
        return ABSENT
    amounts = Amounts.AS_ASKED if _given_back(trace) else Amounts.AS_BEFORE
    return Books(SHOWN[trace.status], amounts, Room.UNSAID, trace.reference, trace.authorized)


def _given_back(trace: Trace) -> bool:
    return trace.refunded > 0 and trace.kept == 0
