"""What needs no access token: getting one, the public keys, and a sign of life."""

from collections.abc import Callable, Mapping
from typing import Any

from tollgate.domain.access import GrantError, GrantRefused
from tollgate.domain.errors import Refusal
from tollgate.handlers.dispatch import answered
from tollgate.handlers.exchange import Reply, body_of
from tollgate.handlers.grant_request import grant_request_of
from tollgate.handlers.problem import problem
from tollgate.operations.issue_access_token import issue_access_token
from tollgate.wiring.identity import World, world


def token(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    try:
        issued = issue_access_token(grant_request_of(_headers(event), body_of(event)), world().issuing)
    except GrantRefused as refusal:
        return _refused(refusal)
    except Refusal as refusal:
        return problem(refusal, event["requestContext"]["requestId"])
    body = {
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": issued.scope,
    }
    return Reply(200, body, {"Pragma": "no-cache"})


def key_set(event: Mapping[str, Any], world: Callable[[], World]) -> Reply:
    """The public keys. All that a card page asks for: a plain GET, which browsers don't ask about before."""
    headers = {"Cache-Control": "public, max-age=300", "Vary": "Origin"}
    origin = _headers(event).get("origin")
    if origin in world().cors_origins:
        headers["Access-Control-Allow-Origin"] = origin
    return Reply(200, world().key_set.document(), headers)


def health(_event: Mapping[str, Any], _world: Callable[[], World]) -> Reply:
    return Reply(200, {"status": "ok"})


def _headers(event: Mapping[str, Any]) -> dict[str, str]:
    """By lower-case name."""
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


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
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `identity` function."""
    return respond(event, world)


def respond(event: Mapping[str, Any], world: Callable[[], World]) -> dict[str, Any]:
    route = ROUTES[f"{event['httpMethod']} {event['resource']}"]
    return answered(event, lambda: route(event, world))
