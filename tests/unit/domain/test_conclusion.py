"""What of a payment's changes is counted."""

from dataclasses import replace

import pytest

from tests.examples import NOW, operation, payment
from tollgate.domain.conclusion import Conclusion, conclusions
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Declined, Failure, FailureCategory, Unknown
from tollgate.domain.payment import CaptureMethod, Payment

INTENT = payment()
CURRENCY = INTENT.terms.currency
APPROVED = INTENT.settled(Approved("M1", 10_000), NOW + 5)


def declined(category: FailureCategory) -> Payment:
    return INTENT.settled(Declined(Failure("code", category, "No.", retryable=False)), NOW + 5)


def test_money_taken_at_once_is_a_sale() -> None:
    amount = INTENT.terms.amount
    assert conclusions(INTENT, APPROVED) == (Conclusion("sale", "approved", amount, CURRENCY),)


def test_money_to_be_captured_later_is_an_authorization() -> None:
    manual = replace(APPROVED, terms=replace(APPROVED.terms, capture_method=CaptureMethod.MANUAL))
    (conclusion,) = conclusions(None, manual)
    assert (conclusion.operation, conclusion.outcome) == ("authorize", "approved")


@pytest.mark.parametrize("category", FailureCategory)
def test_the_issuers_no_is_told_from_the_processors(category: FailureCategory) -> None:
    (conclusion,) = conclusions(INTENT, declined(category))
    expected = "failed" if category is FailureCategory.PROCESSOR_ERROR else "declined"
    assert conclusion.outcome == expected


def test_an_outcome_counts_once() -> None:
    refunding = APPROVED.begun(operation(Kind.REFUND, "ref_1", 5))
    assert conclusions(APPROVED, refunding) == ()
    refunded = refunding.settled(Approved("R1", 5), NOW + 9)
    assert conclusions(refunding, refunded) == (Conclusion("refund", "approved", 5, CURRENCY),)
    assert conclusions(refunded, refunded) == ()


def test_what_is_open_or_withdrawn_does_not_count() -> None:
    assert conclusions(INTENT, INTENT.unsettled(Unknown("no answer"), NOW, NOW + 1)) == ()
    assert conclusions(INTENT, None) == ()
