"""`/v1/payments/{id}/refunds`."""

import pytest

from tests.contract.processor.fake import ISSUER_DECLINE, NO_ANSWER, NOT_ATTEMPTED, REFUSAL
from tests.unit.api.caller import Api

REFUND = "POST /v1/payments/{id}/refunds"
LIST = "GET /v1/payments/{id}/refunds"
READ = "GET /v1/payments/{id}/refunds/{refund_id}"
PAYMENT = "GET /v1/payments/{id}"


@pytest.fixture
def paid(api: Api) -> str:
    return api.pay().body["id"]


def refundable(api: Api, payment_id: str) -> int:
    return api.call(PAYMENT, id=payment_id).body["amount_refundable"]


def test_a_part_then_the_rest_is_given_back(api: Api, paid: str) -> None:
    part = api.call(REFUND, {"amount": 2_500, "reason": "damaged"}, id=paid)
    assert (part.status, part.body["status"], part.body["amount"]) == (201, "succeeded", 2_500)
    rest = api.call(REFUND, id=paid)
    assert rest.body["amount"] == 7_500
    payment = api.call(PAYMENT, id=paid).body
    assert (payment["amount_refunded"], payment["amount_refundable"]) == (10_000, 0)
    assert payment["status"] == "captured"
    assert api.call(REFUND, id=paid).code == "amount_exceeds_refundable"


def test_two_refunds_of_sixty_on_a_hundred_leave_one(api: Api, paid: str) -> None:
    assert api.call(REFUND, {"amount": 6_000}, id=paid).status == 201
    refused = api.call(REFUND, {"amount": 6_000}, id=paid)
    assert (refused.status, refused.code) == (422, "amount_exceeds_refundable")
    assert refundable(api, paid) == 4_000


def test_the_same_key_refunds_once(api: Api, paid: str) -> None:
    first = api.call(REFUND, {"amount": 1_000}, id=paid, key="r1")
    again = api.call(REFUND, {"amount": 1_000}, id=paid, key="r1")
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert api.call(REFUND, {"amount": 1_001}, id=paid, key="r1").code == "idempotency_key_reused"
    assert refundable(api, paid) == 9_000


def test_a_key_is_scoped_to_its_path(api: Api, paid: str) -> None:
    other = api.pay().body["id"]
    assert api.call(REFUND, {"amount": 1}, id=paid, key="k").status == 201
    assert api.call(REFUND, {"amount": 2}, id=other, key="k").status == 201


def test_a_failed_refund_says_why_for_good(api: Api, paid: str) -> None:
    good = api.call(REFUND, {"amount": 1}, id=paid)
    assert good.body["failure"] is None
    api.processor.script(ISSUER_DECLINE)
    declined = api.call(REFUND, {"amount": 1_000}, id=paid).body["refund"]
    assert declined["failure"]["category"] == "issuer_declined"
    assert declined["failure"].keys() == {"code", "category", "message", "retryable"}
    assert api.call(READ, id=paid, refund_id=declined["id"]).body == declined
    assert api.call(LIST, id=paid).body["data"][0]["failure"] == declined["failure"]


def test_a_declined_refund_frees_its_amount_and_shows_itself(api: Api, paid: str) -> None:
    api.processor.script(ISSUER_DECLINE)
    declined = api.call(REFUND, {"amount": 1_000}, id=paid, key="r1")
    assert (declined.status, declined.code) == (402, "refund_declined")
    assert declined.body["refund"]["status"] == "failed"
    assert refundable(api, paid) == 10_000
    assert api.call(REFUND, {"amount": 1_000}, id=paid, key="r1").status == 402


def test_a_refund_that_the_processor_refuses_is_a_502_with_the_refund(api: Api, paid: str) -> None:
    api.processor.script(REFUSAL)
    refused = api.call(REFUND, id=paid)
    assert (refused.status, refused.code) == (502, "processor_error")
    assert refused.body["refund"]["status"] == "failed"


def test_an_unknown_refund_stays_reserved_and_blocks_the_next(api: Api, paid: str) -> None:
    api.processor.script(NO_ANSWER, NO_ANSWER)
    unknown = api.call(REFUND, {"amount": 4_000}, id=paid)
    api.processor.books_closed = True
    assert (unknown.status, unknown.body["status"]) == (202, "processing")
    payment = api.call(PAYMENT, id=paid).body
    assert (payment["amount_refunded"], payment["amount_refundable"]) == (0, 6_000)
    assert payment["next_check_at"] is not None
    refused = api.call(REFUND, {"amount": 1}, id=paid)
    assert (refused.status, refused.code) == (409, "operation_in_progress")
    assert "Retry-After" in refused.headers


def test_a_refund_that_was_not_attempted_reserves_nothing(api: Api, paid: str) -> None:
    api.processor.script(NOT_ATTEMPTED)
    assert api.call(REFUND, id=paid, key="r1").status == 503
    assert refundable(api, paid) == 10_000
    assert api.call(LIST, id=paid).body["data"] == []
    assert api.call(REFUND, id=paid, key="r1").status == 201


def test_only_captured_money_can_be_given_back(api: Api) -> None:
    authorized = api.pay(capture_method="manual").body["id"]
    assert api.call(REFUND, id=authorized).code == "invalid_state"
    api.call("POST /v1/payments/{id}/captures", {"amount": 100, "final": False}, id=authorized)
    assert api.call(REFUND, {"amount": 101}, id=authorized).code == "amount_exceeds_refundable"
    assert api.call(REFUND, {"amount": 100}, id=authorized).status == 201


def test_refunds_are_read_one_by_one_and_listed_newest_first(api: Api, paid: str) -> None:
    made = []
    for _ in range(3):
        api.clock.advance(1)
        made.append(api.call(REFUND, {"amount": 1}, id=paid).body)
    assert api.call(READ, id=paid, refund_id=made[0]["id"]).body == made[0]
    first = api.call(LIST, id=paid, query={"limit": "2"}).body
    second = api.call(LIST, id=paid, query={"cursor": first["next_cursor"]}).body
    assert [*first["data"], *second["data"]] == made[::-1]
    assert (first["has_more"], second["has_more"]) == (True, False)


def test_a_refund_is_found_on_its_own_payment_only(api: Api, paid: str) -> None:
    refund = api.call(REFUND, {"amount": 1}, id=paid).body["id"]
    other = api.pay().body["id"]
    assert api.call(READ, id=other, refund_id=refund).code == "not_found"
    assert api.call(READ, id=paid, refund_id=paid).code == "not_found"
    assert api.call(READ, id=paid, refund_id=refund, merchant="mer_two").code == "not_found"
    assert api.call(REFUND, id=paid, merchant="mer_two").code == "not_found"
