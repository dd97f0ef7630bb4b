"""Every call of the processor is counted by what came of it, and changed in nothing."""

import pytest

from tests.contract.processor.fake import (
    ISSUER_DECLINE,
    NO_ANSWER,
    NOT_ATTEMPTED,
    REFUSAL,
    FakeProcessor,
)
from tests.contract.processor.scene import ACCOUNT, charge, new_key
from tests.emitted import values
from tollgate.adapters.circuit_breaker import CircuitBreaker
from tollgate.adapters.measured_calls import measured
from tollgate.adapters.wrapped_processor import WrappedProcessor
from tollgate.domain.instruction import Capture, Instruction, Refund, Reversal
from tollgate.domain.outcome import Approved, Outcome

OPERATIONS: dict[str, Instruction] = {
    "authorize": charge(),
    "capture": Capture("P1", 1, "USD"),
    "reverse": Reversal("P1", 1, "USD"),
    "refund": Refund("P1", 1, "USD", "ref_1"),
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (ISSUER_DECLINE, "answered"),
        (REFUSAL, "refused"),
        (NOT_ATTEMPTED, "not_attempted"),
        (NO_ANSWER, "unknown"),
    ],
)
def test_a_call_is_counted_by_what_came_of_it(
    operation: str, outcome: Outcome, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeProcessor()
    fake.script(outcome)
    assert WrappedProcessor(fake, measured).send(ACCOUNT, new_key(), OPERATIONS[operation]) == outcome
    assert values(capsys, "ProcessorCalls") == {(word,): 1}


def test_an_approval_and_a_look_into_the_books_are_answers(capsys: pytest.CaptureFixture[str]) -> None:
    processor = WrappedProcessor(FakeProcessor(), measured)
    assert isinstance(processor.send(ACCOUNT, new_key(), charge()), Approved)
    assert processor.find(ACCOUNT, "pay_none") == ()
    assert values(capsys, "ProcessorCalls") == {("answered",): 2}


def test_books_that_are_closed_tell_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    fake = FakeProcessor()
    fake.books_closed = True
    WrappedProcessor(fake, measured).find(ACCOUNT, "pay_none")
    assert values(capsys, "ProcessorCalls") == {("unknown",): 1}


def test_what_an_open_circuit_refuses_is_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    fake = FakeProcessor()
    fake.script(NO_ANSWER)
    breaker = CircuitBreaker(failures=1, cool_down=5.0, monotonic=lambda: 0.0)
    processor = WrappedProcessor(WrappedProcessor(fake, breaker), measured)
    processor.send(ACCOUNT, new_key(), charge())
    processor.send(ACCOUNT, new_key(), charge())
    processor.find(ACCOUNT, "pay_none")
    assert values(capsys, "ProcessorCalls") == {("unknown",): 1, ("circuit_open",): 2}
