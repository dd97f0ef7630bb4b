"""`/v1/webhook_endpoints`: where a merchant's events are sent, and what became of it."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from tollgate.domain.audit import Action, Resource
from tollgate.domain.errors import invalid
from tollgate.domain.event import EventType
from tollgate.domain.identifiers import derived_id
from tollgate.domain.listing import position
from tollgate.domain.merchant import Scope
from tollgate.domain.target import target_of
from tollgate.domain.webhook import EndpointStatus
from tollgate.domain.webhook_signature import secret_text
from tollgate.handlers.body import parsed
from tollgate.handlers.dispatch import Route, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import idempotency_key
from tollgate.handlers.objects import list_object
from tollgate.handlers.query import Query
from tollgate.handlers.webhook_deliveries import (
    Nothing,
    access_to,
    deliveries,
    endpoint_object,
    found,
    redeliver,
    test,
)
from tollgate.operations.change_endpoint import changed, deleted
from tollgate.operations.make_endpoint import Wanted, WithSecret, make_endpoint, roll_secret
from tollgate.wiring.webhooks import World, world

Url = Annotated[str, Meta(min_length=1, max_length=2000)]
Types = Annotated[list[EventType], Meta(min_length=1, max_length=len(EventType))]
Description = Annotated[str, Meta(min_length=1, max_length=255)]


class CreateEndpoint(Struct, forbid_unknown_fields=True):
    url: Url
    types: Types | UnsetType = UNSET
    description: Description | UnsetType = UNSET


class ChangeEndpoint(Struct, forbid_unknown_fields=True):
    url: Url | UnsetType = UNSET
    types: Types | UnsetType = UNSET
    status: Literal["enabled", "disabled"] | UnsetType = UNSET


def create(request: Request, world: World) -> Reply:
    key = idempotency_key(request.headers)
    body = parsed(request, CreateEndpoint)
    merchant_id = request.principal.merchant_id
    wanted = Wanted(
        id=derived_id("whe_", merchant_id, request.path, key),
        merchant_id=merchant_id,
        url=_url(body.url, world),
        types=_types(body.types),
        description=None if body.description is UNSET else body.description,
    )
    return _with_secret(201, make_endpoint(wanted, world), Action.ENDPOINT_CREATED)


def list_(request: Request, world: World) -> Reply:
    query = Query(request, {"limit", "cursor"})
    start, limit = query.start(world.cursors), query.limit()
    endpoints = world.endpoints.roster(request.principal.merchant_id).endpoints
    keyed = sorted({position(each.created_at, each.id): each for each in endpoints}.items(), reverse=True)
    left = [(key, each) for key, each in keyed if start is None or key < start]
    page, last = left[:limit], left[limit - 1][0] if len(left) > limit else None
    body = list_object([endpoint_object(each) for _, each in page], query.next_cursor(last, world.cursors))
    ids = tuple(each.id for _, each in page)
    return Reply(200, body, access=Access(Action.ENDPOINTS_LISTED, Resource("webhook_endpoint", None), ids))


def read(request: Request, world: World) -> Reply:
    endpoint = found(request, world)
    Query(request, ())
    return Reply(200, endpoint_object(endpoint), access=access_to(Action.ENDPOINT_READ, endpoint))


def change(request: Request, world: World) -> Reply:
    endpoint = found(request, world)
    body = parsed(request, ChangeEndpoint)
    told: dict[str, Any] = {}
    if body.url is not UNSET:
        told["url"] = _url(body.url, world)
    if body.types is not UNSET:
        told["types"] = _types(body.types)
    if body.status is not UNSET:
        told |= {"status": EndpointStatus(body.status), "failures": 0, "paused_until": 0}
    after = changed(endpoint.merchant_id, endpoint.id, lambda each: replace(each, **told), world)
    return Reply(200, endpoint_object(after), access=access_to(Action.ENDPOINT_UPDATED, after))


def delete(request: Request, world: World) -> Reply:
    endpoint = found(request, world)
    Query(request, ())
    deleted(endpoint.merchant_id, endpoint.id, world)
    return Reply(204, access=access_to(Action.ENDPOINT_DELETED, endpoint))


def roll(request: Request, world: World) -> Reply:
    endpoint = found(request, world)
    key = idempotency_key(request.headers)
    parsed(request, Nothing, optional=True)
    by = derived_id("rol_", endpoint.merchant_id, request.path, key)
    made = roll_secret(endpoint.merchant_id, endpoint.id, by, world)
    return _with_secret(200, made, Action.ENDPOINT_UPDATED)


def _with_secret(status: int, made: WithSecret, action: Action) -> Reply:
    body = {**endpoint_object(made.endpoint), "secret": secret_text(made.secret)}
    headers = {"Idempotent-Replayed": "true"} if made.replayed else {}
    return Reply(status, body, headers, access=access_to(action, made.endpoint))


def _url(url: str, world: World) -> str:
    try:
        target_of(url, world.targets)
    except ValueError as fault:
        raise invalid("/url", str(fault)) from None
    return url


def _types(types: list[EventType] | UnsetType | msgspec.UnsetType) -> tuple[str, ...]:
    return () if isinstance(types, UnsetType) else tuple(dict.fromkeys(each.value for each in types))


ENDPOINT = "webhook_endpoint"
ROUTES = {
    "POST /v1/webhook_endpoints": Route(Scope.WEBHOOKS_WRITE, create, ENDPOINT),
    "GET /v1/webhook_endpoints": Route(Scope.WEBHOOKS_WRITE, list_, ENDPOINT),
    "GET /v1/webhook_endpoints/{id}": Route(Scope.WEBHOOKS_WRITE, read, ENDPOINT, "id"),
    "PATCH /v1/webhook_endpoints/{id}": Route(Scope.WEBHOOKS_WRITE, change, ENDPOINT, "id"),
    "DELETE /v1/webhook_endpoints/{id}": Route(Scope.WEBHOOKS_WRITE, delete, ENDPOINT, "id"),
    "POST /v1/webhook_endpoints/{id}/roll_secret": Route(Scope.WEBHOOKS_WRITE, roll, ENDPOINT, "id"),
    "POST /v1/webhook_endpoints/{id}/test": Route(Scope.WEBHOOKS_WRITE, test, ENDPOINT, "id"),
    "GET /v1/webhook_endpoints/{id}/deliveries": Route(Scope.WEBHOOKS_WRITE, deliveries, ENDPOINT, "id"),
    "POST /v1/events/{id}/redeliver": Route(Scope.WEBHOOKS_WRITE, redeliver, "event", "id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `webhooks` function."""
    return serve(event, ROUTES, world)
