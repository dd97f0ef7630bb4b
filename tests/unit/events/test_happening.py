"""A payment's events are a function of the payment, and never taken back."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import DECLINE, EXCHANGE, NOW, REFUSAL, operation, payment
from tollgate.domain.event import Movement, MovementKind
from tollgate.domain.happening import happenings
from tollgate.domain.operation import Kind, release
from tollgate.domain.outcome import Approved, Declined, InDoubt, Unknown
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.handlers.payment_story import payment_story

APPROVED = Approved("M1", 10_000)
SALE = payment().settled(APPROVED, NOW + 5)
HELD = payment(capture_method=CaptureMethod.MANUAL).settled(APPROVED, NOW + 5)


def types(payment: Payment) -> list[str]:
    return [each.type.value for each in happenings(payment)]


def then(payment: Payment, kind: Kind, amount: int, id: str = "x_1", *, final: bool = True) -> Payment:
    begun = payment.begun(operation(kind, id, amount, final=final))
    return begun.settled(Approved("M2", amount), NOW + 9)


def test_an_open_operation_is_no_event() -> None:
    assert types(payment()) == []
    assert types(payment().unsettled(Unknown("lost"), NOW, NOW + 10)) == []
    assert types(SALE.begun(operation(Kind.REFUND, "ref_1", 5))) == ["payment.captured"]


def test_what_a_payment_became_is_its_event() -> None:
    assert types(SALE) == ["payment.captured"]
    assert types(HELD) == ["payment.authorized"]
    assert types(payment().settled(Declined(DECLINE), NOW)) == ["payment.declined"]
    assert types(payment().settled(Declined(REFUSAL), NOW)) == ["payment.failed"]
    part = then(HELD, Kind.CAPTURE, 4_000, final=False)
    assert types(part) == ["payment.authorized", "payment.partially_captured"]
    assert types(then(part, Kind.CAPTURE, 6_000, "x_2"))[2:] == ["payment.captured"]
    assert types(then(HELD, Kind.VOID, 10_000)) == ["payment.authorized", "payment.canceled"]
    assert types(then(HELD, Kind.EXPIRE, 10_000)) == ["payment.authorized", "payment.expired"]


def test_the_rest_that_runs_out_leaves_a_captured_payment() -> None:
    part = then(HELD, Kind.CAPTURE, 4_000, final=False)
    assert types(then(part, Kind.EXPIRE, 6_000, "x_2"))[2:] == ["payment.captured"]


def test_refunds_are_told_whether_they_succeed_or_fail() -> None:
    failed = SALE.begun(operation(Kind.REFUND, "ref_1", 5)).settled(Declined(REFUSAL), NOW + 7)
    assert types(failed) == ["payment.captured", "refund.failed"]
    assert types(then(failed, Kind.REFUND, 7, "ref_2"))[2:] == ["refund.succeeded"]


def test_a_capture_or_void_that_is_refused_changes_nothing_for_the_shop() -> None:
    for kind in (Kind.CAPTURE, Kind.VOID):
        refused = HELD.begun(operation(kind, "x_1", 10_000)).settled(Declined(REFUSAL), NOW + 7)
        assert types(refused) == ["payment.authorized"]


def test_a_partial_approval_is_a_decline_and_giving_the_part_back_is_no_cancellation() -> None:
    owing = payment().declined_owing(Declined(DECLINE), release("pay_one", "M1", 5_000, EXCHANGE, NOW), None)
    assert types(owing) == ["payment.declined"]
    assert types(owing.settled(Approved("M1", 5_000), NOW + 9)) == ["payment.declined"]


def test_a_doubt_is_told_once_and_stays_told_when_it_is_resolved() -> None:
    doubted = payment().unsettled(InDoubt("two charges"), NOW + 1, NOW + 10)
    again = doubted.unsettled(InDoubt("two charges"), NOW + 20, NOW + 30)
    resolved = again.settled(APPROVED, NOW + 40)
    assert types(doubted) == types(again) == ["payment.in_doubt"]
    assert types(resolved) == ["payment.in_doubt", "payment.captured"]
    first = payment_story(doubted).events[0]
    assert payment_story(resolved).events[0] == first
    assert first.object["status"] == "processing"
    assert first.object["next_check_at"] == "2027-01-15T08:00:00.010Z"


def test_money_that_moved_is_a_movement() -> None:
    refunded = then(SALE, Kind.REFUND, 7, "ref_1")
    moved = [each.movement for each in happenings(refunded)]
    cap = moved[0].id if moved[0] else ""
    assert cap.startswith("cap_")
    assert moved == [
        Movement(NOW + 5, MovementKind.CAPTURE, "pay_one", cap, "order-1", 10_000, "USD", "M1"),
        Movement(NOW + 9, MovementKind.REFUND, "pay_one", "ref_1", "order-1", -7, "USD", "M2"),
    ]
    assert [each.movement for each in happenings(HELD)] == [None]


def test_an_event_shows_the_object_as_it_was_then() -> None:
    story = payment_story(then(SALE, Kind.REFUND, 7, "ref_1"))
    first, second = story.events
    assert (first.object["status"], first.object["amount_refunded"]) == ("captured", 0)
    assert (second.resource.type, second.resource.id) == ("refund", "ref_1")
    assert second.object["status"] == "succeeded"
    assert {each.subject for each in story.events} == {"pay_one"}


STEPS = st.lists(st.sampled_from(["capture", "part", "refund", "doubt", "refused", "open"]), max_size=6)


@given(STEPS)
@settings(deadline=None)
def test_what_was_told_is_never_taken_back(steps: list[str]) -> None:
    now, told = HELD, payment_story(HELD).events
    for number, step in enumerate(steps):
        kind = Kind.REFUND if step == "refund" else Kind.CAPTURE
        begun = now.begun(operation(kind, f"x_{number}", 10, final=step == "capture"))
        doubted = begun.unsettled(InDoubt("?"), NOW + 1, NOW + 2) if step == "doubt" else begun
        outcome = Declined(REFUSAL) if step == "refused" else Approved("M", 10)
        settled = doubted.settled(outcome, NOW + 3)
        for state in (begun, doubted, settled):
            events = payment_story(state).events
            assert events[: len(told)] == told
            assert len({each.id for each in events}) == len(events)
            told = events
        now = replace(settled, version=settled.version + 1)
