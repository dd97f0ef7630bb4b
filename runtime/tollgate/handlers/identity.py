"""Who is there: access tokens and the public keys, whom a token speaks for, and a sign of life."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tollgate.domain.access import GrantError, GrantRefused
from tollgate.domain.errors import Refusal, invalid
from tollgate.handlers.dispatch import answered, merchant_of
from tollgate.handlers.exchange import Reply, body_of, request_of, route_of
from tollgate.handlers.grant_request import grant_request_of
from tollgate.handlers.headers import Headers
from tollgate.handlers.objects import client_object
from tollgate.handlers.problem import problem
from tollgate.handlers.query import Query
from tollgate.operations.issue_access_token import issue_access_token
from tollgate.wiring.identity import World, world

KEYS_SECONDS = 60
"""How long the keys may be kept, and so how old `now` may be."""

_PLAIN = re.compile(r"[A-Za-z_]{1,40}")
"""Names that may be said again: an `error_description` takes no other characters (RFC 6749 §5.2)."""


def token(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    try:
        _check_query(event)
        issued = issue_access_token(grant_request_of(Headers(event), body_of(event)), world().issuing)
    except GrantRefused as refusal:
        return _refused(refusal)
    body = {
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": issued.scope,
    }
    return Reply(200, body, {"Pragma": "no-cache"})


def key_set(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    """The public keys, for every page, and the time by which a page whose clock is wrong can tell it."""
    _without_query(event)
    here = world()
    headers = {"Cache-Control": f"public, max-age={KEYS_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return Reply(200, {**here.key_set.document(), "now": here.issuing.clock.now() // 1000}, headers)


def me(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    """Whom the access token speaks for. Nothing of a payment, so no access to put on record."""
    request = request_of(event)
    Query(request, ())
    return Reply(200, client_object(request.principal, merchant_of(request, world().merchants)))


def health(event: Mapping[str, Any], _world: Callable[[], World]) -> Reply:
    _without_query(event)
    return Reply(200, {"status": "ok"})


def _check_query(event: Mapping[str, Any]) -> None:
    """Raises `GrantRefused`: a grant's parameters stand in its form alone (RFC 6749 §2.3.1, §3.2)."""
    for name in _query(event):
        named = f"The parameter {name}" if _PLAIN.fullmatch(name) else "A parameter"
        raise GrantRefused(GrantError.INVALID_REQUEST, f"{named} stands in the query: it has none.")


def _without_query(event: Mapping[str, Any]) -> None:
    for name in _query(event):
        raise invalid(name, "Unknown query parameter.")


def _query(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return event.get("multiValueQueryStringParameters") or {}


def _refused(refusal: GrantRefused) -> Reply:
    """RFC 6749 §5.2."""
    body = {"error": refusal.error.value, "error_description": refusal.description}
    if refusal.error is GrantError.INVALID_CLIENT:
        return Reply(401, body, {"WWW-Authenticate": 'Basic realm="tollgate"'})
    return Reply(400, body)


ROUTES = {
    "POST /oauth/token": token,
    "GET /.well-known/jwks.json": key_set,
    "GET /health": health,
    "GET /v1/me": me,
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `identity` function."""
    return respond(event, world)


def respond(event: Mapping[str, Any], world: Callable[[], World]) -> dict[str, Any]:
    return answered(event, lambda: _reply(event, world))


def _reply(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    try:
        return ROUTES[route_of(event)](event, world)
    except Refusal as refusal:
        return problem(refusal, event["requestContext"]["requestId"])
