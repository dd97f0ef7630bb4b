"""Operations whose outcome got lost on its way from the processor, of every kind."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import requests

from local.simulator.faults import FaultKind, Route
from tests.e2e.caller import Caller, Object, if_created
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually

ACCEPTED = 202
FOR_GOOD = 10_000


@dataclass(frozen=True)
class Lost:
    """A request that was answered 202. `outcome`: the answer that its repetition must have in the end."""

    name: str
    path: str
    body: Object
    key: str
    answer: requests.Response
    before: Object | None
    outcome: int
    effects: tuple[str, ...]

    @property
    def payment_id(self) -> str:
        body = self.answer.json()
        return body.get("payment_id", body["id"])


@dataclass(frozen=True)
class _Request:
    """`before`: the payment that the operation is about. `effects`: what the processor's books show of the
    payment in the end, in their order."""

    name: str
    route: Route
    body: Object
    effects: tuple[str, ...]
    before: Object | None = None
    outcome: int = 201

    @property
    def path(self) -> str:
        return f"/v1/payments/{self.before['id']}/{self.name}" if self.before else "/v1/payments"


def lose_answers(shop: Caller, processor: Processor) -> list[Lost]:
    """One operation of each kind that took effect, and one that didn't. The processor stays down."""
    shop.refund(eventually(lambda: if_created(shop.post_payment())), amount=1)
    with_effect = [_lose(shop, processor, each, after_effect=True) for each in _with_effect(shop)]
    without_effect = [_lose(shop, processor, each, after_effect=False) for each in _without_effect(shop)]
    processor.fail(Route.ANY, FaultKind.ERROR_500, FOR_GOOD)
    return with_effect + without_effect


def _with_effect(shop: Caller) -> Iterator[_Request]:
    yield _Request("card charged", Route.CREATE, _by_card(shop), ("sale",))
    yield _Request("token charged", Route.CREATE, shop.payment_request(), ("sale",))
    yield from _steps(shop)


def _without_effect(shop: Caller) -> Iterator[_Request]:
    # The code that may have been in the card isn't kept, so that the request can't be made again.
    yield _Request("card not charged", Route.CREATE, _by_card(shop), (), outcome=502)
    yield _Request("token not charged", Route.CREATE, shop.payment_request(), ("sale",))
    yield from _steps(shop)


def _steps(shop: Caller) -> Iterator[_Request]:
    """Lazily: each payment is made when the processor works."""
    part = {"amount": 6_000}
    yield _Request("captures", Route.CAPTURE, part, ("authorization", "capture"), shop.authorize())
    yield _Request("void", Route.REVERSE, {}, ("authorization", "reversal"), shop.authorize())
    yield _Request("refunds", Route.REFUND, part, ("sale", "refund"), shop.pay())


def _by_card(shop: Caller) -> Object:
    return shop.payment_request(payment_method={"encrypted_card": shop.card()})


def _lose(shop: Caller, processor: Processor, request: _Request, *, after_effect: bool) -> Lost:
    key = str(uuid.uuid4())
    processor.close_batch()  # what is refunded is settled
    if after_effect:
        processor.fail(request.route, FaultKind.CONNECTION_RESET_AFTER_EFFECT)
    processor.fail(request.route, FaultKind.ERROR_500, FOR_GOOD)
    answer = shop.post(request.path, request.body, key)
    processor.works()
    assert answer.status_code == ACCEPTED, (request.name, answer.text)
    return Lost(
        request.name,
        request.path,
        request.body,
        key,
        answer,
        request.before,
        request.outcome,
        request.effects,
    )
