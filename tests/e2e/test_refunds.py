"""Giving money back: never more than was taken."""

from typing import Any

import pytest

from local.simulator.faults import FaultKind, Route
from tests.e2e.caller import Caller, Object, code_of, created
from tests.e2e.processor import Processor


def refund(shop: Caller, payment: Object, **request: Any) -> Any:
    return shop.post(f"/v1/payments/{payment['id']}/refunds", request)


def test_a_refund_without_an_amount_gives_everything_back(shop: Caller, processor: Processor) -> None:
    payment = shop.pay()
    made = shop.refund(payment, reason="damaged in transit")
    assert made == {
        "id": made["id"],
        "object": "refund",
        "payment_id": payment["id"],
        "amount": 10_000,
        "currency": "USD",
        "status": "succeeded",
        "failure": None,
        "reason": "damaged in transit",
        "created_at": made["created_at"],
        "updated_at": made["updated_at"],
    }
    assert shop.get(f"/v1/payments/{payment['id']}/refunds/{made['id']}").json() == made
    after = shop.read(payment)
    assert (after["status"], after["amount_refunded"], after["amount_refundable"]) == ("captured", 10_000, 0)
    assert processor.effects(payment) == [("sale", 10_000), ("refund", 10_000)]


def test_refunds_in_parts_add_up_to_what_was_captured_and_no_further(shop: Caller) -> None:
    payment = shop.authorize()
    created(shop.post(f"/v1/payments/{payment['id']}/captures", {"amount": 6_000, "final": False}))
    shop.refund(payment, amount=4_000)
    too_much = refund(shop, payment, amount=2_001)
    assert (too_much.status_code, code_of(too_much)) == (422, "amount_exceeds_refundable")
    assert too_much.json()["errors"][0]["pointer"] == "/amount"
    assert shop.refund(payment)["amount"] == 2_000
    assert code_of(refund(shop, payment)) == "amount_exceeds_refundable"
    after = shop.read(payment)
    assert (after["status"], after["amount_capturable"], after["amount_refunded"]) == (
        "partially_captured",
        4_000,
        6_000,
    )


def test_a_payment_has_at_most_fifty_refunds(shop: Caller) -> None:
    payment = shop.pay()
    made = [shop.refund(payment, amount=1)["id"] for _ in range(50)]
    answer = refund(shop, payment, amount=1)
    assert (answer.status_code, code_of(answer)) == (409, "invalid_state")
    pages = shop.pages(f"/v1/payments/{payment['id']}/refunds", limit=20)
    assert [len(page) for page in pages] == [20, 20, 10]
    assert [each["id"] for page in pages for each in page] == made[::-1]


def test_only_what_was_captured_can_be_given_back(shop: Caller) -> None:
    payment = shop.authorize()
    answer = refund(shop, payment, amount=1)
    assert (answer.status_code, code_of(answer)) == (409, "invalid_state")


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [(FaultKind.DECLINED, 402, "refund_declined"), (FaultKind.REFUSED, 502, "processor_error")],
)
def test_a_rejected_refund_shows_itself_and_frees_its_amount(
    shop: Caller, processor: Processor, kind: FaultKind, status: int, code: str
) -> None:
    payment = shop.pay()
    processor.fail(Route.REFUND, kind)
    answer = refund(shop, payment, amount=7_000)
    assert (answer.status_code, code_of(answer)) == (status, code)
    failed = answer.json()["refund"]
    assert (failed["status"], failed["amount"], failed["payment_id"]) == ("failed", 7_000, payment["id"])
    assert shop.read(payment)["amount_refundable"] == 10_000
    assert shop.refund(payment)["amount"] == 10_000


def test_a_refund_belongs_to_its_payment(shop: Caller) -> None:
    payment, other = shop.pay(), shop.pay()
    made = shop.refund(payment, amount=1)
    answer = shop.get(f"/v1/payments/{other['id']}/refunds/{made['id']}")
    assert (answer.status_code, code_of(answer)) == (404, "not_found")
    assert shop.pages(f"/v1/payments/{other['id']}/refunds") == [[]]
