"""Batches at the simulator: what may be reversed, what refunded, and what the books show of either."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.contract.processor.client import Client, problem
from tests.contract.processor.scene import running

CLOSED = (409, "cannot-be-modified")


def books(client: Client, payment_id: str) -> tuple[str, int, list[int], list[str]]:
    """Status, authorized amount, refunds, and what may be done."""
    body: dict[str, Any] = client.get(f"/payments/{payment_id}").json()
    result = body["transactionResult"]
    refunds = [entry["amount"] for entry in body["refunds"]]
    return result["status"], result["authorizedAmount"], refunds, body["supportedOperations"]


def test_a_sale_is_in_the_open_batch_until_that_is_closed(client: Client) -> None:
    payment = client.pay()
    assert books(client, payment) == ("ready", 5000, [], ["fullyReverse", "partiallyReverse"])

    assert client.happens("batches/close").json() == {"closed": 1}

    assert books(client, payment) == ("complete", 5000, [], ["refund"])
    assert client.happens("batches/close").json() == {"closed": 0}


def test_what_is_settled_is_refunded_and_not_reversed(client: Client) -> None:
    payment = client.pay()
    client.happens("batches/close")

    assert problem(client.reverse(payment)) == CLOSED
    assert problem(client.reverse(payment, 1000)) == CLOSED
    answer = client.refund(payment, 2000).json()

    assert [entry["amount"] for entry in answer["refunds"]] == [2000]
    assert books(client, payment) == ("complete", 5000, [2000], ["refund"])
    assert client.effects() == [("sale", 5000), ("refund", 2000)]


@pytest.mark.parametrize("step", ["reverse", "refund"])
def test_in_an_open_batch_all_is_reversed_for_good_and_no_refund_is_listed(client: Client, step: str) -> None:
    payment = client.pay()

    answer = getattr(client, step)(payment, 5000).json()

    assert (answer["transactionResult"]["status"], answer["refunds"]) == ("reversal", [])
    assert books(client, payment) == ("reversal", 5000, [], [])
    assert client.effects() == [("sale", 5000), ("reversal", 5000)]
    assert problem(client.refund(payment, 1)) == CLOSED
    assert client.happens("batches/close").json() == {"closed": 0}


@pytest.mark.parametrize("step", ["reverse", "refund"])
def test_in_an_open_batch_a_part_is_taken_back_and_the_rest_is_settled(client: Client, step: str) -> None:
    payment = client.pay()

    answer = getattr(client, step)(payment, 2000).json()

    assert (answer["transactionResult"]["authorizedAmount"], answer["refunds"]) == (3000, [])
    assert books(client, payment) == ("ready", 3000, [], ["fullyReverse", "partiallyReverse"])
    assert problem(getattr(client, step)(payment, 3001)) == (400, "bad-request")
    client.happens("batches/close")
    assert books(client, payment) == ("complete", 3000, [], ["refund"])
    assert problem(client.refund(payment, 3001)) == (400, "bad-request")
    assert client.refund(payment, 3000).json()["refunds"][0]["amount"] == 3000
    assert client.effects() == [("sale", 5000), ("reversal", 2000), ("refund", 3000)]


def test_parts_that_add_up_to_all_reverse_the_payment(client: Client) -> None:
    payment = client.pay()

    for part in (2000, 3000):
        assert client.reverse(payment, part).status_code == 200

    assert books(client, payment)[0] == "reversal"


def test_an_authorization_is_not_in_a_batch_but_its_capture_is(client: Client) -> None:
    payment = client.pay(capture=False)
    assert client.happens("batches/close").json() == {"closed": 0}
    assert books(client, payment) == ("pending", 5000, [], ["capture", "fullyReverse"])

    assert client.capture(payment, 3000).json()["transactionResult"]["status"] == "ready"
    client.happens("batches/close")
    assert books(client, payment) == ("complete", 3000, [], ["capture", "refund"])

    client.capture(payment, 2000)
    assert books(client, payment) == ("ready", 5000, [], ["refund", "partiallyReverse"])
    assert problem(client.reverse(payment)) == CLOSED
    assert client.reverse(payment, 2000).status_code == 200
    assert books(client, payment) == ("complete", 3000, [], ["refund"])


def test_a_refund_of_more_than_the_open_batch_holds_is_a_refund(client: Client) -> None:
    payment = client.pay(capture=False)
    client.capture(payment, 3000)
    client.happens("batches/close")
    client.capture(payment, 2000)

    assert client.refund(payment, 4000).json()["refunds"][0]["amount"] == 4000
    assert client.reverse(payment, 1000).status_code == 200
    assert problem(client.refund(payment, 1)) == (400, "bad-request")
    assert client.effects()[-2:] == [("refund", 4000), ("reversal", 1000)]


def test_a_refund_is_settled_with_its_batch(client: Client) -> None:
    payment = client.pay()
    client.happens("batches/close")
    client.refund(payment, 1)

    def status() -> str:
        return client.get(f"/payments/{payment}").json()["refunds"][0]["status"]

    assert status() == "ready"
    client.happens("batches/close")
    assert status() == "complete"


def test_a_partly_captured_authorization_loses_its_rest_and_keeps_what_was_taken(client: Client) -> None:
    payment = client.pay(capture=False)
    client.capture(payment, 3000)

    assert client.expire(payment).status_code == 200

    assert books(client, payment) == ("ready", 3000, [], ["fullyReverse", "partiallyReverse"])
    assert problem(client.capture(payment, 1)) == CLOSED
    client.reverse(payment)
    assert client.effects()[-1] == ("reversal", 3000)


class Clock:
    now = datetime(2026, 11, 27, 23, 59, 58, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def midnight_passes(self) -> None:
        self.now = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watched(tmp_path: Path, clock: Clock) -> Iterator[Client]:
    with running(tmp_path / "simulator.jsonl", now=clock) as simulator:
        yield Client(simulator.url)


def test_the_batch_closes_at_midnight(watched: Client, clock: Clock) -> None:
    yesterdays = watched.pay()
    clock.midnight_passes()
    todays = watched.pay()

    assert [books(watched, payment)[0] for payment in (yesterdays, todays)] == ["complete", "ready"]
    assert problem(watched.reverse(yesterdays)) == CLOSED
    assert watched.reverse(todays).status_code == 200


def test_it_closes_while_the_simulator_is_down_and_stays_closed(tmp_path: Path, clock: Clock) -> None:
    state_file = tmp_path / "state.jsonl"
    with running(state_file, now=clock) as simulator:
        payment = Client(simulator.url).pay()
    clock.midnight_passes()
    for _ in range(2):
        with running(state_file, now=clock) as simulator:
            assert books(Client(simulator.url), payment)[0] == "complete"


def test_a_restart_does_not_close_it(tmp_path: Path) -> None:
    state_file = tmp_path / "state.jsonl"
    with running(state_file) as simulator:
        client = Client(simulator.url)
        settled = client.pay()
        client.happens("batches/close")
        payment = client.pay()
    with running(state_file) as simulator:
        client = Client(simulator.url)
        assert [books(client, each)[0] for each in (settled, payment)] == ["complete", "ready"]
