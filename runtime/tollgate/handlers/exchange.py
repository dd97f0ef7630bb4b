"""From the gateway's event to a request, and from a reply to the gateway's answer."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tollgate.domain.audit import Action, ActorType, Exchange, Resource
from tollgate.domain.merchant import Principal, Scope

MAX_USER_AGENT = 200
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the API. Header names are lower case; `path` is the concrete path, decoded."""

    route: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]
    body: bytes
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
    """An answer. `body` None means no body. With `access` it leaves only once the access is on record."""

    status: int
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    access: Access | None = None
    media_type: str = JSON

    @property
    def content(self) -> bytes:
        """The body's bytes as they go out."""
        return (
            b""
            if self.body is None
            else json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()
        )


def request_of(event: Mapping[str, Any]) -> Request:
    """The request in an API Gateway proxy event that passed the authorizer."""
    context = event["requestContext"]
    parameters = event.get("pathParameters") or {}
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    claims = context["authorizer"]
    principal = Principal(
        claims["client_id"],
        claims["merchant_id"],
        frozenset(Scope(scope) for scope in claims["scope"].split()),
    )
    return Request(
        route=f"{event['httpMethod']} {event['resource']}",
        path=event["resource"].format_map(parameters),
        parameters=parameters,
        query={
            name: tuple(values)
            for name, values in (event.get("multiValueQueryStringParameters") or {}).items()
        },
        headers=headers,
        body=body_of(event),
        principal=principal,
        exchange=Exchange(
            ActorType.CLIENT,
            principal.client_id,
            context.get("identity", {}).get("sourceIp"),
            (headers.get("user-agent") or "")[:MAX_USER_AGENT] or None,
            context["requestId"],
        ),
    )


def body_of(event: Mapping[str, Any]) -> bytes:
    """The request's body as it came."""
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    return body.encode()


def answer(reply: Reply, request_id: str) -> dict[str, Any]:
    """The gateway's form of a reply."""
    headers = {"X-Request-Id": request_id, "Cache-Control": "no-store", **reply.headers}
    if reply.body is not None:
        headers["Content-Type"] = reply.media_type
    return {"statusCode": reply.status, "headers": headers, "body": reply.content.decode()}
