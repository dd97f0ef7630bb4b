"""What the fake processor does at a test's wish."""

import pytest

from tests.contract.processor.fake import ISSUER_DECLINE, REFUSAL, FakeProcessor, LostAnswer
from tests.contract.processor.scene import ACCOUNT, approved, charge, new_key
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.instruction import Capture
from tollgate.domain.outcome import Declined, Unknown
from tollgate.ports import BooksUnavailable


def found(fake: FakeProcessor) -> tuple[Trace, ...]:
    traces = fake.find(ACCOUNT, "pay_1")
    assert isinstance(traces, tuple)
    return traces


def test_lagging_books_miss_what_takes_effect_until_they_are_released() -> None:
    fake = FakeProcessor()
    reference = approved(fake.send(ACCOUNT, new_key(), charge(5000, capture=False))).reference
    fake.books_lag = True
    fake.script(LostAnswer())
    fake.send(ACCOUNT, new_key(), Capture(reference, 5000, "USD"))
    fake.send(ACCOUNT, new_key(), charge())

    assert [trace.captured for trace in found(fake)] == [0]
    assert [trace.captured for trace in fake.listed(ACCOUNT, 0, 1 << 60)] == [0]

    fake.books_lag = False
    assert [trace.captured for trace in found(fake)] == [5000, 5000]


def test_closed_books_show_nothing() -> None:
    fake = FakeProcessor()
    fake.books_closed = True

    assert isinstance(fake.find(ACCOUNT, "pay_1"), Unknown)
    with pytest.raises(BooksUnavailable):
        list(fake.listed(ACCOUNT, 0, 1))


@pytest.mark.parametrize(("outcome", "statuses"), [(ISSUER_DECLINE, [TraceStatus.DECLINED]), (REFUSAL, [])])
def test_a_scripted_decline_is_in_the_books_and_a_refusal_is_not(
    outcome: Declined, statuses: list[TraceStatus]
) -> None:
    fake = FakeProcessor(now=lambda: 42)
    fake.script(outcome)
    fake.send(ACCOUNT, new_key(), charge())

    assert [(trace.status, trace.at) for trace in found(fake)] == [(status, 42) for status in statuses]
