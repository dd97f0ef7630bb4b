"""Callers at the same time: money moves once, and never more than there is."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from local.simulator.faults import FaultKind, Route
from tests.e2e.caller import MOST_THREADS, Caller, code_of, created
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually
from tests.together import together


def test_sixty_four_threads_with_one_key_make_one_charge(shop: Caller, processor: Processor) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    answers = together([partial(shop.post, "/v1/payments", body, key)] * MOST_THREADS)
    paid = [answer.json() for answer in answers if answer.status_code == 201]
    refused = Counter(code_of(answer) for answer in answers if answer.status_code == 409)
    assert len(paid) + refused["idempotency_key_in_progress"] == MOST_THREADS, Counter(map(str, answers))
    assert {payment["id"] for payment in paid} == {paid[0]["id"]}
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers if answer.ok) <= 1
    assert processor.effects(paid[0]) == [("sale", 10_000)]


def test_sixty_four_requests_with_a_fresh_access_token_are_all_answered(shop: Caller) -> None:
    fresh = replace(shop)
    assert fresh.session.headers["Authorization"] != shop.session.headers["Authorization"]
    answers = together([partial(fresh.get, "/v1/payments", limit=1)] * MOST_THREADS)
    assert Counter(answer.status_code for answer in answers) == {200: MOST_THREADS}


def test_of_two_refunds_of_sixty_on_a_hundred_one_is_made(shop: Caller, processor: Processor) -> None:
    payment = shop.pay(amount=10_000)
    refunds = f"/v1/payments/{payment['id']}/refunds"
    answers = together([partial(shop.post, refunds, {"amount": 6_000})] * 2)
    (refused,) = [answer for answer in answers if answer.status_code != 201]
    assert code_of(refused) in {"operation_in_progress", "amount_exceeds_refundable"}
    assert processor.effects(payment) == [("sale", 10_000), ("refund", 6_000)]
    assert shop.read(payment)["amount_refundable"] == 4_000


def test_many_partial_refunds_at_once_never_exceed_what_was_captured(
    shop: Caller, processor: Processor
) -> None:
    payment = shop.pay(amount=10_000)
    asked = partial(shop.post, f"/v1/payments/{payment['id']}/refunds", {"amount": 3_000})
    first = [partial(asked, str(uuid.uuid4())) for _ in range(8)]
    made = 0
    while made < 3:  # who was refused because another one was at work asks again with the same key
        answers = together(first)
        made = sum(answer.status_code == 201 for answer in answers)
        assert made <= 3
        given_back = [amount for kind, amount in processor.effects(payment) if kind == "refund"]
        assert given_back == [3_000] * made
        assert shop.read(payment)["amount_refunded"] == sum(given_back)
    refused = {code_of(answer) for answer in together(first) if answer.status_code != 201}
    assert refused == {"amount_exceeds_refundable"}
    assert shop.read(payment)["amount_refundable"] == 1_000
    assert processor.effects(payment) == [("sale", 10_000), *[("refund", 3_000)] * 3]


def test_of_a_capture_and_a_void_one_wins(shop: Caller, processor: Processor) -> None:
    payment = shop.authorize()
    path = f"/v1/payments/{payment['id']}"
    answers = together([partial(shop.post, f"{path}/captures", {}), partial(shop.post, f"{path}/void", {})])
    (refused,) = [answer for answer in answers if answer.status_code != 201]
    assert code_of(refused) in {"operation_in_progress", "invalid_state"}
    effects = [kind for kind, _ in processor.effects(payment)]
    if shop.read(payment)["status"] == "captured":
        assert effects == ["authorization", "capture"]
    else:
        assert effects == ["authorization", "reversal"]


def test_while_a_request_executes_its_key_and_its_payment_are_taken(
    shop: Caller, processor: Processor
) -> None:
    payment = shop.authorize()
    captures, key = f"/v1/payments/{payment['id']}/captures", str(uuid.uuid4())
    processor.fail(Route.CAPTURE, FaultKind.SLOW, seconds=2)
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(shop.post, captures, {}, key)
        eventually(lambda: not processor.faults())
        same, other = shop.post(captures, {}, key), shop.post(f"/v1/payments/{payment['id']}/void", {})
        captured = created(first.result())
    assert (same.status_code, code_of(same)) == (409, "idempotency_key_in_progress")
    assert (other.status_code, code_of(other)) == (409, "operation_in_progress")
    for refused in (same, other):
        assert int(refused.headers["Retry-After"]) >= 1
        assert refused.json()["retryable"] is True
    assert created(shop.post(captures, {}, key)) == captured
