"""Bugs that this design invites, and those that the simulation has found in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tests.simulation import background
from tests.simulation.mutants.swapped import FAILED, swapped
from tollgate.domain import follow_up as rules
from tollgate.domain import history, reading, verdict
from tollgate.domain.audit import Audit, Chain, Exchange
from tollgate.domain.card import Card, CardSummary, brand_of
from tollgate.domain.case import Age, Answer, Case, Step
from tollgate.domain.errors import not_found
from tollgate.domain.evidence import RefundEntry, Trace
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Means, Operation
from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    InDoubt,
    NotAttempted,
    Outcome,
    Unknown,
)
from tollgate.domain.payment import Payment
from tollgate.domain.reading import Books
from tollgate.handlers import payments as payment_routes
from tollgate.handlers.exchange import Request
from tollgate.operations import (
    capture_payment,
    create_payment,
    execution,
    follow_up,
    gather_evidence,
    instrument,
    leased,
    refund_payment,
    release,
    void_payment,
)
from tollgate.operations.execution import Ports
from tollgate.operations.gather_evidence import Evidence
from tollgate.operations.sweep import Swept
from tollgate.ports import Payments

NOT_HONORED = Declined(Failure("declined", FailureCategory.ISSUER_DECLINED, "Declined.", retryable=False))


@contextmanager
def lease_shorter_than_call() -> Iterator[None]:
    modules = (create_payment, capture_payment, void_payment, refund_payment)
    blind = [(leased, "covers_a_call", lambda *_: True)]
    with swapped(*((module, "LEASE", 1_000) for module in modules), *blind):
        yield


@contextmanager
def follow_up_by_message_alone() -> Iterator[None]:
    with swapped((background, "sweep", lambda *_: Swept(0, 0, 0))):
        yield


@contextmanager
def unrecorded_follow_up() -> Iterator[None]:
    original = history._records

    def of_requests(payment: Payment, operation: Operation, previous: Chain | None) -> list[Audit]:
        records = original(payment, operation, previous)
        return records[:-1] if operation.finished_by else records

    with swapped((history, "_records", of_requests)):
        yield


@contextmanager
def record_for_each_delivery() -> Iterator[None]:
    numbers = count()
    with swapped((history, "record_id", lambda *_: f"aud_{next(numbers):020d}")):
        yield


@contextmanager
def resend_after_key_lifetime() -> Iterator[None]:
    with swapped(*((module, "key_remembered", lambda *_: True) for module in (gather_evidence, rules))):
        yield


@contextmanager
def partial_approval_taken() -> Iterator[None]:
    with swapped((verdict, "PartlyApproved", Approved)):
        yield


@contextmanager
def nobody_watches() -> Iterator[None]:
    def watched(self: Payment, outcome: Declined, now: int, _due: int, _until: int, by: Exchange) -> Payment:
        return self.settled(outcome, now, by)

    with swapped((Payment, "watched", watched)):
        yield


@contextmanager
def card_used_twice() -> Iterator[None]:
    with swapped((instrument, "use_card", lambda *_: None)):
        yield


@contextmanager
def anybodys_payment() -> Iterator[None]:
    def payment_of(request: Request, payments: Payments) -> Payment:
        for merchant in ("mer_one", "mer_two"):
            if found := payments.find(merchant, request.parameters["id"]):
                return found
        raise not_found()

    with swapped((payment_routes, "payment_of", payment_of)):
        yield


@contextmanager
def replay_shows_today() -> Iterator[None]:
    with swapped((Payment, "as_of", lambda self, _: self)):
        yield


@contextmanager
def whole_number_kept() -> Iterator[None]:
    def summary(self: Card) -> CardSummary:
        return CardSummary(brand_of(self.number), self.number, self.exp_month, self.exp_year)

    with swapped((Card, "summary", property(summary))):
        yield


@contextmanager
def refused_resend_is_the_answer() -> Iterator[None]:
    original = reading.answer_of

    def answer_of(*arguments: Any, unanswered: bool, long: bool) -> Answer:
        return original(*arguments, unanswered=False, long=long)

    with swapped((reading, "answer_of", answer_of)):
        yield


@contextmanager
def unreachable_means_never_reached() -> Iterator[None]:
    original = gather_evidence._sent_again

    def sent_again(*arguments: Any) -> Outcome | None:
        answer = original(*arguments)
        return NOT_HONORED if isinstance(answer, NotAttempted) else answer

    with swapped((gather_evidence, "_sent_again", sent_again)):
        yield


@contextmanager
def absence_although_sent_again() -> Iterator[None]:
    original = gather_evidence._case

    def age(since: int, ports: Ports, *, under_way: bool) -> Age:
        return Age.RIPE if ports.rules.absence_counts(since, ports.clock.now()) else Age.FRESH

    def case(step: Step, _answer: Answer, books: Books, age: Age) -> Case:
        return original(step, Answer.NOT_SENT, books, age)

    with swapped((gather_evidence, "_age", age), (gather_evidence, "_case", case)):
        yield


@contextmanager
def absence_counts_from_the_first_send() -> Iterator[None]:
    original = Payment.unsettled

    def unsettled(
        self: Payment,
        outcome: Unknown | InDoubt,
        now: int,
        due_at: int,
        _since: int | None = None,
    ) -> Payment:
        return original(self, outcome, now, due_at, self.latest.started_at)

    with swapped((Payment, "unsettled", unsettled)):
        yield


@contextmanager
def one_key_for_all_reversals() -> Iterator[None]:
    def same(operation_id: str, started_at: int) -> str:
        return attempt_key(re.sub(r"\.reversal\.\d+$", ".reversal", operation_id), started_at)

    with swapped((release, "attempt_key", same)):
        yield


@contextmanager
def refused_reversal_given_up() -> Iterator[None]:
    original = gather_evidence.evidence

    def evidence(payment: Payment, *rest: Any) -> Evidence:
        seen = original(payment, *rest)
        given_up = payment.latest.target and isinstance(seen.found, Unknown)
        return Evidence(FAILED) if given_up else seen

    with swapped((follow_up, "evidence", evidence)):
        yield


@contextmanager
def key_freed_after_unknown() -> Iterator[None]:
    with swapped((execution, "NotAttempted", NotAttempted | Unknown)):
        yield


@contextmanager
def refund_in_an_open_batch() -> Iterator[None]:
    with swapped((refund_payment, "_means", lambda *_: Means.REFUND)):
        yield


@contextmanager
def late_charge_reversed_only() -> Iterator[None]:
    with swapped((release, "means_of", lambda *_: Means.FULL_REVERSAL)):
        yield


@contextmanager
def earlier_refund_is_ours() -> Iterator[None]:
    def any_refund(payment: Payment, trace: Trace, _ports: Ports) -> RefundEntry | None:
        return next(iter(reading.candidates(payment, trace)), None)

    nobodys = (reading, "taken_refunds", lambda *_: frozenset[str]())
    with swapped(nobodys, (gather_evidence, "_own_refund", any_refund)):
        yield
