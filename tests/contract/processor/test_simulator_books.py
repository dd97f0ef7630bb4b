"""The simulator's books: how payments are found in them, and that they last."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.contract.processor.client import NUMBER, Client, problem, submission
from tests.contract.processor.scene import running


def test_payments_are_found_by_order_and_terminal(client: Client) -> None:
    wanted = client.post("/payments", submission(4901, order_id="pay_2")).json()
    client.post("/payments", submission(order_id="pay_3"))

    found = client.get("/payments", orderId="pay_2", processingTerminalId="1234001").json()

    assert found["data"] == [wanted]
    assert client.get("/payments", orderId="pay_2", processingTerminalId="1234009").json()["data"] == []
    assert client.get(f"/payments/{wanted['paymentId']}").json() == wanted
    assert problem(client.get("/payments/NOSUCH")) == (404, "not-found")


def test_a_list_is_walked_by_its_links_in_both_directions(client: Client) -> None:
    made = [client.post("/payments", submission(order_id=f"pay_{n}")).json()["paymentId"] for n in range(5)]

    def page(**query: str) -> tuple[list[str], dict[str, Any]]:
        body = client.get("/payments", limit="2", **query).json()
        return [payment["paymentId"] for payment in body["data"]], body

    first, body = page()
    second, _ = page(after=first[-1])
    last, end = page(after=second[-1])

    assert first + second + last == made[::-1]
    assert (body["limit"], body["count"], body["hasMore"], end["hasMore"]) == (2, 2, True, False)
    assert page(before=last[0])[0] == second
    assert [link["rel"] for link in body["links"]] == ["next"]


def test_a_list_is_bounded_by_dates(client: Client) -> None:
    client.post("/payments", submission())

    assert client.get("/payments", dateFrom="2020-01-01T00:00:00Z").json()["count"] == 1
    assert client.get("/payments", dateTo="2020-01-01").json()["count"] == 0


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "x"}, {"after": "NOSUCH"}, {"dateFrom": "yesterday"}]
)
def test_a_bad_filter_is_refused(client: Client, query: dict[str, str]) -> None:
    client.post("/payments", submission())

    assert problem(client.get("/payments", **query)) == (400, "bad-request")


def test_an_authorization_expires_and_holds_nothing_any_more(client: Client) -> None:
    held = client.post("/payments", submission() | {"autoCapture": False}).json()["paymentId"]
    before = client.transactions()

    assert client.expire(held).json()["transactionResult"]["status"] == "expired"
    assert client.get(f"/payments/{held}").json()["transactionResult"]["status"] == "expired"
    assert client.post(f"/payments/{held}/capture", {}).status_code == 409
    assert client.post(f"/payments/{held}/reverse", {}).status_code == 409
    assert client.transactions() == before


def test_only_what_is_held_expires(client: Client) -> None:
    sold = client.post("/payments", submission()).json()["paymentId"]

    assert client.expire(sold).status_code == 409
    assert client.expire("NOSUCH").status_code == 404


def test_the_books_survive_the_end_of_the_process(tmp_path: Path) -> None:
    state_file, key = tmp_path / "simulator.jsonl", str(uuid.uuid4())
    with running(state_file) as simulator:
        client = Client(simulator.url)
        first = client.post("/payments", submission(), key=key).json()
        client.post(f"/payments/{first['paymentId']}/refund", {"amount": 1, "description": "ref_1"})
        books = client.transactions()
    with state_file.open("ab") as journal:
        journal.write(b'{"key": "cut off by a ki')

    with running(state_file) as simulator:
        client = Client(simulator.url)
        assert client.transactions() == books
        assert client.post("/payments", submission(), key=key).json() == first
        assert client.post("/payments", submission()).status_code == 201


def test_a_file_that_is_not_the_simulators_is_left_alone(tmp_path: Path) -> None:
    state_file = tmp_path / "notes.txt"
    state_file.write_text("dear diary")

    with pytest.raises(ValueError, match="not a simulator journal"), running(state_file):
        pass
    assert state_file.read_text() == "dear diary"


def test_no_card_number_or_code_is_kept(tmp_path: Path) -> None:
    state_file = tmp_path / "simulator.jsonl"
    with running(state_file) as simulator:
        client = Client(simulator.url)
        client.post("/payments", submission(card={"cvv": "7391"}))
        client.post("/payments", submission(card={"expiryDate": "x"}))

    assert NUMBER not in state_file.read_text()
    assert '"7391"' not in state_file.read_text()
