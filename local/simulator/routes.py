"""From an HTTP request to its reply: which route, whether it may, which fault hits it, what it answers."""

import re
import uuid
from dataclasses import dataclass, replace
from email.message import Message
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from local.simulator.access import Access
from local.simulator.controls import Controls
from local.simulator.faults import Fault, FaultKind, Faults, Route
from local.simulator.ledger import Answer, Effect, Ledger
from local.simulator.listing import list_payments
from local.simulator.operations import Command, Operation, capture, create, refund, reverse
from local.simulator.problems import Problem, invalid, not_found
from local.simulator.wire import payment_body, refund_body

_ROUTES = (
    ("POST", re.compile(r"/authorize"), Route.AUTHORIZE),
    ("POST", re.compile(r"/v1/payments"), Route.CREATE),
    ("GET", re.compile(r"/v1/payments"), Route.LIST),
    ("GET", re.compile(r"/v1/payments/(\w+)"), Route.GET),
    ("POST", re.compile(r"/v1/payments/(\w+)/capture"), Route.CAPTURE),
    ("POST", re.compile(r"/v1/payments/(\w+)/reverse"), Route.REVERSE),
    ("POST", re.compile(r"/v1/payments/(\w+)/refund"), Route.REFUND),
    ("GET", re.compile(r"/v1/refunds/(\w+)"), Route.GET),
)
_OPERATIONS: dict[Route, Operation] = {
    Route.CREATE: create,
    Route.CAPTURE: capture,
    Route.REVERSE: reverse,
    Route.REFUND: refund,
}
# 429 and 503 are not in Payroc's specification; a network in front of it may answer them all the same.
_ERRORS = {
    FaultKind.ERROR_500: (500, "api-error", "Service offline"),
    FaultKind.ERROR_503: (503, "api-error", "Service unavailable"),
    FaultKind.RATE_LIMITED: (429, "too-many-requests", "Too many requests"),
}


class Ending(Enum):
    """How an exchange ends for the client."""

    ANSWER = "answer"
    CLOSE = "close without an answer"
    RESET = "reset the connection"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; `target` is its path with the query."""

    method: str
    target: str
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What happens after `seconds`. `body` is a JSON document."""

    status: int
    body: Any
    seconds: float = 0.0
    ending: Ending = Ending.ANSWER


class Routes:
    """Payroc's routes, and those for tests under `/_simulator`. A payment's or refund's id is in the path."""

    def __init__(self, access: Access, faults: Faults, ledger: Ledger) -> None:
        self._access = access
        self._faults = faults
        self._ledger = ledger
        self._controls = Controls(faults, ledger)

    def reply(self, request: Request) -> Reply:
        """The reply; all of the request's effect has taken place when this returns."""
        try:
            url = urlsplit(request.target)
            if url.path.startswith("/_simulator/"):
                return Reply(200, self._controls.answer(request.method, url.path, url.query, request.body))
            for method, pattern, route in _ROUTES:
                match = pattern.fullmatch(url.path)
                if match and method == request.method:
                    return self._payroc(request, route, "".join(match.groups()))
            raise not_found()
        except Problem as problem:
            return Reply(problem.status, problem.body())

    def _payroc(self, request: Request, route: Route, resource: str) -> Reply:
        """A fault counts requests that may be made: one with a bad token is refused, and uses up none."""
        if route is Route.AUTHORIZE:
            self._access.check_api_key(request.headers.get("x-api-key"))
        else:
            self._access.check_bearer(request.headers.get("Authorization"))
        fault = self._faults.take(route)
        if fault is None:
            return self._answer(request, route, resource, None)
        if fault.kind in _ERRORS:
            raise Problem(*_ERRORS[fault.kind])
        if fault.kind is FaultKind.TIMEOUT_BEFORE_EFFECT:
            return Reply(0, None, fault.seconds, Ending.CLOSE)
        return _spoiled(self._answer(request, route, resource, fault.kind), fault)

    def _answer(self, request: Request, route: Route, resource: str, fault: FaultKind | None) -> Reply:
        if route in _OPERATIONS:
            answer = self._operate(request, route, resource, fault)
            return Reply(answer.status, answer.body)
        if fault in (FaultKind.REFUSED, FaultKind.DECLINED):
            raise _refusal()
        if route is Route.AUTHORIZE:
            return Reply(200, self._access.issue())
        if route is Route.GET:
            return Reply(200, self._one(request, resource))
        query = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
        return Reply(200, list_payments(self._ledger.payments(), query))

    def _one(self, request: Request, resource: str) -> dict[str, Any]:
        if request.target.startswith("/v1/refunds"):
            return refund_body(*self._ledger.shown_refund(resource))
        return payment_body(self._ledger.shown(resource))

    def _operate(self, request: Request, route: Route, payment_id: str, fault: FaultKind | None) -> Answer:
        _check_media_type(request)
        key = _idempotency_key(request)
        command = Command(key, payment_id, request.body, self._ledger.now(), fault)

        def effect() -> Effect:
            if fault is FaultKind.REFUSED:
                raise _refusal()
            return _OPERATIONS[route](self._ledger, command)

        return self._ledger.once(key, request.target.encode() + b"\n" + request.body, effect)


def _spoiled(reply: Reply, fault: Fault) -> Reply:
    match fault.kind:
        case FaultKind.TIMEOUT_AFTER_EFFECT:
            return replace(reply, seconds=fault.seconds, ending=Ending.CLOSE)
        case FaultKind.CONNECTION_RESET_AFTER_EFFECT:
            return replace(reply, ending=Ending.RESET)
        case FaultKind.SLOW:
            return replace(reply, seconds=fault.seconds)
        case _:
            return reply


def _refusal() -> Problem:
    return Problem(400, "bad-request", "The request was refused, as a test asked")


def _check_media_type(request: Request) -> None:
    if request.body and request.headers.get_content_type() != "application/json":
        raise Problem(415, "unsupported-media-type", "The body must be application/json")


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if not key:
        raise Problem(400, "idempotency-key-missing", "The Idempotency-Key header is missing")
    try:
        version = uuid.UUID(key).version
    except ValueError:
        version = None
    if version != 4:
        raise invalid("Idempotency-Key", "The key must be a UUID of version 4")
    return key
