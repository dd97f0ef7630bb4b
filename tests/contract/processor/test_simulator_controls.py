"""What tests may make happen at the simulator without a request of Payroc's, and what it then shows."""

from typing import Any

import requests

from tests.contract.processor.client import Client, problem


def shown(client: Client, payment_id: str) -> Any:
    return requests.get(f"{client.url}/_simulator/payments/{payment_id}", timeout=10)


def test_a_payment_is_shown_to_tests_as_payroc_would_show_it(client: Client) -> None:
    payment = client.pay()

    assert shown(client, payment).json() == client.get(f"/payments/{payment}").json()
    assert problem(shown(client, "NOSUCH")) == (404, "not-found")


def test_a_sale_that_is_held_out_of_settlement_is_pending_and_not_taken(client: Client) -> None:
    assert client.happens("holds", count=1).status_code == 200
    held, next_one = client.pay(), client.pay()

    results = [client.get(f"/payments/{each}").json()["transactionResult"] for each in (held, next_one)]
    assert [(each["type"], each["status"]) for each in results] == [("sale", "pending"), ("sale", "ready")]
    assert client.happens("batches/close").json() == {"closed": 1}
    assert client.get(f"/payments/{held}").json()["transactionResult"]["status"] == "pending"
    assert problem(client.refund(held, 1)) == (409, "cannot-be-modified")
    assert client.effects() == [("authorization", 5000), ("sale", 5000)]

    assert client.happens(f"payments/{held}/release").json()["transactionResult"]["status"] == "ready"
    assert client.effects()[-1] == ("capture", 5000)
    assert problem(client.happens(f"payments/{held}/release")) == (409, "cannot-be-modified")


def test_a_held_sale_is_released_by_a_reversal(client: Client) -> None:
    client.happens("holds")
    held = client.pay()

    assert client.reverse(held).json()["transactionResult"]["status"] == "reversal"
    assert client.effects() == [("authorization", 5000), ("reversal", 5000)]


def test_a_number_of_holds_that_cannot_be_is_refused(client: Client) -> None:
    assert problem(client.happens("holds", count=0)) == (400, "bad-request")
    assert problem(client.happens("holds", payments=1)) == (400, "bad-request")


def test_books_that_lag_miss_what_happens_until_they_catch_up(client: Client) -> None:
    old = client.pay(capture=False)
    client.happens("books/lag")
    new = client.pay()
    client.capture(old, 5000)

    assert client.get("/payments").json()["count"] == 1
    assert client.get(f"/payments/{old}").json()["transactionResult"]["type"] == "preAuthorization"
    assert problem(client.get(f"/payments/{new}")) == (404, "not-found")
    assert shown(client, new).status_code == 200

    requests.delete(f"{client.url}/_simulator/books/lag", timeout=10)
    assert client.get("/payments").json()["count"] == 2
    assert client.get(f"/payments/{old}").json()["transactionResult"]["type"] == "preAuthorizationCompletion"


def test_a_refund_that_the_books_do_not_show_yet_has_no_entry_in_its_answer(client: Client) -> None:
    payment = client.pay()
    client.happens("batches/close")
    client.refund(payment, 1000)
    client.happens("books/lag")

    assert [entry["amount"] for entry in client.refund(payment, 2000).json()["refunds"]] == [1000]
    assert [entry["amount"] for entry in shown(client, payment).json()["refunds"]] == [1000, 2000]
    assert client.effects()[-1] == ("refund", 2000)


def test_a_refund_is_found_with_its_description(client: Client) -> None:
    payment = client.pay()
    client.happens("batches/close")
    entry = client.refund(payment, 1000).json()["refunds"][0]

    found = client.get(f"/refunds/{entry['refundId']}").json()

    assert found["refundId"] == entry["refundId"]
    assert (found["order"]["description"], found["order"]["amount"]) == ("ref_1", 1000)
    assert (found["payment"]["paymentId"], found["payment"]["status"]) == (payment, "complete")
    assert found["transactionResult"]["type"] == "refund"
    assert problem(client.get("/refunds/NOSUCH")) == (404, "not-found")


def test_an_unknown_control_is_not_found(client: Client) -> None:
    payment = client.pay()

    assert problem(client.happens("batches/open")) == (404, "not-found")
    assert problem(client.happens(f"payments/{payment}")) == (404, "not-found")
    assert problem(client.happens(f"payments/{payment}/settle")) == (404, "not-found")
