"""What failed uses up no limit but that of attempts, and no item outgrows its room."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.units import item_size
from tests.examples import NOW, merchant, payment
from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import payment_row
from tollgate.domain.attempts import A_DAY, DAY, check_attempts
from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.listing import partition
from tollgate.domain.operation import Claim, Kind, Operation
from tollgate.domain.outcome import Approved, Declined, Failure, FailureCategory, Unknown
from tollgate.domain.payment import CaptureMethod, Payment, Terms
from tollgate.domain.rules import MAX_REFUNDS, amount_to_refund

LARGEST = 200_000
WIDE = "\U0001f4b3"
"""Four bytes of UTF-8."""
LOOK = Exchange(ActorType.SYSTEM, "follow-up", None, None, "r" * 36)
NO = Declined(Failure("c" * 30, FailureCategory.PROCESSOR_ERROR, "m" * 120, retryable=False))
OUTCOMES: Sequence[Approved | Declined] = (Approved("R" * 40, 1), NO)


def exchange(agent: str) -> Exchange:
    return Exchange(ActorType.CLIENT, "cli_" + "a" * 20, "f" * 39, agent, "r" * 36)


def operation(
    kind: Kind, number: int, at: int, agent: str = "shop/1.0", reason: str | None = None
) -> Operation:
    return Operation(
        id=f"ref_{number:020d}",
        kind=kind,
        amount=1,
        exchange=exchange(agent),
        started_at=at,
        lease_until=at + 35_000,
        due_at=at + 35_001,
        asked_amount=1,
        final=False,
        reason=reason,
    )


def captured(terms: Terms | None = None, agent: str = "shop/1.0") -> Payment:
    made = payment(amount=999_999_999_999)
    first = replace(made.latest, exchange=exchange(agent))
    made = replace(made, terms=terms or made.terms, operations=(first,))
    return made.settled(Approved("M1", 999_999_999_999), NOW)


def refused(payment: Payment, at: int) -> Code | None:
    try:
        check_attempts(payment, at)
    except Refusal as refusal:
        return refusal.code
    return None


def failed(payment: Payment, kind: Kind, times: int, at: int = NOW) -> Payment:
    for number in range(times):
        payment = payment.begun(operation(kind, len(payment.operations) + number, at)).settled(NO, at)
    return payment


@pytest.mark.parametrize("kind", [Kind.REFUND, Kind.CAPTURE, Kind.VOID])
def test_what_failed_does_not_count_as_a_refund(kind: Kind) -> None:
    assert amount_to_refund(failed(captured(), kind, MAX_REFUNDS + 1), 1) == 1


def test_so_many_attempts_are_taken_in_a_day_and_no_more() -> None:
    almost = failed(captured(), Kind.VOID, A_DAY - 1)
    assert refused(almost, NOW + 1) is None
    full = failed(almost, Kind.REFUND, 1)
    assert refused(full, NOW + DAY - 1) is Code.RATE_LIMITED
    assert refused(full, NOW + DAY) is None


def test_whoever_is_told_to_wait_is_told_how_long() -> None:
    with pytest.raises(Refusal) as refusal:
        check_attempts(failed(captured(), Kind.VOID, A_DAY), NOW + DAY - 5_000)
    assert refusal.value.retry_after == 5


ATTEMPTS = st.lists(
    st.tuples(
        st.sampled_from([Kind.CAPTURE, Kind.VOID, Kind.REFUND]),
        st.sampled_from(["a" * 200, WIDE * 200, "é" * 90]),
        st.sampled_from([None, WIDE * 255, "reason"]),
        st.sampled_from(OUTCOMES),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None)
@given(ATTEMPTS)
def test_no_sequence_of_operations_makes_an_item_outgrow_its_room(
    pattern: list[tuple[Kind, str, str | None, Approved | Declined]],
) -> None:
    """Each pattern is repeated, day after day, until the payment takes no more."""
    at = NOW
    texts = {f"{number:02d}" + "k" * 38: WIDE * 15 for number in range(20)}
    terms = Terms(999_999_999_999, "USD", CaptureMethod.MANUAL, WIDE * 64, WIDE * 255, texts)
    grown = looked_at = captured(terms, WIDE * 200)
    for kind, agent, reason, outcome in cycle(pattern):
        at += DAY // 100
        if refused(grown, at):
            break
        begun = grown.begun(operation(kind, len(grown.operations), at, agent, reason))
        asked = begun.unsettled(Unknown("u" * 80), at, at + 1)
        looked_at = asked.claimed(Claim("r" * 36, at, opens_card=True), at + 2)
        grown = looked_at.settled(outcome, at, LOOK)
    assert max(size(looked_at), size(grown)) < LARGEST
    assert len(grown.operations) > 60


def size(payment: Payment) -> int:
    place = partition(merchant(), payment.created_at, payment.id)
    return item_size(item_of(payment_row(payment, place)))
