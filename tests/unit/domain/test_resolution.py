"""What two people may say of an operation in doubt, and what the processor's books keep them from saying."""

from dataclasses import replace

import pytest

from tests.examples import EXCHANGE, NOW, operation, payment
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.history import history
from tollgate.domain.operation import Kind, Statement, release
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.domain.resolution import MOST_STATEMENTS, NotResolvable, approved, proposed
from tollgate.domain.verdict import PARTIAL

LATER = NOW + 86_400_000
IN_DOUBT = Unknown("the processor's books show other changes; somebody has to look")


def said(*, effect: bool, reference: str | None = None, by: str = "ann", approves: bool = False) -> Statement:
    return Statement(effect, reference, "ticket 7", by, LATER, f"req-{by}", approves)


def trace(
    captured: int = 10_000,
    refunded: int = 0,
    *,
    status: TraceStatus = TraceStatus.APPROVED,
    reference: str = "P1",
    currency: str = "USD",
) -> Trace:
    return Trace(reference, "pay_one", status, 10_000, captured, refunded, currency, NOW)


def in_doubt(kind: Kind, amount: int = 4_000) -> Payment:
    """A payment, an operation on which has had no outcome for long."""
    if kind is Kind.AUTHORIZE:
        return payment().unsettled(IN_DOUBT, NOW, NOW)
    method = CaptureMethod.AUTOMATIC if kind is Kind.REFUND else CaptureMethod.MANUAL
    paid = payment(capture_method=method).settled(Approved("P1", 10_000), NOW)
    return paid.begun(operation(kind, "op_1", amount)).unsettled(IN_DOUBT, NOW, NOW)


def resolved(doubtful: Payment, books: list[Trace], *, effect: bool, reference: str | None = None) -> Payment:
    """What one person proposes and another one approves."""
    proposal = proposed(doubtful, said(effect=effect, reference=reference), books, LATER)
    agreement = said(effect=effect, reference=reference, by="bob", approves=True)
    return approved(proposal, agreement, books, LATER)


HELD = trace(captured=0)
PARTLY_REFUNDED_ELSEWHERE = trace(refunded=1_000)


@pytest.mark.parametrize(
    ("kind", "books", "reference", "outcome"),
    [
        (Kind.AUTHORIZE, [trace()], "P1", Approved("P1", 10_000)),
        (Kind.CAPTURE, [trace(captured=4_000)], None, Approved("P1", 4_000)),
        (Kind.CAPTURE, [trace(captured=1_000)], None, Approved("P1", 4_000)),
        (Kind.VOID, [trace(captured=0, status=TraceStatus.REVERSED)], None, Approved("P1", 10_000)),
        (Kind.REFUND, [trace(refunded=4_000)], "RE1", Approved("RE1", 4_000)),
        (Kind.REFUND, [trace(status=TraceStatus.REVERSED)], "P1", Approved("P1", 4_000)),
        (Kind.REFUND, [PARTLY_REFUNDED_ELSEWHERE], "RE1", Approved("RE1", 4_000)),
    ],
)
def test_what_the_books_dont_exclude_took_effect(
    kind: Kind, books: list[Trace], reference: str | None, outcome: Approved
) -> None:
    amount = 10_000 if kind is Kind.VOID else 4_000

    after = resolved(in_doubt(kind, amount), books, effect=True, reference=reference)

    assert after.latest.outcome == outcome
    assert after.latest.finished_by == said(effect=True, by="bob").exchange


@pytest.mark.parametrize(
    ("kind", "books"),
    [
        (Kind.AUTHORIZE, []),
        (Kind.AUTHORIZE, [trace(status=TraceStatus.DECLINED), trace(status=TraceStatus.REVERSED)]),
        (Kind.CAPTURE, [HELD]),
        (Kind.VOID, [HELD]),
        (Kind.REFUND, [trace()]),
        (Kind.REFUND, [PARTLY_REFUNDED_ELSEWHERE]),
    ],
)
def test_what_the_books_dont_show_had_no_effect(kind: Kind, books: list[Trace]) -> None:
    after = resolved(in_doubt(kind), books, effect=False)

    assert isinstance(after.latest.outcome, Declined)
    assert after.balance.refunding == 0


