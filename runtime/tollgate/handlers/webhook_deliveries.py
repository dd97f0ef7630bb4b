"""What is sent to a webhook endpoint on request, and what was sent to it."""

from dataclasses import replace
from typing import Any

from msgspec import Struct

from tollgate.domain.audit import Action, Resource, canonical, timestamp
from tollgate.domain.errors import not_found
from tollgate.domain.event import EventType
from tollgate.domain.identifiers import derived_id, is_id
from tollgate.domain.webhook import PING, Endpoint, EndpointStatus, owed
from tollgate.handlers.body import parsed
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import idempotency_key
from tollgate.handlers.objects import list_object
from tollgate.handlers.query import Query
from tollgate.operations.list_deliveries import list_deliveries
from tollgate.wiring.webhooks import World


class Nothing(Struct, forbid_unknown_fields=True):
    pass


def test(request: Request, world: World) -> Reply:
    """A delivery of type `ping`, which is no event. Its id is the request's: a repetition is the same one."""
    endpoint = found(request, world)
    key = idempotency_key(request.headers)
    parsed(request, Nothing, optional=True)
    id, now = derived_id("evt_", endpoint.merchant_id, request.path, key), world.clock.now()
    ping = {
        "id": id,
        "object": "event",
        "type": PING,
        "created_at": timestamp(now),
        "sequence": 1,
        "resource": {"type": "webhook_endpoint", "id": endpoint.id},
        "data": {"object": endpoint_object(endpoint)},
    }
    to = replace(endpoint, status=EndpointStatus.ENABLED)
    deliveries = owed([to], id, PING, canonical(ping).decode(), now)
    world.deliveries.add(deliveries)
    world.queue.send(deliveries)
    return Reply(202, ping, access=access_to(Action.ENDPOINT_TESTED, endpoint))


def deliveries(request: Request, world: World) -> Reply:
    endpoint = found(request, world)
    query = Query(request, {"limit", "cursor"})
    start, limit = query.start(world.cursors), query.limit()
    page = list_deliveries(endpoint, start, limit, world.clock.now(), world.deliveries)
    body = list_object(list(page.objects), query.next_cursor(page.next_key, world.cursors))
    return Reply(200, body, access=access_to(Action.DELIVERIES_LISTED, endpoint))


def redeliver(request: Request, world: World) -> Reply:
    """To every endpoint that wants its type, once for each request."""
    merchant_id, event_id = request.principal.merchant_id, request.parameters["id"]
    place = world.events.position(merchant_id, event_id)
    if place is None:
        raise not_found()
    key = idempotency_key(request.headers)
    parsed(request, Nothing, optional=True)
    (event,) = world.events.after(merchant_id, place - 1, 1)
    roster, message = world.endpoints.roster(merchant_id), canonical(event).decode()
    again = owed(roster.endpoints, event_id, event["type"], message, world.clock.now(), key)
    world.deliveries.add(again)
    world.queue.send(again)
    access = Access(Action.EVENT_REDELIVERED, Resource("event", event_id), (event_id,))
    return Reply(202, dict(event), access=access)


def endpoint_object(endpoint: Endpoint) -> dict[str, Any]:
    """The contract's endpoint, without its secret."""
    return {
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "url": endpoint.url,
        "types": list(endpoint.types) or [each.value for each in EventType],
        "description": endpoint.description,
        "status": endpoint.status.value,
        "created_at": timestamp(endpoint.created_at),
    }


def found(request: Request, world: World) -> Endpoint:
    endpoint_id = request.parameters["id"]
    roster = world.endpoints.roster(request.principal.merchant_id)
    endpoint = roster.find(endpoint_id) if is_id(endpoint_id) else None
    if endpoint is None:
        raise not_found()
    return endpoint


def access_to(action: Action, endpoint: Endpoint) -> Access:
    return Access(action, Resource("webhook_endpoint", endpoint.id), (endpoint.id,))
