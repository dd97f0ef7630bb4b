"""The states of a circuit."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollgate.adapters.circuit_breaker import Circuit

FAILURES = 3
COOL_DOWN = 5.0


class Bench:
    """A circuit and its time."""

    def __init__(self) -> None:
        self.now = 100.0
        self.circuit = Circuit(FAILURES, COOL_DOWN, lambda: self.now)

    def call(self, *, answered: bool) -> bool:
        """Whether it was admitted."""
        ticket = self.circuit.admit()
        if ticket is not None:
            self.circuit.settle(ticket, answered=answered)
        return ticket is not None

    def open(self) -> None:
        for _ in range(FAILURES):
            assert self.call(answered=False)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_circuit_opens_after_failures_in_a_row(bench: Bench) -> None:
    for _ in range(3):
        for answered in (False, False, True):
            assert bench.call(answered=answered)

    bench.open()

    assert not bench.call(answered=True)


def test_an_open_circuit_refuses_until_it_has_cooled_down(bench: Bench) -> None:
    bench.open()

    bench.now += COOL_DOWN - 0.1
    assert bench.circuit.admit() is None
    bench.now += 0.1
    assert bench.circuit.admit() is not None


def test_one_probe_goes_through_and_its_success_closes(bench: Bench) -> None:
    bench.open()
    bench.now += COOL_DOWN

    probe = bench.circuit.admit()
    bench.now += 10 * COOL_DOWN
    assert probe is not None
    assert bench.circuit.admit() is None

    bench.circuit.settle(probe, answered=True)
    bench.open()


def test_a_failed_probe_opens_for_another_cool_down(bench: Bench) -> None:
    bench.open()
    bench.now += COOL_DOWN

    assert bench.call(answered=False)
    assert not bench.call(answered=True)
    bench.now += COOL_DOWN
    assert bench.call(answered=True)
    assert bench.call(answered=True)


def test_late_ends_of_earlier_calls_neither_open_nor_close(bench: Bench) -> None:
    early = [bench.circuit.admit() for _ in range(4)]
    bench.open()
    assert early[0] is not None
    bench.circuit.settle(early[0], answered=True)
    assert bench.circuit.admit() is None

    bench.now += COOL_DOWN
    assert bench.call(answered=True)
    for ticket in early[1:]:
        assert ticket is not None
        bench.circuit.settle(ticket, answered=False)
    assert bench.call(answered=True)


class Start(NamedTuple):
    """A call asks to be admitted."""


class End(NamedTuple):
    """One of the calls that are underway ends."""

    which: int
    answered: bool


class Wait(NamedTuple):
    seconds: float


@dataclass(eq=False)
class Phase:
    """Between two changes of state. Only calls that began in it count in it."""

    state: Literal["closed", "open", "probing"]
    since: float = 0.0
    failures: int = 0

    def admits(self, now: float) -> bool:
        return self.state == "closed" or (self.state == "open" and now - self.since >= COOL_DOWN)

    def after(self, *, answered: bool, now: float) -> "Phase":
        if answered:
            return Phase("closed") if self.state == "probing" else replace(self, failures=0)
        if self.state == "probing" or self.failures + 1 >= FAILURES:
            return Phase("open", now)
        return replace(self, failures=self.failures + 1)


class Model:
    """What the circuit promises, call by call."""

    def __init__(self) -> None:
        self.phases = [Phase("closed")]

    @property
    def phase(self) -> Phase:
        return self.phases[-1]

    def start(self, now: float) -> int | None:
        """The number of the phase that the call belongs to."""
        if not self.phase.admits(now):
            return None
        if self.phase.state == "open":
            self.phases.append(Phase("probing"))
        return len(self.phases)

    def end(self, number: int, *, answered: bool, now: float) -> None:
        if number != len(self.phases):
            return
        after = self.phase.after(answered=answered, now=now)
        if after.state == self.phase.state:
            self.phases[-1] = after
        else:
            self.phases.append(after)


STEPS = st.lists(
    st.builds(Start)
    | st.builds(End, st.integers(0, 9), st.sampled_from([True, False, False, False]))
    | st.builds(Wait, st.sampled_from([0.1, COOL_DOWN / 2, COOL_DOWN])),
    max_size=100,
)


@given(STEPS)
def test_calls_in_any_interleaving_are_admitted_as_promised(steps: list[Start | End | Wait]) -> None:
    bench, model = Bench(), Model()
    underway: list[tuple[int, int]] = []
    for step in steps:
        match step:
            case Wait(seconds):
                bench.now += seconds
            case Start():
                ticket, number = bench.circuit.admit(), model.start(bench.now)
                assert (ticket is None) == (number is None)
                if ticket is not None and number is not None:
                    underway.append((ticket, number))
            case End(which, answered) if underway:
                ticket, number = underway.pop(which % len(underway))
                bench.circuit.settle(ticket, answered=answered)
                model.end(number, answered=answered, now=bench.now)


def test_it_says_whether_it_would_admit_a_call(bench: Bench) -> None:
    assert bench.circuit.admits()
    bench.open()
    assert not bench.circuit.admits()
    bench.now += COOL_DOWN
    assert bench.circuit.admits()
    assert bench.circuit.admit() is not None  # the probe
    assert not bench.circuit.admits()
