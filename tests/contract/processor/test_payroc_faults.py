"""Payroc's adapter against a processor that fails: what it says, and what took effect."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from local.ports import free_port
from local.simulator import Simulator
from tests.contract.processor.scene import (
    ACCOUNT,
    PATIENT,
    InstantClock,
    approved,
    charge,
    close_batch,
    effects_at,
    faults,
    new_key,
    payroc,
    running,
)
from tollgate.adapters.payroc import CredentialsUnavailable, Limits, Payroc, PayrocAccount
from tollgate.domain.instruction import Capture, Refund, Reversal
from tollgate.domain.outcome import Approved, Declined, FailureCategory, NotAttempted, Outcome, Unknown

IMPATIENT = Limits(connect_seconds=2, read_seconds=0.3, backoff_seconds=0, sends=2)

OPERATIONS: dict[str, Callable[[Payroc, str, str], Outcome]] = {
    "payments.create": lambda processor, key, _: processor.send(ACCOUNT, key, charge()),
    "payments.capture": lambda processor, key, reference: processor.send(
        ACCOUNT, key, Capture(reference, 100, "USD")
    ),
    "payments.reverse": lambda processor, key, reference: processor.send(
        ACCOUNT, key, Reversal(reference, 5000, "USD")
    ),
    "payments.refund": lambda processor, key, reference: processor.send(
        ACCOUNT, key, Refund(reference, 100, "USD", "ref_1")
    ),
}


def prepared(simulator: Simulator, route: str) -> str:
    """A payment on which the route's operation is allowed. In an open batch a refund would be a reversal."""
    refunds = route == "payments.refund"
    paid = approved(payroc(simulator.url).send(ACCOUNT, new_key(), charge(capture=refunds)))
    if refunds:
        close_batch(simulator.url)
    return paid.reference


@pytest.mark.parametrize("route", OPERATIONS)
@pytest.mark.parametrize(
    "kind",
    ["timeout_before_effect", "timeout_after_effect", "connection_reset_after_effect", "error_500", "slow"],
)
def test_a_passing_fault_is_survived_with_one_effect(simulator: Simulator, route: str, kind: str) -> None:
    processor = payroc(simulator.url)
    reference = prepared(simulator, route)
    before = effects_at(simulator.url)
    faults(simulator.url, (route, kind, 1))

    outcome = OPERATIONS[route](processor, new_key(), reference)

    assert isinstance(outcome, Approved)
    assert len(effects_at(simulator.url)) == len(before) + 1


@pytest.mark.parametrize("route", OPERATIONS)
def test_an_answer_that_comes_too_late_is_asked_for_again(simulator: Simulator, route: str) -> None:
    reference = prepared(simulator, route)
    before = effects_at(simulator.url)
    faults(simulator.url, (route, "slow", 1), seconds=600)

    outcome = OPERATIONS[route](payroc(simulator.url, limits=IMPATIENT), new_key(), reference)

    assert isinstance(outcome, Approved)
    assert len(effects_at(simulator.url)) == len(before) + 1


@pytest.mark.parametrize("route", OPERATIONS)
@pytest.mark.parametrize(
    ("kind", "effects"),
    [
        ("timeout_before_effect", 0),
        ("timeout_after_effect", 1),
        ("connection_reset_after_effect", 1),
        ("error_500", 0),
        ("error_503", 0),
    ],
)
def test_an_outcome_that_stays_ambiguous_is_unknown_until_asked_for_again(
    simulator: Simulator, route: str, kind: str, effects: int
) -> None:
    processor, key = payroc(simulator.url), new_key()
    reference = prepared(simulator, route)
    before = effects_at(simulator.url)
    faults(simulator.url, (route, kind, PATIENT.sends))

    outcome = OPERATIONS[route](processor, key, reference)

    assert isinstance(outcome, Unknown)
    assert len(effects_at(simulator.url)) == len(before) + effects
    assert isinstance(OPERATIONS[route](processor, key, reference), Approved)
    assert len(effects_at(simulator.url)) == len(before) + 1


@pytest.mark.parametrize("route", OPERATIONS)
@pytest.mark.parametrize(
    ("kind", "category"),
    [("declined", FailureCategory.ISSUER_DECLINED), ("refused", FailureCategory.PROCESSOR_ERROR)],
)
def test_a_no_is_final(simulator: Simulator, route: str, kind: str, category: FailureCategory) -> None:
    processor, key = payroc(simulator.url), new_key()
    reference = prepared(simulator, route)
    before = effects_at(simulator.url)
    faults(simulator.url, (route, kind, 1))

    outcome = OPERATIONS[route](processor, key, reference)

    assert isinstance(outcome, Declined)
    assert outcome.failure.category is category
    assert OPERATIONS[route](processor, key, reference) == outcome
    assert effects_at(simulator.url) == before


