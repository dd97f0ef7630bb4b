"""The simulator's faults, which tests order."""

import uuid
from typing import Any

import pytest
import requests

from tests.contract.processor.client import Client, problem, submission


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
        {"faults": [{"route": "payments.capture", "kind": "partial_approval"}]},
        {"faults": [{"route": "*", "kind": "slow", "count": 0}]},
        {"faults": [{"route": "*", "kind": "slow"}, {"route": "*", "kind": "fast"}]},
    ],
)
def test_unknown_faults_are_refused_whole(client: Client, bad_faults: Any) -> None:
    url = f"{client.url}/_simulator/faults"

    assert problem(requests.post(url, json=bad_faults, timeout=10)) == (400, "bad-request")
    assert requests.get(url, timeout=10).json() == {"faults": []}


def test_one_routes_faults_are_cleared_alone(client: Client) -> None:
    url = f"{client.url}/_simulator/faults"
    wanted = [{"route": route, "kind": "error_500"} for route in ("payments.list", "payments.get", "*")]
    requests.post(url, json={"faults": wanted}, timeout=10)

    left = requests.delete(url, params={"route": "payments.list"}, timeout=10).json()["faults"]

    assert [fault["route"] for fault in left] == ["payments.get", "*"]
    unknown = requests.delete(url, params={"route": "payments.void"}, timeout=10)
    assert problem(unknown) == (400, "bad-request")
    assert requests.get(url, timeout=10).json()["faults"] == left


def test_faults_are_listed_used_up_in_order_and_cleared(client: Client) -> None:
    url = f"{client.url}/_simulator/faults"
    wanted = [{"route": "payments.list", "kind": "error_503", "count": 2}, {"route": "*", "kind": "refused"}]
    requests.post(url, json={"faults": wanted}, timeout=10)

    assert [client.get("/payments").status_code for _ in range(2)] == [503, 503]
    assert [fault["kind"] for fault in requests.get(url, timeout=10).json()["faults"]] == ["refused"]
    assert requests.delete(url, timeout=10).json() == {"faults": []}
    assert client.get("/payments").status_code == 200


def test_a_partial_approval_is_of_half_rounded_down(client: Client) -> None:
    faults = {"faults": [{"route": "payments.create", "kind": "partial_approval", "count": 3}]}
    requests.post(f"{client.url}/_simulator/faults", json=faults, timeout=10)

    results = [
        client.post("/payments", submission(amount)).json()["transactionResult"]
        for amount in (4999, 1, 4901, 4999)
    ]

    fields = ("status", "responseCode", "processorResponseCode", "authorizedAmount")
    assert [tuple(result[field] for field in fields) for result in results] == [
        ("ready", "P", "10", 2499),
        ("declined", "D", "05", 0),
        ("declined", "D", "05", 0),
        ("ready", "A", "00", 4999),
    ]
    assert client.effects() == [("sale", 2499), ("sale", 4999)]


def test_only_a_new_payment_is_approved_in_part(client: Client) -> None:
    payment = client.pay(capture=False)
    faults = {"faults": [{"route": "*", "kind": "partial_approval"}]}
    requests.post(f"{client.url}/_simulator/faults", json=faults, timeout=10)

    assert client.capture(payment, 5000).json()["transactionResult"]["responseCode"] == "A"
    assert client.post("/payments", submission()).json()["transactionResult"]["responseCode"] == "P"
