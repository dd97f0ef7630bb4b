"""What an operation really came to: asked of the processor, never guessed.

Within the lifetime of its idempotency key, the identical request is sent again: the processor answers what
the first one came to, or carries it out now. Where that can't be, or isn't conclusive, its books are read.
What follows from both is the evidence table's to say.
"""

from dataclasses import dataclass
from typing import Protocol

from tollgate.domain import reading
from tollgate.domain.card import Card
from tollgate.domain.case import Age, Answer, Case, Finding, Step
from tollgate.domain.evidence import RefundEntry, Trace
from tollgate.domain.evidence_table import conclude
from tollgate.domain.follow_up import DAY, key_remembered
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.instruction import instruction_of, refund_description
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import InDoubt, NotAttempted, Outcome, Unknown
from tollgate.domain.payment import ByToken, Payment
from tollgate.domain.reading import NOT_READ, UNREADABLE, Books
from tollgate.domain.token import StoredToken
from tollgate.domain.verdict import Verdict, verdict
from tollgate.operations.execution import Ports
from tollgate.operations.leased import leased
from tollgate.operations.release import Plan, given_back

MOST_CANDIDATES = 2
"""So many refunds are asked for their description in one look."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a look found. `under_way`: it has sent the request again, which may take effect still. `strays`:
    the books have charges of this order that aren't the payment's."""

    found: Verdict
    under_way: bool = False
    strays: bool = False


class CardSource(Protocol):
    """Where a follow-up gets a vaulted card from: the vault, to be read only."""

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None: ...
    def open(self, token: StoredToken) -> Card: ...


def ask(payment: Payment, ports: Ports, card: Card | None = None) -> Verdict | NotAttempted:
    """Have the latest operation carried out for the first time."""
    operation = payment.latest
    ports = leased(operation, ports)
    outcome = _sent(payment, ports, card)
    assert outcome is not None, "the request has its card"
    if isinstance(outcome, NotAttempted):
        return outcome
    step = reading.step_of(payment, operation)
    answer = reading.answer_of(outcome, step, operation.amount, unanswered=False, long=False)
    row, books = conclude(Case(step, answer)), NOT_READ
    if row.finding is Finding.READ_THE_BOOKS and isinstance(outcome, Unknown):
        return outcome  # whoever follows up reads them, when they may show it
    if row.finding is Finding.READ_THE_BOOKS:
        books, _ = _books(payment, ports)
        row = conclude(_case(step, answer, books, Age.FRESH))
    return verdict(row, payment, outcome, books)


def evidence(
    payment: Payment, plan: Plan | None, since: int, ports: Ports, cards: CardSource | None
) -> Evidence:
    """What the latest operation came to, as far as can be known now. `plan`: how it is to give money back, if
    it does. `since`: nobody has sent its request after that (milliseconds, UTC); from then on its absence
    from the books counts."""
    operation, now = payment.latest, ports.clock.now()
    if plan is not None and (plan.reference is not None or plan.means is None):
        return Evidence(given_back(payment, plan, ports))
    first = operation.outcome is None and operation.checks == 1 and operation.deferred_at is not None
    step = reading.step_of(payment, operation)
    outcome = _sent_again(payment, ports, cards)
    long = now - operation.started_at > DAY
    answer = reading.answer_of(outcome, step, operation.amount, unanswered=not first, long=long)
    under_way = isinstance(outcome, Unknown)
    row, books, strays = conclude(Case(step, answer)), NOT_READ, False
    if row.finding is Finding.READ_THE_BOOKS and plan is not None:
        return Evidence(Unknown(row.reason), under_way)  # they were read just now, for the plan
    if row.finding is Finding.READ_THE_BOOKS:
        books, strays = _books(payment, ports)
        row = conclude(_case(step, answer, books, _age(since, ports, under_way=under_way)))
    return Evidence(verdict(row, payment, outcome, books), under_way, strays)


def _case(step: Step, answer: Answer, books: Books, age: Age) -> Case:
    return Case(step, answer, books.shown, books.amounts, books.room, age)


def _age(since: int, ports: Ports, *, under_way: bool) -> Age:
    ripe = not under_way and ports.rules.absence_counts(since, ports.clock.now())
    return Age.RIPE if ripe else Age.FRESH


def _sent_again(payment: Payment, ports: Ports, cards: CardSource | None) -> Outcome | None:
    """The answer to the identical request, or None where that can't be sent, or isn't any more."""
    operation = payment.latest
    if isinstance(operation.outcome, InDoubt) or not key_remembered(operation, ports.clock.now()):
        return None
    return _sent(payment, ports, _card(payment, cards) if operation.kind is Kind.AUTHORIZE else None)


def _sent(payment: Payment, ports: Ports, card: Card | None) -> Outcome | None:
    operation = payment.latest
    instruction = instruction_of(payment, operation, card)
    key = attempt_key(operation.id, operation.started_at)
    return instruction and ports.processor.send(payment.processor, key, instruction)


def _card(payment: Payment, cards: CardSource | None) -> Card | None:
    """Only a vaulted card has no code in it, and can be had again."""
    if cards is None or not isinstance(payment.method, ByToken):
        return None
    token = cards.find(payment.merchant_id, payment.method.token_id)
    return None if token is None or token.deleted else cards.open(token)


def _books(payment: Payment, ports: Ports) -> tuple[Books, bool]:
    """What the books say of the latest operation, and whether they have charges that aren't the payment's."""
    traces = ports.processor.find(payment.processor, payment.id)
    if isinstance(traces, Unknown):
        return UNREADABLE, False
    if payment.latest.kind is Kind.AUTHORIZE:
        books = reading.of_charge(payment, traces)
        return books, any(reading.standing(trace) for trace in traces if trace.reference != books.reference)
    own = next((trace for trace in traces if trace.reference == payment.processor_reference), None)
    refund = None if own is None else _own_refund(payment, own, ports)
    if isinstance(refund, Unknown):
        return UNREADABLE, False
    return reading.of_change(payment, own, refund), False


def _own_refund(payment: Payment, trace: Trace, ports: Ports) -> RefundEntry | Unknown | None:
    """The refund in the books that was made with the latest operation's id."""
    about = refund_description(payment.latest)
    for entry in reading.candidates(payment, trace)[:MOST_CANDIDATES]:
        text = ports.processor.refund_text(payment.processor, entry.reference)
        if isinstance(text, Unknown):
            return text
        if text == about:
            return entry
    return None
