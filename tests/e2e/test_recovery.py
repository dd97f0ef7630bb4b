"""The processor is down, and nobody knows what came of some operations: nothing is guessed meanwhile.

What becomes of them once it works again is in `test_books.py`.
"""

import pytest

from tests.e2e.caller import Caller, code_of, if_created
from tests.e2e.lost import Lost
from tests.integration.local.project import eventually


def test_a_payment_without_an_outcome_is_processing(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        if each.before is None:
            payment = each.answer.json()
            assert (payment["status"], payment["amount_captured"]) == ("processing", 0)
            assert (payment["failure"], payment["processor"]["reference"]) == (None, None)
            assert payment["next_check_at"] > payment["created_at"]


def test_a_capture_or_void_without_an_outcome_changes_nothing_yet(lost: list[Lost]) -> None:
    for each in lost:
        if each.name in {"captures", "void"} and each.before:
            shown = each.answer.json()
            assert shown.pop("next_check_at") > shown.pop("updated_at")
            assert shown == {name: each.before[name] for name in shown}


def test_a_refund_without_an_outcome_is_reserved(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        if each.name == "refunds" and each.before:
            assert each.answer.json()["status"] == "processing"
            payment = shop.read(each.before)
            assert (payment["status"], payment["amount_refunded"]) == ("captured", 0)
            assert payment["amount_refundable"] == 4_000
            assert payment["next_check_at"]


def test_the_same_request_hears_again_that_nobody_knows(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        again = shop.post(each.path, each.body, each.key)
        assert again.status_code == 202, each.name
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.json()["id"] == each.answer.json()["id"]


def test_another_request_with_the_key_is_refused(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        if "amount" in each.body:
            refused = shop.post(each.path, each.body | {"amount": 1}, each.key)
            assert (refused.status_code, code_of(refused)) == (422, "idempotency_key_reused")


def test_no_other_operation_is_begun(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        other = shop.post(f"/v1/payments/{each.payment_id}/captures", {"amount": 1})
        assert (other.status_code, code_of(other)) == (409, "operation_in_progress")
        assert int(other.headers["Retry-After"]) >= 1


def test_what_was_accepted_is_on_the_trail(shop: Caller, lost: list[Lost]) -> None:
    for each in lost:
        if each.before is None or each.name == "refunds":
            resource = each.answer.json()["id"]
            created = eventually(
                lambda resource=resource: shop.get("/v1/audits", resource=resource).json()["data"]
            )[-1]
            assert created["action"].endswith(".created")
            assert created["response"]["status"] == 202


@pytest.mark.usefixtures("recovered")
def test_once_it_works_again_money_moves_again(shop: Caller) -> None:
    payment = eventually(lambda: if_created(shop.post_payment()))
    eventually(lambda: if_created(shop.post(f"/v1/payments/{payment['id']}/refunds", {"amount": 1})))
