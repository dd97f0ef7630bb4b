"""Whatever was done with payments, faithful books agree with them, and unfaithful ones don't."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import DECLINE, EXCHANGE, NOW, operation, payment
from tollgate.domain.audit import Audit
from tollgate.domain.balance import Status
from tollgate.domain.day import Day, days_to_look_at
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.operation import Kind, release
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.domain.reconciliation import (
    Amounts,
    Difference,
    DifferenceKind,
    compare,
    difference_record,
)

MANUAL = CaptureMethod.MANUAL


def approved(payment_id: str = "pay_one", *steps: tuple[Kind, int], manual: bool = False) -> Payment:
    """A payment of 100.00 USD with the processor's reference `M-<id>`, and what was done with it."""
    made = payment(id=payment_id, capture_method=MANUAL if manual else CaptureMethod.AUTOMATIC)
    made = made.settled(Approved(f"M-{payment_id}", 10_000), NOW)
    for number, (kind, amount) in enumerate(steps):
        made = made.begun(operation(kind, f"{payment_id}_{number}", amount)).settled(
            Approved("R", amount), NOW
        )
    return made


def booked(payment: Payment) -> Trace:
    """What faithful books say of an approved payment."""
    balance = payment.balance
    canceled = balance.status is Status.CANCELED
    return Trace(
        reference=payment.processor_reference or "",
        order_id=payment.id,
        status=TraceStatus.REVERSED if canceled else TraceStatus.APPROVED,
        authorized=balance.authorized,
        captured=balance.captured,
        refunded=balance.refunded,
        currency="USD",
        at=NOW,
    )


def kinds(*differences: Difference) -> list[str]:
    return [difference.kind.value for difference in differences]


def found(payment: Payment, *traces: Trace) -> list[str]:
    return kinds(*compare([payment], traces).differences)


