"""Payments at the simulator: Payroc's wire contract where it is documented."""

import http.client
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.contract.processor.client import Client, problem, submission


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
        (4903, ("ready", "A", "00", "APPROVAL")),
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


def test_parallel_requests_with_one_key_hear_one_answer(client: Client) -> None:
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(lambda _: client.post("/payments", submission(), key=key).text, range(32)))

    assert len(set(answers)) == 1
    assert len(client.transactions()) == 1


def test_half_a_request_is_none_and_leaves_its_key_free(client: Client) -> None:
    key, content = str(uuid.uuid4()), json.dumps(submission()).encode()
    address = urlsplit(client.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    headers = {"Authorization": client.authorization, "Idempotency-Key": key}
    connection.putrequest("POST", "/v1/payments")
    for name, value in {**headers, "Content-Length": str(len(content))}.items():
        connection.putheader(name, value)
    connection.endheaders(content[:20])
    connection.close()

    assert client.post("/payments", submission(), key=key).status_code == 201
    assert len(client.transactions()) == 1