def test_a_refused_rate_is_not_attempted_and_not_sent_again(simulator: Simulator) -> None:
    faults(simulator.url, ("payments.create", "rate_limited", 2))

    assert isinstance(payroc(simulator.url).send(ACCOUNT, new_key(), charge()), NotAttempted)
    assert requests.get(f"{simulator.url}/_simulator/faults", timeout=10).json()["faults"][0]["count"] == 1


@pytest.mark.parametrize("kind", ["rate_limited", "refused"])
def test_nothing_but_a_2xx_settles_what_may_have_arrived(simulator: Simulator, kind: str) -> None:
    faults(simulator.url, ("payments.create", "error_500", 1), ("payments.create", kind, 1))

    assert isinstance(payroc(simulator.url).send(ACCOUNT, new_key(), charge()), Unknown)


@pytest.mark.parametrize("kind", ["error_500", "rate_limited", "refused", "timeout_after_effect"])
def test_without_an_access_token_nothing_is_attempted(simulator: Simulator, kind: str) -> None:
    processor, key = payroc(simulator.url), new_key()
    faults(simulator.url, ("authorize", kind, PATIENT.sends))

    assert isinstance(processor.send(ACCOUNT, key, charge()), NotAttempted)
    assert effects_at(simulator.url) == []
    requests.delete(f"{simulator.url}/_simulator/faults", timeout=10)
    assert isinstance(processor.send(ACCOUNT, key, charge()), Approved)


def test_a_passing_fault_of_the_identity_service_is_survived(simulator: Simulator) -> None:
    faults(simulator.url, ("authorize", "error_503", 1))

    assert isinstance(payroc(simulator.url).send(ACCOUNT, new_key(), charge()), Approved)


def test_a_wrong_api_key_is_not_attempted(simulator: Simulator) -> None:
    processor = payroc(simulator.url, api_key="another-key")

    assert isinstance(processor.send(ACCOUNT, new_key(), charge()), NotAttempted)


def test_unavailable_credentials_are_not_attempted(simulator: Simulator) -> None:
    def credentials(account: str, /) -> str:
        raise CredentialsUnavailable(account)

    accounts = {ACCOUNT.account: PayrocAccount(f"{simulator.url}/v1", simulator.url, "processor-main")}

    outcome = Payroc(accounts, credentials).send(ACCOUNT, new_key(), charge())

    assert isinstance(outcome, NotAttempted)


def test_an_account_that_is_not_configured_is_not_attempted(simulator: Simulator) -> None:
    outcome = Payroc({}, lambda _: "").send(ACCOUNT, new_key(), charge())

    assert outcome == NotAttempted("the processor account 'main' is not configured")


def test_a_token_that_ended_early_is_renewed_once(tmp_path: Path) -> None:
    state_file, port = tmp_path / "simulator.jsonl", free_port()
    with running(state_file, port) as simulator:
        processor = payroc(simulator.url)
        reference = prepared(simulator, "payments.capture")

    with running(state_file, port) as restarted:
        assert isinstance(processor.send(ACCOUNT, new_key(), Capture(reference, 100, "USD")), Approved)
        assert len(effects_at(restarted.url)) == 2


def test_a_processor_that_is_down_is_not_attempted(tmp_path: Path) -> None:
    with running(tmp_path / "simulator.jsonl") as simulator:
        processor = payroc(simulator.url)
        reference = prepared(simulator, "payments.capture")

    assert isinstance(processor.send(ACCOUNT, new_key(), Capture(reference, 100, "USD")), NotAttempted)


def test_a_processor_that_goes_down_after_a_lost_answer_leaves_it_unknown(tmp_path: Path) -> None:
    state_file, port = tmp_path / "simulator.jsonl", free_port()
    key = new_key()
    with running(state_file, port) as simulator:
        processor = payroc(simulator.url, clock=InstantClock(on_sleep=simulator.stop))
        faults(simulator.url, ("payments.create", "connection_reset_after_effect", 1))

        assert isinstance(processor.send(ACCOUNT, key, charge()), Unknown)

    with running(state_file, port) as restarted:
        assert isinstance(payroc(restarted.url).send(ACCOUNT, key, charge()), Approved)
        assert len(effects_at(restarted.url)) == 1
