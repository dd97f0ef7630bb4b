"""A request that heard "nothing was attempted" has no effect, then or later, and its key is free."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.processor.fake import NOT_ATTEMPTED, FakeProcessor, LostAnswer
from tests.fakes.payments import FakePayments
from tests.unit.api.caller import Api
from tollgate.domain.instruction import Instruction
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome


class Repeating(FakePayments):
    """Remembers every write, to have it arrive once more."""

    def __init__(self) -> None:
        super().__init__()
        self.copies: list[Callable[[], object]] = []

    def _write(self, call: str, act: Callable[[], Any]) -> Any:
        self.copies.append(act)
        return super()._write(call, act)


@pytest.fixture
def payments() -> Repeating:
    return Repeating()


@pytest.fixture
def api(payments: Repeating) -> Api:
    return Api(payments=payments)


def test_an_intent_that_arrives_once_more_after_its_withdrawal_charges_nobody(
    api: Api, payments: Repeating
) -> None:
    token = api.token()
    api.processor.script(NOT_ATTEMPTED)
    assert api.pay(key="order-1", payment_method={"token": token}).code == "processor_unavailable"
    for late in list(payments.copies):
        late()
    api.later(60)
    assert api.follow_up() == []
    assert api.processor.effects == []
    again = api.pay(key="order-1", payment_method={"token": token})
    assert again.status == 201
    assert len(api.processor.effects) == 1


def test_a_withdrawn_payment_is_nobodys(api: Api) -> None:
    api.processor.script(NOT_ATTEMPTED)
    assert api.pay(key="order-1").status == 503
    (payment_id,) = api.payments.withdrawn
    assert api.call("GET /v1/payments/{id}", id=payment_id).status == 404
    assert api.call("GET /v1/payments").body["data"] == []
    refund = api.call("POST /v1/payments/{id}/refunds", id=payment_id)
    assert refund.status == 404


class Meanwhile(FakeProcessor):
    """While it is at work, something happens once."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__()
        self._happens = [happens]

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        if self._happens:
            self._happens.pop()()
        return super().send(account, key, instruction)


@pytest.fixture
def forgetful(payments: Repeating) -> Api:
    """Its table loses every row while the processor works."""
    return Api(payments=payments, processor=Meanwhile(payments.stored.clear))


def test_an_approved_payment_whose_row_is_gone_is_put_back(forgetful: Api) -> None:
    token = forgetful.token()
    first = forgetful.pay(key="order-1", payment_method={"token": token})
    assert first.status == 201
    assert forgetful.payments.gone == [first.body["id"]]
    again = forgetful.pay(key="order-1", payment_method={"token": token})
    assert (again.status, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert len(forgetful.processor.effects) == 1
    assert [each["id"] for each in forgetful.call("GET /v1/payments").body["data"]] == [first.body["id"]]


def test_what_is_unknown_is_put_back_too_and_followed_up(forgetful: Api) -> None:
    forgetful.processor.script(LostAnswer())
    assert forgetful.pay(key="order-1").status == 202
    forgetful.later(60)
    assert [str(each) for each in forgetful.follow_up()] == ["resolved"]
    assert len(forgetful.processor.effects) == 1
