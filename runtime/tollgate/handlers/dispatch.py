"""One API function: find the route, check the scope, answer, and put the access on record first."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from tollgate import telemetry
from tollgate.domain.audit import Action, Audit, AuditOutcome, Resource
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.identifiers import is_id
from tollgate.domain.merchant import Merchant, Scope
from tollgate.handlers.exchange import Access, Reply, Request, answer, request_of
from tollgate.handlers.problem import PROBLEMS, internal_error, problem
from tollgate.ports import Clock, Ids, Merchants, Trail


class Recording(Protocol):
    """What every API function has: a trail, and what a record on it needs."""

    @property
    def trail(self) -> Trail: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...


World = TypeVar("World", bound=Recording)


@dataclass(frozen=True, slots=True)
class Route(Generic[World]):
    """`resource_type` and `parameter` name what a refusal on this route is put on record against."""

    scope: Scope
    handle: Callable[[Request, World], Reply]
    resource_type: str
    parameter: str | None = None

    def resource(self, request: Request) -> Resource:
        """An id that can't be one of ours isn't kept: it may be anything, a card number too."""
        named = request.parameters.get(self.parameter or "")
        return Resource(self.resource_type, named if named and is_id(named) else None)


DENIALS = {Code.INSUFFICIENT_SCOPE, Code.NOT_FOUND}


def serve(
    event: Mapping[str, Any], routes: Mapping[str, Route[World]], world: Callable[[], World]
) -> dict[str, Any]:
    """The answer to a gateway event that passed the authorizer."""
    return answered(event, lambda: _reply(request_of(event), routes, world()))


def answered(event: Mapping[str, Any], make_reply: Callable[[], Reply]) -> dict[str, Any]:
    """The answer to a gateway event. Whatever fails, the caller gets a problem and no inside word of it."""
    request_id: str = event["requestContext"]["requestId"]
    try:
        reply = make_reply()
    except Exception as failure:  # the last line: nothing may leave as a stack trace
        telemetry.failed(failure, request_id)
        reply = internal_error(request_id)
    telemetry.answered(event, reply.status)
    return answer(reply, request_id, event["httpMethod"])


def _reply(request: Request, routes: Mapping[str, Route[World]], world: World) -> Reply:
    route = routes[request.route]

    def make_reply() -> Reply:
        if route.scope not in request.principal.scopes:
            raise Refusal(Code.INSUFFICIENT_SCOPE, f"The token lacks the scope {route.scope.value}.")
        return route.handle(request, world)

    reply = on_record(request, route.resource(request), make_reply, world)
    if reply.status == PROBLEMS[Code.INSUFFICIENT_SCOPE][0]:
        return replace(reply, headers={**reply.headers, "WWW-Authenticate": _scope_needed(route.scope)})
    return reply


def on_record(
    request: Request, resource: Resource, make_reply: Callable[[], Reply], world: Recording
) -> Reply:
    """The reply, or a refusal's problem, once the trail has what it must of it. `resource`: what a denial is
    put on record against."""
    try:
        reply = make_reply()
    except Refusal as refusal:
        reply = problem(refusal, request.exchange.request_id)
        if refusal.code in DENIALS:
            denied = Access(Action.ACCESS_DENIED, resource, ())
            _record(denied, request, reply.status, None, AuditOutcome.DENIED, world)
    if reply.access:
        sent = b"" if request.method == "HEAD" else reply.content
        digest = hashlib.sha256(sent).hexdigest()
        _record(reply.access, request, reply.status, digest, AuditOutcome.SUCCESS, world)
    return reply


def _scope_needed(scope: Scope) -> str:
    """RFC 6750 §3.1. The gateway hands it on as `x-amzn-Remapped-WWW-Authenticate`."""
    return f'Bearer realm="tollgate", error="insufficient_scope", scope="{scope.value}"'


def _record(
    access: Access,
    request: Request,
    status: int,
    sha256: str | None,
    outcome: AuditOutcome,
    world: Recording,
) -> None:
    world.trail.record(
        Audit(
            id=world.ids.new("aud_"),
            merchant_id=request.principal.merchant_id,
            at=world.clock.now(),
            exchange=request.exchange,
            action=access.action,
            resource=access.resource,
            outcome=outcome,
            status=status,
            ids=access.ids,
            sha256=sha256,
        )
    )


def merchant_of(request: Request, merchants: Merchants) -> Merchant:
    """The caller's merchant. Raises `LookupError`: a token outlives its merchant by a fault of ours only."""
    merchant = merchants.find(request.principal.merchant_id)
    if merchant is None:
        raise LookupError("the token's merchant is gone")
    return merchant
