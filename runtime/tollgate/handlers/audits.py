"""`/v1/audits`: who did what."""

from typing import Any

from tollgate.domain.audit import Action, Resource
from tollgate.domain.errors import not_found
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.merchant import Scope
from tollgate.handlers.dispatch import Route, merchant_of, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.objects import list_object
from tollgate.handlers.query import Query
from tollgate.operations.list_audits import AuditFilter, list_audits
from tollgate.wiring.audits import World, world


def read(request: Request, world: World) -> Reply:
    audit_id = request.parameters["id"]
    record = world.audits.find(request.principal.merchant_id, audit_id)
    if record is None:
        raise not_found()
    Query(request, ())
    return Reply(200, record, access=Access(Action.AUDIT_READ, Resource("audit", audit_id), (audit_id,)))


def list_(request: Request, world: World) -> Reply:
    query = Query(request, {"resource", "actor", "action", "from", "to", "limit", "cursor"})
    wanted = AuditFilter(
        query.text("resource", LONGEST_ID),
        query.text("actor", LONGEST_ID),
        query.choice("action", Action),
        query.time("from"),
        query.time("to"),
    )
    start, limit = query.start(world.cursors), query.limit()
    merchant = merchant_of(request, world.merchants)
    page = list_audits(merchant, wanted, start, limit, world.clock.now(), world.audits)
    body = list_object(list(page.objects), query.next_cursor(page.next_key, world.cursors))
    ids = tuple(each["id"] for each in page.objects)
    return Reply(200, body, access=Access(Action.AUDITS_LISTED, Resource("audit", None), ids))


ROUTES = {
    "GET /v1/audits": Route(Scope.AUDITS_READ, list_, "audit"),
    "GET /v1/audits/{id}": Route(Scope.AUDITS_READ, read, "audit", "id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `audits` function."""
    return serve(event, ROUTES, world)
