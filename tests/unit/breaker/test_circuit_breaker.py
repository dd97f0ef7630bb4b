"""A processor behind a circuit breaker."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from tests.contract.processor.fake import (
    ISSUER_DECLINE,
    NO_ANSWER,
    NOT_ATTEMPTED,
    REFUSAL,
    FakeProcessor,
    LostAnswer,
)
from tests.contract.processor.scene import ACCOUNT, charge, new_key
from tollgate.adapters.circuit_breaker import CircuitBreaker
from tollgate.adapters.wrapped_processor import WrappedProcessor
from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Capture, Instruction, Refund, Reversal
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Approved, NotAttempted, Outcome, Unknown
from tollgate.ports import BooksUnavailable

ANOTHER_ACCOUNT = replace(ACCOUNT, account="second")
REFUSED = NotAttempted("circuit open")

OPERATIONS: dict[str, Instruction] = {
    "authorize": charge(),
    "capture": Capture("P1", 1, "USD"),
    "reverse": Reversal("P1", 1, "USD"),
    "refund": Refund("P1", 1, "USD", "ref_1"),
}


class World:
    """A guarded fake, and its time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.fake = FakeProcessor()
        breaker = CircuitBreaker(failures=3, cool_down=5.0, monotonic=lambda: self.now)
        self.guarded = WrappedProcessor(self.fake, breaker)

    def authorize(self, account: ProcessorAccount = ACCOUNT) -> Outcome:
        return self.guarded.send(account, new_key(), charge())

    def open(self, outcome: Outcome | LostAnswer = NO_ANSWER) -> None:
        for _ in range(3):
            self.fake.script(outcome)
            self.authorize()


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("outcome", [NOT_ATTEMPTED, NO_ANSWER, LostAnswer()], ids=str)
def test_while_the_circuit_is_open_nothing_is_attempted(
    world: World, operation: str, outcome: Outcome | LostAnswer
) -> None:
    world.open(outcome)
    calls = list(world.fake.calls)

    assert world.guarded.send(ACCOUNT, new_key(), OPERATIONS[operation]) == REFUSED
    assert world.guarded.find(ACCOUNT, "pay_1") == Unknown("circuit open")
    assert world.guarded.look(ACCOUNT, "P1") == Unknown("circuit open")
    assert world.guarded.refund_text(ACCOUNT, "R1") == Unknown("circuit open")
    assert world.fake.calls == calls


@pytest.mark.parametrize("outcome", [ISSUER_DECLINE, REFUSAL])
def test_a_no_is_an_answer(world: World, outcome: Outcome) -> None:
    world.open(outcome)

    assert isinstance(world.authorize(), Approved)


def test_a_find_without_an_answer_is_a_failure_and_one_that_finds_nothing_is_none(world: World) -> None:
    for _ in range(5):
        assert world.guarded.find(ACCOUNT, "pay_1") == ()
    world.fake.books_closed = True
    for _ in range(3):
        assert world.guarded.find(ACCOUNT, "pay_1") == NO_ANSWER

    assert world.authorize() == REFUSED


def test_after_the_cool_down_one_success_closes_the_circuit(world: World) -> None:
    world.open()
    world.now += 5

    assert isinstance(world.authorize(), Approved)
    assert isinstance(world.authorize(), Approved)


def test_each_account_has_a_circuit_of_its_own(world: World) -> None:
    world.open()

    assert world.authorize() == REFUSED
    assert world.authorize(replace(ACCOUNT, terminal="1234002")) == REFUSED
    assert isinstance(world.authorize(ANOTHER_ACCOUNT), Approved)


def test_the_list_is_read_through_an_open_circuit(world: World) -> None:
    world.authorize()
    world.open()

    assert len(list(world.guarded.listed(ACCOUNT, 0, 1 << 60))) == 1
    world.fake.books_closed = True
    with pytest.raises(BooksUnavailable):
        list(world.guarded.listed(ACCOUNT, 0, 1 << 60))


class Crashing(FakeProcessor):
    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        raise RuntimeError("a defect")


def test_a_defect_during_the_probe_leaves_the_circuit_open_not_stuck() -> None:
    world = World()
    crashing = Crashing()
    breaker = CircuitBreaker(failures=1, cool_down=5.0, monotonic=lambda: world.now)
    guarded = WrappedProcessor(crashing, breaker)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            guarded.find(ACCOUNT, "pay_1")
        assert guarded.send(ACCOUNT, new_key(), charge()) == REFUSED
        world.now += 5

    assert isinstance(guarded.send(ACCOUNT, new_key(), charge()), Approved)


def test_of_many_threads_one_is_the_probe(world: World) -> None:
    world.open()
    world.now += 5
    world.fake.script(*[NO_ANSWER] * 16)
    barrier = Barrier(16)

    def call(_: int) -> Outcome:
        barrier.wait(timeout=10)
        return world.authorize()

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(call, range(16)))

    assert sorted(map(str, outcomes)) == sorted(map(str, [NO_ANSWER] + [REFUSED] * 15))


def test_a_bad_limit_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"^failures "):
        CircuitBreaker(failures=0)
    with pytest.raises(ValueError, match=r"^cool_down "):
        CircuitBreaker(cool_down=0)