@pytest.mark.parametrize(
    ("kind", "books"),
    [
        (Kind.AUTHORIZE, [trace()]),
        (Kind.AUTHORIZE, [trace(status=TraceStatus.DECLINED), trace(status=TraceStatus.UNKNOWN)]),
        (Kind.CAPTURE, [trace(captured=4_000)]),
        (Kind.CAPTURE, []),
        (Kind.VOID, [trace(captured=0, status=TraceStatus.REVERSED)]),
        (Kind.REFUND, [trace(refunded=4_000)]),
        (Kind.REFUND, [trace(refunded=5_000)]),
        (Kind.REFUND, [trace(status=TraceStatus.REVERSED)]),
    ],
)
def test_what_the_books_show_cant_become_never_happened(kind: Kind, books: list[Trace]) -> None:
    with pytest.raises(NotResolvable):
        proposed(in_doubt(kind), said(effect=False), books, LATER)


@pytest.mark.parametrize(
    ("kind", "books", "reference"),
    [
        (Kind.AUTHORIZE, [], "P1"),
        (Kind.AUTHORIZE, [trace()], "P2"),
        (Kind.AUTHORIZE, [trace(status=TraceStatus.REVERSED)], "P1"),
        (Kind.AUTHORIZE, [trace(currency="EUR")], "P1"),
        (Kind.AUTHORIZE, [replace(trace(), authorized=10_300)], "P1"),
        (Kind.CAPTURE, [HELD], None),
        (Kind.VOID, [HELD], None),
        (Kind.REFUND, [trace()], "RE1"),
        (Kind.REFUND, [trace(refunded=4_000)], None),
    ],
)
def test_what_the_books_exclude_cant_have_taken_effect(
    kind: Kind, books: list[Trace], reference: str | None
) -> None:
    with pytest.raises(NotResolvable):
        proposed(in_doubt(kind), said(effect=True, reference=reference), books, LATER)


def test_two_refunds_cant_have_one_reference() -> None:
    first = resolved(in_doubt(Kind.REFUND), [trace(refunded=4_000)], effect=True, reference="RE1")
    second = first.begun(operation(Kind.REFUND, "ref_2", 1_000)).unsettled(IN_DOUBT, NOW, NOW)

    with pytest.raises(NotResolvable, match="no other refund has"):
        proposed(second, said(effect=True, reference="RE1"), [trace(refunded=5_000)], LATER)


def test_it_takes_a_second_person_who_agrees_with_what_stands() -> None:
    doubtful, books = in_doubt(Kind.CAPTURE), [HELD]
    proposal = proposed(doubtful, said(effect=False), books, LATER)

    with pytest.raises(NotResolvable, match="Nothing was proposed"):
        approved(doubtful, said(effect=False, by="bob", approves=True), books, LATER)
    with pytest.raises(NotResolvable, match="second person"):
        approved(proposal, said(effect=False, approves=True), books, LATER)
    with pytest.raises(NotResolvable, match="changed"):
        approved(proposal, said(effect=True, by="bob", approves=True), books, LATER)
    with pytest.raises(NotResolvable, match="took effect"):
        approved(proposal, said(effect=False, by="bob", approves=True), [trace(captured=4_000)], LATER)


def test_what_is_over_or_worked_on_or_given_back_isnt_resolved() -> None:
    owing = payment().declined_owing(PARTIAL, release("pay_one", "P1", 4_000, EXCHANGE, NOW), None)
    for now, held in ((LATER, payment().settled(Approved("P1", 1), NOW)), (NOW, payment()), (LATER, owing)):
        with pytest.raises(NotResolvable):
            proposed(held, said(effect=False), [], now)


def test_statements_are_bounded() -> None:
    held = in_doubt(Kind.CAPTURE)
    for _ in range(MOST_STATEMENTS):
        held = proposed(held, said(effect=False), [HELD], LATER)

    with pytest.raises(NotResolvable, match="agree on one"):
        proposed(held, said(effect=False), [HELD], LATER)


def test_both_statements_stand_on_the_payments_chain_before_the_outcome() -> None:
    doubtful, books = in_doubt(Kind.REFUND), [trace(refunded=4_000)]
    proposal = proposed(doubtful, said(effect=True, reference="RE1"), books, LATER)
    after = approved(proposal, said(effect=True, reference="RE1", by="bob", approves=True), books, LATER)

    told = [(each.action.value, each.exchange.actor_id, each.ids) for each in history(after)[-3:]]

    assert told == [
        ("resolution.proposed", "ann", ("op_1", "took_effect", "RE1", "ticket 7")),
        ("resolution.approved", "bob", ("op_1", "took_effect", "RE1", "ticket 7")),
        ("refund.succeeded", "bob", ("op_1",)),
    ]
    assert history(after)[: len(history(proposal))] == history(proposal)
    assert history(proposal)[: len(history(doubtful))] == history(doubtful)
    assert (proposal.version, after.version) == (doubtful.version + 1, doubtful.version + 2)
