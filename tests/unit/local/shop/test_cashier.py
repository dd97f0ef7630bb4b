"""The shop pays an order once, whatever it hears."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from local.shop.api import Answer, Api
from local.shop.cashier import UNAVAILABLE_TRIES, Cashier
from local.shop.orders import THINGS, Order, Orders

PAYMENT = {"id": "pay_1", "status": "captured"}
PROCESSING = Answer(202, {"id": "pay_1", "status": "processing"}, 0)
PAID = Answer(201, PAYMENT, 0)
DECLINED = Answer(402, {"code": "card_declined", "payment": {"id": "pay_1", "status": "declined"}}, 0)
REFUSED = Answer(502, {"code": "processor_error", "payment": {"id": "pay_1", "status": "failed"}}, 0)
INVALID = Answer(422, {"code": "card_invalid", "errors": [{"detail": "The card has expired."}]}, 0)
UNAVAILABLE = Answer(503, {"code": "processor_unavailable"}, 0)
UNDECIDED = [
    PROCESSING,
    Answer(409, {"code": "idempotency_key_in_progress"}, 0),
    Answer(429, {"code": "rate_limited"}, 0),
    Answer(500, {"code": "internal_error"}, 0),
    Answer(502, {"message": "Bad gateway"}, 0),
    Answer(504, {"code": "timeout"}, 0),
    requests.ConnectionError("lost"),
]


class Scripted(Api):
    """Answers one after the other; the last one again and again."""

    def __init__(self, *answers: Answer | Exception) -> None:
        super().__init__("http://127.0.0.1:1", "cli_1", "secret")
        self.answers = list(answers)
        self.sent: list[tuple[str, Mapping[str, Any], str]] = []

    def post(self, path: str, body: Mapping[str, Any], key: str) -> Answer:
        self.sent.append((path, body, key))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Impatient(threading.Event):
    """Nobody waits between two requests."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


@pytest.fixture
def order() -> Order:
    return Orders().open(THINGS["mug"])


def pay(order: Order, api: Api, times: int = 1) -> None:
    """And wait until the attempt is decided."""
    cashier = Cashier(api, Impatient())
    for _ in range(times):
        cashier.pay(order, "a.b.c.d.e")
    for thread in threading.enumerate():
        if thread.name.startswith(order.id):
            thread.join(30)


@pytest.mark.parametrize("undecided", UNDECIDED, ids=str)
def test_what_decides_nothing_is_followed_by_the_same_request(
    order: Order, undecided: Answer | Exception
) -> None:
    api = Scripted(undecided, undecided, PAID)
    pay(order, api)
    assert order.status == "paid"
    assert len(api.sent) == 3
    assert api.sent[0] == api.sent[1] == api.sent[2]


@pytest.mark.parametrize("last", [DECLINED, REFUSED, INVALID], ids=lambda answer: str(answer.status))
def test_after_a_no_there_may_be_another_attempt_with_a_key_of_its_own(order: Order, last: Answer) -> None:
    api = Scripted(last)
    pay(order, api)
    assert (order.status, len(api.sent)) == ("open", 1)
    assert "othing was charged" in order.message
    api.answers[:] = [PAID]
    pay(order, api)
    assert order.status == "paid"
    assert len({key for _, _, key in api.sent}) == 2


def test_a_processor_that_certainly_was_not_reached_is_given_up(order: Order) -> None:
    api = Scripted(UNAVAILABLE)
    pay(order, api)
    assert (order.status, len(api.sent)) == ("open", UNAVAILABLE_TRIES)


def test_an_order_that_is_paid_is_not_paid_again(order: Order) -> None:
    api = Scripted(PAID)
    pay(order, api)
    pay(order, api, times=3)
    assert len(api.sent) == 1


def test_two_clicks_begin_one_attempt(order: Order) -> None:
    assert order.begin()
    assert order.begin() is None
    assert (order.status, order.message) == ("paying", "Your payment is being made …")


def test_two_clicks_on_refund_have_one_key(order: Order) -> None:
    api = Scripted(Answer(201, {"id": "ref_1", "status": "succeeded"}))
    for _ in range(2):
        Cashier(api, Impatient()).refund(order, "pay_1", 500, 1)
    assert api.sent[0] == api.sent[1]
