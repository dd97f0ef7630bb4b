"""An authorization that has expired at the processor: how it ends with us."""

import pytest

from tests.contract.processor.fake import LostAnswer
from tests.examples import EXCHANGE, NOW, merchant, operation, payment
from tests.fakes.payments import FakePayments
from tests.unit.api.caller import RULES, Api
from tollgate.domain.balance import Status
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.history import history
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.domain.rules import amount_to_capture, amount_to_refund, amount_to_void
from tollgate.operations.end_authorization import end_authorization
from tollgate.operations.follow_up import Came

LATER = NOW + 8 * 86_400_000


@pytest.fixture
def payments() -> FakePayments:
    return FakePayments()


def stored(payments: FakePayments, payment: Payment) -> Payment:
    assert payments.add(payment, merchant()) == payment
    return payment


def authorized() -> Payment:
    return payment(capture_method=CaptureMethod.MANUAL).settled(Approved("M1", 10_000), NOW)


def test_it_ends_in_one_write_with_nothing_left_to_capture(payments: FakePayments) -> None:
    held = stored(payments, authorized())
    assert end_authorization(held, EXCHANGE, LATER, payments, expired=True)
    expired = payments.stored[held.id]
    assert (expired.balance.status, expired.balance.capturable) == (Status.EXPIRED, 0)
    assert (expired.version, expired.latest.resolved, expired.follow_up_at) == (held.version + 1, True, None)
    assert expired.as_of(held.id).balance == held.balance


def test_nothing_comes_after_it(payments: FakePayments) -> None:
    held = stored(payments, authorized())
    end_authorization(held, EXCHANGE, LATER, payments, expired=True)
    expired = payments.stored[held.id]
    for rule in (
        lambda: amount_to_capture(expired, None, final=True),
        lambda: amount_to_void(expired),
        lambda: amount_to_refund(expired, 1),
    ):
        with pytest.raises(Refusal) as refused:
            rule()
        assert refused.value.code is Code.INVALID_STATE
    assert not end_authorization(expired, EXCHANGE, LATER, payments, expired=True)


def test_it_is_on_the_payments_chain(payments: FakePayments) -> None:
    held = stored(payments, authorized())
    end_authorization(held, EXCHANGE, LATER, payments, expired=True)
    before, records = history(held), history(payments.stored[held.id])
    assert records[: len(before)] == before
    (last,) = records[len(before) :]
    assert (last.action.value, last.at, last.exchange) == ("payment.canceled", LATER, EXCHANGE)


@pytest.mark.parametrize(
    "other",
    [
        payment(),
        payment().settled(Approved("M1", 10_000), NOW),
        authorized().begun(operation(Kind.CAPTURE, "cap_1")),
    ],
    ids=["processing", "captured", "capturing"],
)
def test_only_an_authorization_that_nobody_works_on_expires(payments: FakePayments, other: Payment) -> None:
    stored(payments, other)
    assert not end_authorization(other, EXCHANGE, LATER, payments, expired=True)
    assert payments.stored[other.id] == other


@pytest.mark.parametrize("expired", [True, False])
def test_when_the_rest_has_run_out_what_was_captured_stays(payments: FakePayments, expired: bool) -> None:
    part = authorized().begun(operation(Kind.CAPTURE, "cap_1", 40, final=False))
    partly = stored(payments, part.settled(Approved("M1", 40), NOW))
    assert end_authorization(partly, EXCHANGE, LATER, payments, expired=expired)
    balance = payments.stored[partly.id].balance
    assert (balance.status, balance.captured, balance.capturable) == (Status.CAPTURED, 40, 0)


def test_what_was_reversed_elsewhere_is_canceled(payments: FakePayments) -> None:
    held = stored(payments, authorized())
    assert end_authorization(held, EXCHANGE, LATER, payments, expired=False)
    assert payments.stored[held.id].balance.status is Status.CANCELED


def test_a_capture_that_was_faster_wins(payments: FakePayments) -> None:
    held = stored(payments, authorized())
    capturing = held.begun(operation(Kind.CAPTURE, "cap_1"))
    assert payments.save(capturing)
    assert not end_authorization(held, EXCHANGE, LATER, payments, expired=True)
    assert payments.stored[held.id] == capturing


def test_an_authorization_without_an_outcome_that_has_expired_was_no_charge() -> None:
    api = Api()
    card = {"encrypted_card": api.card_keys.encrypt("mer_one")}
    api.processor.script(LostAnswer())
    unknown = api.pay(payment_method=card, capture_method="manual")
    assert unknown.status == 202
    api.processor.expire(api.processor.effects[0].reference)
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    failed = api.call("GET /v1/payments/{id}", id=unknown.body["id"]).body
    assert (failed["status"], failed["failure"]["code"]) == ("failed", "expired")