@dataclass(frozen=True)
class Case:
    """`our` payment, and the `books` on it, which are faithful."""

    our: Payment
    books: tuple[Trace, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    payment_id = f"pay_{draw(st.integers(0, 10**9))}"
    declined_trace = replace(booked(approved(payment_id)), reference="D", status=TraceStatus.DECLINED)
    declined = payment(id=payment_id).settled(Declined(DECLINE), NOW)
    steps = draw(
        st.sampled_from(
            [
                (True, ()),
                (True, ((Kind.VOID, 10_000),)),
                (True, ((Kind.CAPTURE, 4_000), (Kind.REFUND, 1_000))),
                (False, ()),
                (False, ((Kind.REFUND, 3_000), (Kind.REFUND, 7_000))),
            ]
        )
    )
    own = approved(payment_id, *steps[1], manual=steps[0])
    reversed_late = replace(booked(own), reference="L", status=TraceStatus.REVERSED)
    return draw(
        st.sampled_from(
            [
                Case(own, (booked(own),)),
                Case(own, (declined_trace, booked(own))),
                Case(declined, (declined_trace,)),
                Case(declined, ()),
                Case(declined, (reversed_late,)),
            ]
        )
    )


CASES = st.lists(cases(), max_size=8, unique_by=lambda case: case.our.id)


@given(CASES, st.randoms())
def test_faithful_books_agree_in_any_order(these: list[Case], random: object) -> None:
    traces = [trace for case in these for trace in case.books]
    random.shuffle(traces)  # type: ignore[attr-defined]
    assert compare([case.our for case in these], traces).differences == ()


@given(CASES)
def test_every_charge_that_the_books_lack_is_missed_and_no_other(these: list[Case]) -> None:
    differences = compare([case.our for case in these], []).differences
    approved_ones = [case.our.id for case in these if case.our.processor_reference]
    assert [each.payment_id for each in differences] == approved_ones
    assert set(kinds(*differences)) <= {"missing"}


@given(CASES, st.integers(1, 3))
def test_every_charge_that_is_not_ours_is_told(these: list[Case], copies: int) -> None:
    traces = [trace for case in these for trace in case.books]
    charges = [trace for trace in traces if trace.status is TraceStatus.APPROVED]
    doubled = [replace(trace, reference=f"{trace.reference}-{n}") for trace in charges for n in range(copies)]
    differences = compare([case.our for case in these], traces + doubled).differences
    assert sorted(each.reference or "" for each in differences) == sorted(each.reference for each in doubled)
    assert set(kinds(*differences)) <= {"extra"}


@given(st.integers(-5_000, 5_000), st.integers(-5_000, 5_000), st.integers(0, 3_000))
def test_amounts_that_differ_are_told_and_equal_ones_are_not(
    authorized: int, captured: int, more: int
) -> None:
    ours = approved()
    faithful = booked(ours)
    books = replace(
        faithful,
        authorized=faithful.authorized + authorized,
        captured=faithful.captured + captured,
        refunded=faithful.refunded + more,
    )
    expected = ["amount"] * bool(authorized or captured) + ["refunded_elsewhere"] * bool(more)
    assert found(ours, books) == expected


AUTHORIZED = approved(manual=True)
CAPTURED = approved()
VOIDED = approved("pay_one", (Kind.VOID, 10_000), manual=True)
EXPIRED = approved("pay_one", (Kind.EXPIRE, 10_000), manual=True)
GIVEN_BACK = approved("pay_one", (Kind.REFUND, 10_000))


def test_a_part_that_was_given_back_is_no_extra_charge_and_one_that_wasnt_is() -> None:
    owing = payment().declined_owing(
        Declined(DECLINE), release("pay_one", "P1", 4_000, EXCHANGE, NOW), EXCHANGE
    )
    settled = owing.settled(Approved("P1", 4_000), NOW)
    books = Trace("P1", "pay_one", TraceStatus.APPROVED, 4_000, 4_000, 4_000, "USD", NOW, settled=True)
    assert found(settled, books) == []
    assert found(settled, replace(books, refunded=1_000)) == ["extra"]
    assert found(settled, replace(books, reference="P2")) == ["extra"]


PARTLY = approved("pay_one", (Kind.REFUND, 9_999))


@pytest.mark.parametrize(
    ("ours", "status", "expected"),
    [
        (AUTHORIZED, TraceStatus.EXPIRED, ["expired"]),
        (AUTHORIZED, TraceStatus.REVERSED, ["reversed_elsewhere"]),
        (AUTHORIZED, TraceStatus.DECLINED, ["missing"]),
        (CAPTURED, TraceStatus.REVERSED, ["reversed_elsewhere"]),
        (PARTLY, TraceStatus.REVERSED, ["reversed_elsewhere"]),
        (GIVEN_BACK, TraceStatus.REVERSED, []),
        (VOIDED, TraceStatus.REVERSED, []),
        (VOIDED, TraceStatus.EXPIRED, []),
        (VOIDED, TraceStatus.APPROVED, ["amount"]),
        (EXPIRED, TraceStatus.EXPIRED, []),
        (EXPIRED, TraceStatus.REVERSED, []),
        (EXPIRED, TraceStatus.APPROVED, ["amount"]),
    ],
)
def test_what_the_books_no_longer_hold_is_told_unless_we_do_not_either(
    ours: Payment, status: TraceStatus, expected: list[str]
) -> None:
    assert found(ours, replace(booked(ours), status=status)) == expected


def test_what_the_books_do_not_say_clearly_is_told() -> None:
    unclear = replace(booked(CAPTURED), status=TraceStatus.UNKNOWN, authorized=0, captured=0)
    assert found(CAPTURED, unclear) == ["amount"]
    assert kinds(*compare([], [unclear]).differences) == ["extra"]


def test_another_currency_is_another_amount() -> None:
    assert found(CAPTURED, replace(booked(CAPTURED), currency="EUR")) == ["amount"]


def test_a_payment_with_an_open_operation_is_left_out_and_counted() -> None:
    unknown = payment().unsettled(Unknown("timeout"), NOW, NOW + 1)
    refunding = CAPTURED.begun(operation(Kind.REFUND, "ref_1", 1))
    charge = booked(CAPTURED)
    for open_one in (payment(), unknown, refunding):
        assert compare([open_one], [charge]) == compare([open_one], [])
        assert (compare([open_one], []).differences, compare([open_one], []).open) == ((), 1)


def test_a_charge_without_an_order_of_ours_belongs_to_no_payment() -> None:
    foreign = replace(booked(CAPTURED), order_id="", reference="F")
    (difference,) = compare([CAPTURED], [booked(CAPTURED), foreign]).differences
    assert (difference.kind, difference.payment_id, difference.reference) == ("extra", None, "F")
    assert difference.books == Amounts(10_000, 10_000, 0, "USD")


def record(difference: Difference, now: int = NOW) -> Audit:
    return difference_record(difference, "mer_one", EXCHANGE, now)


def test_a_difference_has_one_record_until_it_changes() -> None:
    (once,) = compare([CAPTURED], [replace(booked(CAPTURED), refunded=10)]).differences
    (more,) = compare([CAPTURED], [replace(booked(CAPTURED), refunded=20)]).differences
    assert record(once).id == record(once, NOW + 1).id
    assert record(once).id != record(more).id
    assert (record(once).resource.type, record(once).resource.id, record(once).chain) == (
        "payment",
        "pay_one",
        None,
    )


def test_an_extra_charge_is_recorded_under_the_processors_reference() -> None:
    second = Difference(DifferenceKind.EXTRA, "pay_one", "M2", None, Amounts(1, 1, 0, "USD"))
    assert (record(second).resource.type, record(second).resource.id) == ("processor_payment", "M2")
    assert record(second).ids == ("pay_one", "M2")


@pytest.mark.parametrize("text", ["2026-11-31", "yesterday", "", "2026-11-21T00:00:00Z"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Day.of(text)


def test_a_day_lasts_from_midnight_to_midnight_in_utc() -> None:
    assert Day.of("2026-12-31").since == 1_798_675_200_000
    assert Day.of("2026-12-31").until == Day.of("2027-01-01").since


def test_a_day_is_looked_at_when_it_has_ended_and_twice_again() -> None:
    midnight = Day.of("2026-12-31").until
    assert [str(day) for day in days_to_look_at(midnight)] == ["2026-12-31", "2026-12-24", "2026-12-01"]
    assert str(days_to_look_at(midnight - 1)[0]) == "2026-12-30"
