"""One payment in the processor's books, for people who look at it, and what they say of it."""

import pytest

from tests.contract.processor.fake import NO_ANSWER, LostAnswer
from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tollgate.handlers.reconciler import looked_up, resolved
from tollgate.operations.reconcile import ReconciliationPorts
from tollgate.wiring.reconciler import World


@pytest.fixture
def api() -> Api:
    return Api(clock=FakeClock(NOW))


def world(api: Api) -> World:
    return World(
        ReconciliationPorts(
            api.merchants, api.payments, api.payments, api.processor, api.trail, api.vault.outbox, api.clock
        )
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


def in_doubt(api: Api, *, effect: bool) -> str:
    """A payment with a refund of 4000 that nobody knows the outcome of, though it took effect or didn't."""
    paid = str(api.pay(amount=10_000).body["id"])
    api.processor.script(LostAnswer() if effect else NO_ANSWER)
    assert api.call("POST /v1/payments/{id}/refunds", {"amount": 4_000}, id=paid).status == 202
    api.later(60)
    return paid


def said(api: Api, payment_id: str, by: str, *, effect: bool, approves: bool = False) -> str | None:
    """Why it is refused, if it is."""
    words = {"took_effect": effect, "reference": "R2" if effect else None, "evidence": "ticket 7"}
    event = {"payment": payment_id, "said": {**words, "by": by, "approves": approves}}
    return resolved(event, f"req-{by}", world(api))["refused"]


@pytest.mark.parametrize("effect", [True, False])
def test_what_one_proposes_and_another_approves_is_the_outcome(api: Api, effect: bool) -> None:
    paid = in_doubt(api, effect=effect)

    assert said(api, paid, "ann", effect=effect) is None
    assert not api.stored(paid).latest.resolved
    assert "second person" in (said(api, paid, "ann", effect=effect, approves=True) or "")
    assert said(api, paid, "bob", effect=effect, approves=True) is None

    payment = api.call("GET /v1/payments/{id}", id=paid).body
    assert payment["amount_refunded"] == (4_000 if effect else 0)
    assert payment["amount_refundable"] == (6_000 if effect else 10_000)
    assert [each.by for each in api.stored(paid).latest.statements] == ["ann", "bob"]


@pytest.mark.parametrize("effect", [True, False])
def test_what_the_books_exclude_is_refused_and_not_stored(api: Api, effect: bool) -> None:
    paid = in_doubt(api, effect=effect)
    before = api.stored(paid)

    assert said(api, paid, "ann", effect=not effect)
    api.processor.books_closed = True
    assert "can't be read" in (said(api, paid, "ann", effect=effect) or "")
    assert said(api, "pay_none", "ann", effect=effect)
    assert api.stored(paid) == before


def test_who_is_slower_than_a_follow_up_has_to_look_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    paid = in_doubt(api, effect=True)
    monkeypatch.setattr(api.payments, "save", lambda payment: False)

    assert "changed just now" in (said(api, paid, "ann", effect=True) or "")
