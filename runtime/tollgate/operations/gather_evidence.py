"""What an open operation really came to: asked of the processor, never guessed.

Within the lifetime of its idempotency key, the identical request is sent again: the processor answers what
the first one came to, or carries it out now. Where that can't be, or isn't conclusive, its books are read.
"""

from dataclasses import dataclass
from typing import Protocol

from tollgate.domain.card import Card
from tollgate.domain.charge import Charge, charge_of, refund_description
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.follow_up import key_remembered
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    Known,
    NotAttempted,
    Outcome,
    PartlyApproved,
    Unknown,
)
from tollgate.domain.payment import ByToken, Payment
from tollgate.domain.token import StoredToken
from tollgate.operations.execution import Ports

PARTIAL = Declined(
    Failure(
        "partial_approval",
        FailureCategory.ISSUER_DECLINED,
        "The issuer approved a part of the amount only; that was released again.",
        retryable=False,
    )
)
IN_THE_BOOKS = Declined(
    Failure("declined", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REVERSED_ELSEWHERE = Declined(
    Failure(
        "reversed", FailureCategory.PROCESSOR_ERROR, "The processor reversed the charge.", retryable=False
    )
)
EXPIRED = Declined(
    Failure("expired", FailureCategory.PROCESSOR_ERROR, "The authorization has expired.", retryable=True)
)
NO_EFFECT = Declined(
    Failure("no_trace", FailureCategory.PROCESSOR_ERROR, "It never took effect.", retryable=True)
)
NOT_THERE_YET = Unknown("not in the processor's books yet")
NOT_REVERSED = Unknown("the late charge isn't reversed yet")
RELEASED = frozenset({TraceStatus.REVERSED, TraceStatus.EXPIRED})


@dataclass(frozen=True, slots=True)
class NoTrace:
    """The processor answered, and its books have no such payment."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a look found. `under_way`: it has sent the request again, which may take effect still."""

    found: Known | NoTrace
    under_way: bool = False


class CardSource(Protocol):
    """Where a follow-up gets a vaulted card from: the vault, to be read only."""

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None: ...
    def open(self, token: StoredToken) -> Card: ...


def evidence(payment: Payment, since: int, ports: Ports, cards: CardSource | None) -> Evidence:
    """What the latest operation came to, as far as can be known now. `since`: nobody has sent its request
    after that (milliseconds, UTC); from then on its absence from the books counts."""
    operation = payment.latest
    if isinstance(operation.outcome, PartlyApproved):
        reversed_ = _reversed(payment, operation.outcome.reference, ports)
        return Evidence(PARTIAL if reversed_ else operation.outcome)
    if operation.target is not None:
        done = _reversed(payment, operation.target, ports)
        return Evidence(Approved(operation.target, operation.amount) if done else NOT_REVERSED)
    answer = _sent_again(payment, ports, cards)
    return Evidence(_conclusion(payment, answer, since, ports), under_way=isinstance(answer, Unknown))


def _conclusion(payment: Payment, answer: Outcome | None, since: int, ports: Ports) -> Known | NoTrace:
    operation = payment.latest
    if isinstance(answer, Approved) and answer.amount < operation.amount:
        return PartlyApproved(answer.reference, answer.amount)
    if isinstance(answer, Approved):
        return answer
    if isinstance(answer, Declined) and answer.failure.category is not FailureCategory.PROCESSOR_ERROR:
        return answer  # by the issuer; a refusal may be of the resend alone
    return _books(payment, answer, since, ports)


def _sent_again(payment: Payment, ports: Ports, cards: CardSource | None) -> Outcome | None:
    """The answer to the identical request, or None where that can't be sent."""
    operation = payment.latest
    if not key_remembered(operation, ports.clock.now()):
        return None
    account, key = payment.processor, attempt_key(operation.id, operation.started_at)
    reference = payment.processor_reference or ""
    match operation.kind:
        case Kind.AUTHORIZE:
            charge = _charge(payment, cards)
            return charge and ports.processor.authorize(account, key, charge)
        case Kind.CAPTURE:
            return ports.processor.capture(account, key, reference, operation.amount)
        case Kind.VOID:
            return ports.processor.void(account, key, reference)
        case Kind.REFUND:
            about = refund_description(operation)
            return ports.processor.refund(account, key, reference, operation.amount, about)


def _charge(payment: Payment, cards: CardSource | None) -> Charge | None:
    """The identical charge: only a vaulted card has no code in it, and can be had again."""
    if cards is None or not isinstance(payment.method, ByToken):
        return None
    token = cards.find(payment.merchant_id, payment.method.token_id)
    return None if token is None or token.deleted else charge_of(payment, cards.open(token))


def _books(payment: Payment, answer: Outcome | None, since: int, ports: Ports) -> Known | NoTrace:
    traces = ports.processor.find(payment.processor, payment.id)
    if isinstance(traces, Unknown):
        return traces
    if payment.latest.kind is Kind.AUTHORIZE:
        found = _authorization(payment, traces)
        return NOT_THERE_YET if isinstance(found, NoTrace) and isinstance(answer, Unknown) else found
    trace = next((trace for trace in traces if trace.reference == payment.processor_reference), None)
    if trace is None:
        return Unknown("the processor's books lack the payment")
    absent = ports.rules.absence_counts(since, ports.clock.now())
    return _later_operation(payment, trace, answer, absent=absent)


def _authorization(payment: Payment, traces: tuple[Trace, ...]) -> Known | NoTrace:
    by_status = {trace.status: trace for trace in reversed(traces)}
    if approved := by_status.get(TraceStatus.APPROVED):
        if approved.authorized < payment.terms.amount:
            return PartlyApproved(approved.reference, approved.authorized)
        return Approved(approved.reference, approved.authorized)
    if TraceStatus.UNKNOWN in by_status:
        return Unknown("the processor's books don't say what came of it")
    if TraceStatus.REVERSED in by_status:
        return REVERSED_ELSEWHERE
    if TraceStatus.EXPIRED in by_status:
        return EXPIRED
    return IN_THE_BOOKS if traces else NoTrace()


def _later_operation(payment: Payment, trace: Trace, answer: Outcome | None, *, absent: bool) -> Known:
    """A capture, void or refund shows in the amounts of its payment: done, not done, or neither."""
    operation, balance = payment.latest, payment.balance
    before, now_in_books = {
        Kind.CAPTURE: (balance.captured, trace.captured),
        Kind.REFUND: (balance.refunded, trace.refunded),
        Kind.VOID: (0, operation.amount if trace.status is TraceStatus.REVERSED else 0),
    }[operation.kind]
    if now_in_books == before + operation.amount:
        return Approved(trace.reference, operation.amount)
    if now_in_books != before:
        return Unknown("the processor's books show other changes; somebody has to look")
    if isinstance(answer, NotAttempted | Unknown) or not absent:
        return NOT_THERE_YET
    return answer if isinstance(answer, Declined) else NO_EFFECT


def _reversed(payment: Payment, reference: str, ports: Ports) -> bool:
    """Whether a charge that may not stand is reversed by now.

    Each look asks under a key of its own, lest a no to an earlier one be answered for ever; a charge can be
    reversed once only, however often that is asked.
    """
    operation = payment.latest
    key = attempt_key(f"{operation.id}.reversal.{operation.checks}", operation.started_at)
    if isinstance(ports.processor.void(payment.processor, key, reference), Approved):
        return True
    traces = ports.processor.find(payment.processor, payment.id)
    return not isinstance(traces, Unknown) and any(
        trace.reference == reference and trace.status in RELEASED for trace in traces
    )
