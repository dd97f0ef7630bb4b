"""The processor says at once that an authorization is over; its books show it later."""

from collections.abc import Callable

import pytest

from tests.unit.api.caller import RULES, Api
from tollgate.operations.follow_up import Came

READ = "GET /v1/payments/{id}"
CAPTURES = "POST /v1/payments/{id}/captures"


def expires(api: Api, reference: str) -> None:
    api.processor.expire(reference)


def is_reversed_elsewhere(api: Api, reference: str) -> None:
    api.processor.reverse_elsewhere(reference)


@pytest.fixture
def held(api: Api) -> str:
    return api.pay(capture_method="manual").body["id"]


@pytest.mark.parametrize(
    ("ends", "status"),
    [(expires, "expired"), (is_reversed_elsewhere, "canceled")],
    ids=["expired", "canceled"],
)
def test_the_capture_is_declined_at_once_and_the_payment_ends_as_the_books_show_it(
    api: Api, held: str, ends: Callable[[Api, str], None], status: str
) -> None:
    api.processor.books_lag = True
    ends(api, api.stored(held).processor_reference or "")
    declined = api.call(CAPTURES, {}, id=held, key="k1")
    assert (declined.status, declined.code) == (502, "processor_error")
    assert api.call(READ, id=held).body["next_check_at"] is None
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.WATCHING]
    assert api.call(READ, id=held).body["status"] == "authorized"
    api.processor.books_lag = False
    api.later(RULES.longest * 2)
    assert api.follow_up() == [Came.RESOLVED]
    shown = api.call(READ, id=held).body
    assert (shown["status"], shown["amount_capturable"]) == (status, 0)
    assert api.call(CAPTURES, {}, id=held).code == "invalid_state"
    assert api.call(CAPTURES, {}, id=held, key="k1").code == "processor_error"


def test_the_watch_ends_when_the_books_go_on_to_show_the_authorization(api: Api, held: str) -> None:
    api.processor.books_lag = True
    expires(api, api.stored(held).processor_reference or "")
    api.call(CAPTURES, {}, id=held)
    for _ in range(60):
        api.later(RULES.longest)
        api.follow_up()
    assert api.follow_up() == []
    assert api.call(READ, id=held).body["status"] == "authorized"
