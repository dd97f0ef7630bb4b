"""Operations whose outcome got lost on its way from the processor, of every kind."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import requests

from local.simulator.faults import FaultKind, Route
from ops.onboarding import Stage
from tests.e2e.caller import Caller, Object
from tests.e2e.processor import Processor

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
    """`before` makes the payment that the operation is about. `effects`: what the processor's books show of
    the payment in the end, in their order."""

    name: str
    route: Route
    body: Callable[[], Object]
    effects: tuple[str, ...]
    step: str = ""
    before: Callable[[], Object] | None = None
    outcome: int = 201


def lose_answers(shop: Caller, processor: Processor) -> list[Lost]:
    """One operation of each kind that took effect, and one that didn't. The processor stays down."""
    with_effect = [_lose(shop, processor, each, after_effect=True) for each in _with_effect(shop)]
    without_effect = [_lose(shop, processor, each, after_effect=False) for each in _without_effect(shop)]
    processor.fail(Route.ANY, FaultKind.ERROR_500, FOR_GOOD)
    return with_effect + without_effect


def set_worker(stage: Stage, *, running: bool) -> None:
    """While it rests, nobody but the requests themselves comes back to open operations."""
    name = stage.physical_name("worker")
    for mapping in stage.functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]:
        stage.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=running)


def _with_effect(shop: Caller) -> Iterator[_Request]:
    yield _Request("card charged", Route.CREATE, lambda: _by_card(shop), ("sale",))
    yield _Request("token charged", Route.CREATE, shop.payment_request, ("sale",))
    yield from _steps(shop)


def _without_effect(shop: Caller) -> Iterator[_Request]:
    # The code that may have been in the card isn't kept, so that the request can't be made again.
    yield _Request("card not charged", Route.CREATE, lambda: _by_card(shop), (), outcome=502)
    yield _Request("token not charged", Route.CREATE, shop.payment_request, ("sale",))
    yield from _steps(shop)


def _steps(shop: Caller) -> Iterator[_Request]:
    steps = (
        ("captures", Route.CAPTURE, shop.authorize, {"amount": 6_000}, ("authorization", "capture")),
        ("void", Route.REVERSE, shop.authorize, {}, ("authorization", "reversal")),
        ("refunds", Route.REFUND, shop.pay, {"amount": 6_000}, ("sale", "refund")),
    )
    for step, route, before, body, effects in steps:
        yield _Request(step, route, lambda body=body: dict(body), effects, step, before)


def _by_card(shop: Caller) -> Object:
    return shop.payment_request(payment_method={"encrypted_card": shop.card()})


def _lose(shop: Caller, processor: Processor, request: _Request, *, after_effect: bool) -> Lost:
    before = request.before() if request.before else None
    path = f"/v1/payments/{before['id']}/{request.step}" if before else "/v1/payments"
    sent: dict[str, Any] = {"body": request.body(), "key": str(uuid.uuid4())}
    if after_effect:
        processor.fail(request.route, FaultKind.CONNECTION_RESET_AFTER_EFFECT)
    processor.fail(request.route, FaultKind.ERROR_500, FOR_GOOD)
    answer = shop.post(path, **sent)
    processor.works()
    assert answer.status_code == 202, (request.name, answer.text)
    return Lost(
        request.name,
        path,
        **sent,
        answer=answer,
        before=before,
        outcome=request.outcome,
        effects=request.effects,
    )
