"""`/v1/events`: what has happened, as a log that is read on and on; and the movements in it."""

from typing import Any

from tollgate.domain.audit import Action, Resource
from tollgate.domain.event import EventType
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.merchant import Scope
from tollgate.handlers import movements
from tollgate.handlers.dispatch import Route, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.objects import list_object
from tollgate.handlers.query import Query
from tollgate.operations.list_events import list_events
from tollgate.wiring.events import World, world


def list_(request: Request, world: World) -> Reply:
    query = Query(request, {"after", "type", "limit"})
    after, type_ = query.text("after", LONGEST_ID), query.choice("type", EventType)
    page = list_events(request.principal.merchant_id, after, type_, query.limit(), world.events)
    body = list_object([dict(each) for each in page.events], page.next_after)
    ids = tuple(each["id"] for each in page.events)
    return Reply(200, body, access=Access(Action.EVENTS_LISTED, Resource("event", None), ids))


ROUTES = {
    "GET /v1/events": Route(Scope.EVENTS_READ, list_, "event"),
    "GET /v1/movements": Route(Scope.REPORTS_READ, movements.list_, "movement"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `events` function."""
    return serve(event, ROUTES, world)
