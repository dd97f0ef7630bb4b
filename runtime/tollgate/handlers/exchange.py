"""From the gateway's event to a request, and from a reply to the gateway's answer."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tollgate.domain.audit import Action, ActorType, Exchange, Resource
from tollgate.domain.card_number import holds_card_number
from tollgate.domain.merchant import Principal, Scope
from tollgate.handlers.headers import Headers

MAX_USER_AGENT = 200
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the API. `route`: verb and pattern of the path, with GET for HEAD; `path` is the concrete
    path, decoded. `body_was_text`: the gateway has made a text of the bytes that came. `base_path`: what
    stands before every path of ours where the caller sees the API (the stage, without an own domain)."""

    method: str
    route: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, tuple[str, ...]]
    headers: Headers
    body: bytes
    body_was_text: bool
    base_path: str
    principal: Principal
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Access:
    """A read to put on the trail before the answer leaves."""

    action: Action
    resource: Resource
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `body` None means no body, a text is one that isn't JSON. With `access` it leaves once the
    access is on record."""

    status: int
    body: Mapping[str, Any] | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    access: Access | None = None
    media_type: str = JSON

    @property
    def content(self) -> bytes:
        """The body's bytes as they go out."""
        if isinstance(self.body, str):
            return self.body.encode()
        return (
            b""
            if self.body is None
            else json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()
        )


def request_of(event: Mapping[str, Any], principal: Principal | None = None) -> Request:
    """The request in an API Gateway proxy event. `principal`: who asks, unless the authorizer has said so."""
    context = event["requestContext"]
    parameters = event.get("pathParameters") or {}
    headers = Headers(event)
    principal = principal or _authorized(context["authorizer"])
    return Request(
        method=event["httpMethod"],
        route=route_of(event),
        path=event["resource"].format_map(parameters),
        parameters=parameters,
        query={
            name: tuple(values)
            for name, values in (event.get("multiValueQueryStringParameters") or {}).items()
        },
        headers=headers,
        body=body_of(event),
        body_was_text=not event.get("isBase64Encoded"),
        base_path=_base_path(event),
        principal=principal,
        exchange=Exchange(
            ActorType.CLIENT,
            principal.client_id,
            context.get("identity", {}).get("sourceIp"),
            _user_agent(headers),
            context["requestId"],
        ),
    )


def route_of(event: Mapping[str, Any]) -> str:
    """Verb and pattern of the path. HEAD is answered as GET is, without the body (RFC 9110 §9.3.2)."""
    method = event["httpMethod"]
    return f"{'GET' if method == 'HEAD' else method} {event['resource']}"


def body_of(event: Mapping[str, Any]) -> bytes:
    """The request's body as it came."""
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    return body.encode()


def answer(reply: Reply, request_id: str, method: str) -> dict[str, Any]:
    """The gateway's form of a reply."""
    headers = {"X-Request-Id": request_id, "Cache-Control": "no-store", **reply.headers}
    if reply.body is not None:
        headers["Content-Type"] = reply.media_type
    body = "" if method == "HEAD" else reply.content.decode()
    return {"statusCode": reply.status, "headers": headers, "body": body}


def _authorized(claims: Mapping[str, str]) -> Principal:
    """Whom the authorizer let in."""
    scopes = claims.get("scope", "").split()  # none isn't handed on
    return Principal(claims["client_id"], claims["merchant_id"], frozenset(Scope(scope) for scope in scopes))


def _base_path(event: Mapping[str, Any]) -> str:
    whole, ours = event["requestContext"].get("path", ""), event.get("path", "")
    return whole.removesuffix(ours) if whole.endswith(ours) else ""


def _user_agent(headers: Headers) -> str | None:
    """Its first characters; none at all if a card number stands in them, since they are kept."""
    named = (headers.get("user-agent") or "")[:MAX_USER_AGENT]
    return None if not named or holds_card_number(named) else named
