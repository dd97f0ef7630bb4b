"""Whatever is asked, and whatever the processor answers, the amounts of a payment stay within each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import DECLINE, NOW, REFUSAL, operation, payment
from tollgate.domain.balance import Status
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.domain.rules import amount_to_capture, amount_to_refund, amount_to_void

ABSORBING = {Status.DECLINED, Status.FAILED, Status.CANCELED, Status.EXPIRED}
OUTCOMES = st.sampled_from(["approved", "declined", "refused", "unknown"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from([Kind.CAPTURE, Kind.VOID, Kind.REFUND]),
        st.none() | st.integers(1, 120),
        st.booleans(),
        OUTCOMES,
        OUTCOMES,
    ),
    max_size=20,
)


def settled(payment: Payment, outcome: str) -> Payment:
    match outcome:
        case "approved":
            return payment.settled(Approved("M1", payment.latest.amount), NOW)
        case "declined":
            return payment.settled(Declined(DECLINE), NOW)
        case "refused":
            return payment.settled(Declined(REFUSAL), NOW)
        case _:
            return payment.unsettled(Unknown("timeout"), NOW, NOW + 1)


def resolved(payment: Payment, outcome: str) -> Payment:
    return settled(payment, "approved" if outcome == "unknown" else outcome)


def amount_of(kind: Kind, payment: Payment, asked: int | None, *, final: bool) -> int:
    if kind is Kind.CAPTURE:
        return amount_to_capture(payment, asked, final=final)
    return amount_to_void(payment) if kind is Kind.VOID else amount_to_refund(payment, asked)


def check(payment: Payment) -> None:
    balance = payment.balance
    assert 0 <= balance.captured <= balance.authorized <= payment.terms.amount
    assert balance.captured + balance.capturable <= balance.authorized
    assert balance.refundable >= 0
    assert balance.refunded + balance.refunding + balance.refundable == balance.captured


@given(st.sampled_from(CaptureMethod), OUTCOMES, STEPS)
def test_amounts_stay_within_each_other_and_ended_payments_stay_ended(
    method: CaptureMethod, first: str, steps: list[tuple[Kind, int | None, bool, str, str]]
) -> None:
    current = resolved(settled(payment(amount=100, capture_method=method), first), first)
    check(current)
    for number, (kind, asked, final, outcome, later) in enumerate(steps):
        before = current.balance
        try:
            amount = amount_of(kind, current, asked, final=final)
        except Refusal:
            continue
        assert before.status not in ABSORBING
        begun = current.begun(operation(kind, f"op_{number}", amount, final=final))
        check(begun)
        if kind is not Kind.REFUND:
            assert begun.balance == before
        current = settled(begun, outcome)
        check(current)
        current = current if current.latest.resolved else resolved(current, later)
        check(current)
        if isinstance(current.latest.outcome, Declined):
            assert current.balance == before


@given(STEPS)
def test_what_an_operation_was_answered_does_not_change_with_what_comes_after(
    steps: list[tuple[Kind, int | None, bool, str, str]],
) -> None:
    manual = payment(amount=100, capture_method=CaptureMethod.MANUAL)
    current = settled(manual, "approved")
    answers = {current.id: current}
    for number, (kind, asked, final, outcome, later) in enumerate(steps):
        try:
            amount = amount_of(kind, current, asked, final=final)
        except Refusal:
            continue
        begun = current.begun(operation(kind, f"op_{number}", amount, final=final))
        current = (
            resolved(settled(begun, outcome), later) if outcome == "unknown" else settled(begun, outcome)
        )
        answers[current.latest.id] = current
    for operation_id, answer in answers.items():
        again = current.as_of(operation_id)
        assert (again.balance, again.updated_at) == (answer.balance, answer.updated_at)


def test_two_refunds_of_sixty_on_a_hundred_leave_one() -> None:
    captured = settled(payment(amount=100), "approved")
    once = captured.begun(operation(Kind.REFUND, "ref_one", amount_to_refund(captured, 60)))
    with pytest.raises(Refusal) as refused:
        amount_to_refund(once, 60)
    assert refused.value.code is Code.AMOUNT_EXCEEDS_REFUNDABLE


def test_a_refund_whose_outcome_is_unknown_stays_reserved() -> None:
    captured = settled(payment(amount=100), "approved")
    unknown = settled(captured.begun(operation(Kind.REFUND, "ref_one", 100)), "unknown")
    assert unknown.balance.refundable == 0
    assert unknown.balance.refunded == 0


def test_a_processor_with_one_capture_takes_final_ones_only() -> None:
    authorized = settled(payment(capture_method=CaptureMethod.MANUAL, multiple_captures=False), "approved")
    with pytest.raises(Refusal) as refused:
        amount_to_capture(authorized, 10, final=False)
    assert refused.value.code is Code.MULTIPLE_CAPTURES_UNSUPPORTED
    assert amount_to_capture(authorized, None, final=True) == 10_000


def test_a_capture_that_is_not_final_keeps_the_rest() -> None:
    authorized = settled(payment(amount=100, capture_method=CaptureMethod.MANUAL), "approved")
    part = settled(authorized.begun(operation(Kind.CAPTURE, "cap_1", 40, final=False)), "approved")
    assert (part.balance.status, part.balance.capturable) == (Status.PARTIALLY_CAPTURED, 60)
    rest = settled(part.begun(operation(Kind.CAPTURE, "cap_2", 10)), "approved")
    assert (rest.balance.status, rest.balance.capturable) == (Status.CAPTURED, 0)
    assert rest.balance.captured == 50


def test_an_eleventh_capture_is_refused() -> None:
    current = settled(payment(amount=100, capture_method=CaptureMethod.MANUAL), "approved")
    for number in range(10):
        current = settled(current.begun(operation(Kind.CAPTURE, f"cap_{number}", 1, final=False)), "approved")
    with pytest.raises(Refusal) as refused:
        amount_to_capture(current, 1, final=False)
    assert refused.value.code is Code.INVALID_STATE


def test_a_fifty_first_refund_is_refused() -> None:
    current = settled(payment(amount=100), "approved")
    for number in range(50):
        current = settled(current.begun(operation(Kind.REFUND, f"ref_{number}", 1)), "approved")
    with pytest.raises(Refusal) as refused:
        amount_to_refund(current, 1)
    assert refused.value.code is Code.INVALID_STATE
