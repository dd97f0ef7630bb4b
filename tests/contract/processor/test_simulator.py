"""The simulator by itself: Payroc's wire contract where it is documented, and the routes for tests."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from local.simulator import Simulator
from tests.contract.processor.scene import API_KEY, running

NUMBER = "4539858876047062"


class Client:
    """Plain HTTP with an access token."""

    def __init__(self, url: str) -> None:
        self.url = url
        granted = requests.post(f"{url}/authorize", headers={"x-api-key": API_KEY}, timeout=10).json()
        self.authorization = f"Bearer {granted['access_token']}"

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> requests.Response:
        sent = {"Authorization": self.authorization, "Idempotency-Key": key or str(uuid.uuid4())} | headers
        return requests.post(f"{self.url}/v1{path}", json=body, headers=sent, timeout=10)

    def get(self, path: str, **query: str) -> requests.Response:
        headers = {"Authorization": self.authorization}
        return requests.get(f"{self.url}/v1{path}", params=query, headers=headers, timeout=10)

    def transactions(self) -> list[dict[str, Any]]:
        return requests.get(f"{self.url}/_simulator/transactions", timeout=10).json()["data"]


@pytest.fixture
def client(simulator: Simulator) -> Client:
    return Client(simulator.url)


def submission(
    amount: int = 4999, order_id: str = "pay_1", card: dict[str, str] | None = None
) -> dict[str, Any]:
    keyed = {"dataFormat": "plainText", "cardNumber": NUMBER, "expiryDate": "1234", "cvv": "123"}
    keyed |= card or {}
    return {
        "channel": "web",
        "processingTerminalId": "1234001",
        "order": {"orderId": order_id, "amount": amount, "currency": "USD"},
        "paymentMethod": {"type": "card", "cardDetails": {"entryMethod": "keyed", "keyedData": keyed}},
    }


def problem(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("https://docs.payroc.com/api/errors#")


def test_a_payment_is_answered_as_documented(client: Client) -> None:
    answer = client.post("/payments", submission())

    body = answer.json()
    assert answer.status_code == 201
    assert {"paymentId", "processingTerminalId", "order", "card", "transactionResult"} <= body.keys()
    assert body["card"]["cardNumber"] == "453985******7062"
    assert body["transactionResult"]["type"] == "sale"
    assert body["transactionResult"]["status"] == "ready"


@pytest.mark.parametrize(
    ("amount", "result"),
    [
        (4999, ("ready", "A", "00", "APPROVAL")),
        (4901, ("declined", "D", "05", "Do Not Honor")),
        (4902, ("referral", "R", "01", "Refer to Card Issuer")),
        (1403, ("declined", "D", "00", "AVS FAILURE")),
    ],
)
def test_the_amounts_of_the_functional_tests_trigger_their_results(
    client: Client, amount: int, result: tuple[str, ...]
) -> None:
    answer = client.post("/payments", submission(amount))

    fields = ("status", "responseCode", "processorResponseCode", "responseMessage")
    assert answer.status_code == 201
    assert tuple(answer.json()["transactionResult"][field] for field in fields) == result


def test_an_expired_card_is_declined(client: Client) -> None:
    answer = client.post("/payments", submission(card={"expiryDate": "0120"}))

    assert (answer.status_code, answer.json()["transactionResult"]["responseCode"]) == (201, "D")
    assert client.transactions() == []


@pytest.mark.parametrize("card", [{"cardNumber": "4539858876047063"}, {"expiryDate": "12/34"}, {"cvv": "x"}])
def test_card_data_that_cannot_be_is_refused_without_being_repeated(
    client: Client, card: dict[str, str]
) -> None:
    answer = client.post("/payments", submission(card=card))

    assert problem(answer) == (400, "bad-request")
    assert "paymentMethod.cardDetails.keyedData" in answer.json()["errors"][0]["parameter"]
    assert "45398588" not in answer.text


@pytest.mark.parametrize("terminal", ["", "main", 1234001])
def test_a_terminal_that_cannot_be_is_refused(client: Client, terminal: Any) -> None:
    answer = client.post("/payments", submission() | {"processingTerminalId": terminal})

    assert problem(answer) == (400, "bad-request")


def test_a_capture_names_the_payments_own_terminal(client: Client) -> None:
    payment = client.post("/payments", submission() | {"autoCapture": False}).json()["paymentId"]

    answer = client.post(f"/payments/{payment}/capture", {"processingTerminalId": "1234002"})

    assert problem(answer) == (400, "bad-request")


def test_a_post_needs_a_key_that_is_a_uuid_of_version_4(client: Client) -> None:
    headers = {"Authorization": client.authorization}
    missing = requests.post(f"{client.url}/v1/payments", json=submission(), headers=headers, timeout=10)

    assert problem(missing) == (400, "idempotency-key-missing")
    assert problem(client.post("/payments", submission(), key=str(uuid.uuid1()))) == (400, "bad-request")


def test_a_key_belongs_to_its_uri_and_body(client: Client) -> None:
    key = str(uuid.uuid4())
    first = client.post("/payments", submission(), key=key)
    payment = first.json()["paymentId"]

    assert client.post("/payments", submission(), key=key).text == first.text
    assert problem(client.post("/payments", submission(5000), key=key)) == (409, "idempotency-key-in-use")
    elsewhere = client.post(f"/payments/{payment}/refund", submission(), key=key)
    assert problem(elsewhere) == (409, "idempotency-key-in-use")
    assert len(client.transactions()) == 1


def test_who_corrects_a_refused_request_needs_a_new_key(client: Client) -> None:
    key = str(uuid.uuid4())
    client.post("/payments", submission(card={"cvv": "x"}), key=key)

    assert problem(client.post("/payments", submission(), key=key)) == (409, "idempotency-key-in-use")


def test_requests_without_a_good_token_are_refused_and_use_up_no_fault(client: Client) -> None:
    faults = {"faults": [{"route": "*", "kind": "error_500"}]}
    requests.post(f"{client.url}/_simulator/faults", json=faults, timeout=10)

    refused = client.post("/payments", submission(), Authorization="Bearer another")

    assert problem(refused) == (401, "not-authorized")
    assert problem(client.post("/payments", submission())) == (500, "api-error")
    assert client.post("/payments", submission()).status_code == 201


def test_an_error_saves_nothing_under_the_key(client: Client) -> None:
    key = str(uuid.uuid4())
    faults = {"faults": [{"route": "payments.create", "kind": "error_503", "count": 2}]}
    requests.post(f"{client.url}/_simulator/faults", json=faults, timeout=10)

    statuses = [client.post("/payments", submission(), key=key).status_code for _ in range(3)]

    assert statuses == [503, 503, 201]


@pytest.mark.parametrize(
    "bad_faults",
    [
        [],
        {},
        {"faults": [{"route": "payments.void", "kind": "slow"}]},
        {"faults": [{"route": "*", "kind": "slow", "count": 0}]},
        {"faults": [{"route": "*", "kind": "slow"}, {"route": "*", "kind": "fast"}]},
    ],
)
def test_unknown_faults_are_refused_whole(client: Client, bad_faults: Any) -> None:
    url = f"{client.url}/_simulator/faults"

    assert problem(requests.post(url, json=bad_faults, timeout=10)) == (400, "bad-request")
    assert requests.get(url, timeout=10).json() == {"faults": []}


def test_faults_are_listed_used_up_in_order_and_cleared(client: Client) -> None:
    url = f"{client.url}/_simulator/faults"
    wanted = [{"route": "payments.list", "kind": "error_503", "count": 2}, {"route": "*", "kind": "refused"}]
    requests.post(url, json={"faults": wanted}, timeout=10)

    assert [client.get("/payments").status_code for _ in range(2)] == [503, 503]
    assert [fault["kind"] for fault in requests.get(url, timeout=10).json()["faults"]] == ["refused"]
    assert requests.delete(url, timeout=10).json() == {"faults": []}
    assert client.get("/payments").status_code == 200


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


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(client: Client, body: bytes) -> None:
    headers = {
        "Authorization": client.authorization,
        "Idempotency-Key": str(uuid.uuid4()),
        "Content-Type": "application/json",
    }

    answer = requests.post(f"{client.url}/v1/payments", data=body, headers=headers, timeout=10)

    assert problem(answer) == (400, "bad-request")


def test_another_media_type_is_refused(client: Client) -> None:
    answer = client.post("/payments", submission(), **{"Content-Type": "text/plain"})

    assert problem(answer) == (415, "unsupported-media-type")


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


def test_parallel_requests_with_one_key_hear_one_answer(client: Client) -> None:
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(lambda _: client.post("/payments", submission(), key=key).text, range(32)))

    assert len(set(answers)) == 1
    assert len(client.transactions()) == 1
