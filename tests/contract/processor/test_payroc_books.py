"""Payroc's adapter looking things up at a processor that fails."""

from pathlib import Path

import pytest
import requests

from local.simulator import Simulator
from tests.contract.processor.scene import ACCOUNT, charge, faults, new_key, payroc, running
from tollgate.adapters.payroc import Payroc
from tollgate.domain.outcome import NotAttempted, Outcome, Unknown
from tollgate.ports import BooksUnavailable

FOR_EVER = 4_102_444_800_000
TROUBLES = [
    "timeout_before_effect",
    "timeout_after_effect",
    "connection_reset_after_effect",
    "error_500",
    "error_503",
    "rate_limited",
    "refused",
]


@pytest.mark.parametrize("kind", ["timeout_before_effect", "connection_reset_after_effect", "error_503"])
def test_a_passing_fault_is_survived(simulator: Simulator, kind: str) -> None:
    faults(simulator.url, ("payments.list", kind, 1))

    assert payroc(simulator.url).find(ACCOUNT, "pay_1") == ()


@pytest.mark.parametrize("route", ["payments.list", "authorize"])
@pytest.mark.parametrize("kind", TROUBLES)
def test_trouble_that_lasts_is_no_evidence(simulator: Simulator, route: str, kind: str) -> None:
    processor = payroc(simulator.url)
    faults(simulator.url, (route, kind, 9))

    assert isinstance(processor.find(ACCOUNT, "pay_1"), Unknown)
    with pytest.raises(BooksUnavailable):
        list(processor.listed(ACCOUNT, 0, FOR_EVER))


def test_a_list_that_breaks_off_says_so(simulator: Simulator) -> None:
    processor = payroc(simulator.url)
    for _ in range(26):
        processor.send(ACCOUNT, new_key(), charge())

    traces = processor.listed(ACCOUNT, 0, FOR_EVER)
    first_page = [next(traces) for _ in range(25)]
    faults(simulator.url, ("payments.list", "error_500", 9))

    assert len({trace.reference for trace in first_page}) == 25
    with pytest.raises(BooksUnavailable):
        next(traces)


def test_a_processor_that_is_down_has_no_books(tmp_path: Path) -> None:
    with running(tmp_path / "simulator.jsonl") as simulator:
        processor = payroc(simulator.url)

    assert isinstance(processor.find(ACCOUNT, "pay_1"), Unknown)


def test_an_account_that_is_not_configured_has_no_books() -> None:
    processor = Payroc({}, lambda _: "")

    assert processor.find(ACCOUNT, "pay_1") == Unknown("the processor account 'main' is not configured")
    with pytest.raises(BooksUnavailable, match="'main' is not configured"):
        list(processor.listed(ACCOUNT, 0, FOR_EVER))


@pytest.mark.parametrize(
    ("kind", "effects"), [("timeout_before_effect", 0), ("connection_reset_after_effect", 1)]
)
def test_what_an_unknown_outcome_came_to_is_found(simulator: Simulator, kind: str, effects: int) -> None:
    processor = payroc(simulator.url)
    faults(simulator.url, ("payments.create", kind, 3))

    outcome: Outcome = processor.send(ACCOUNT, new_key(), charge())
    traces = processor.find(ACCOUNT, "pay_1")

    assert isinstance(outcome, Unknown)
    assert isinstance(traces, tuple)
    assert len(traces) == effects


def test_what_was_not_attempted_is_not_found(simulator: Simulator) -> None:
    processor = payroc(simulator.url)
    faults(simulator.url, ("payments.create", "rate_limited", 1))

    assert isinstance(processor.send(ACCOUNT, new_key(), charge()), NotAttempted)
    assert processor.find(ACCOUNT, "pay_1") == ()
    assert requests.get(f"{simulator.url}/_simulator/faults", timeout=10).json() == {"faults": []}
