"""One payment in the processor's books, for people who look at it."""

import pytest

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tollgate.handlers.reconciler import looked_up
from tollgate.operations.reconcile import ReconciliationPorts
from tollgate.wiring.reconciler import World


@pytest.fixture
def api() -> Api:
    return Api(clock=FakeClock(NOW))


def world(api: Api) -> World:
    return World(
        ReconciliationPorts(api.merchants, api.payments, api.payments, api.processor, api.trail, api.clock)
    )


def test_the_books_of_one_payment(api: Api) -> None:
    paid = api.pay(amount=10_000).body["id"]

    found = looked_up(paid, world(api))

    assert found["unread"] is None
    (trace,) = found["books"]
    assert (trace["order_id"], trace["status"], trace["captured"]) == (paid, "approved", 10_000)


def test_books_that_cant_be_read_say_why(api: Api) -> None:
    paid = api.pay().body["id"]
    api.processor.books_closed = True

    assert looked_up(paid, world(api)) == {"books": None, "unread": "the processor didn't answer"}


def test_a_payment_that_isnt_ours_is_none(api: Api) -> None:
    with pytest.raises(LookupError):
        looked_up("pay_none", world(api))
