"""`/v1/payments/{id}/refunds`: give money back, and read what was given back."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from tollgate.domain.audit import Action, Resource
from tollgate.domain.errors import not_found
from tollgate.domain.identifiers import derived_id
from tollgate.domain.listing import position
from tollgate.domain.merchant import Scope
from tollgate.domain.operation import Kind
from tollgate.handlers.body import parsed
from tollgate.handlers.dispatch import Route, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import idempotency_key, prefers_async
from tollgate.handlers.money import Amount, answer_to_operation, payment_of
from tollgate.handlers.objects import list_object, refund_object
from tollgate.handlers.query import Query
from tollgate.operations.refund_payment import RefundRequest, refund_payment
from tollgate.wiring.refunds import World, world


class CreateRefund(Struct, forbid_unknown_fields=True):
    amount: Amount | UnsetType = UNSET
    reason: Annotated[str, Meta(min_length=1, max_length=255)] | UnsetType = UNSET


def create(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    key = idempotency_key(request.headers)
    body = parsed(request, CreateRefund, optional=True)
    asked = RefundRequest(
        refund_id=derived_id("ref_", payment.merchant_id, request.path, key),
        amount=None if body.amount is UNSET else body.amount,
        reason=None if body.reason is UNSET else body.reason,
        exchange=request.exchange,
        deferred=prefers_async(request.headers),
    )
    return answer_to_operation(request, refund_payment(payment, asked, world.money, world.queue))


def read(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    refund = payment.find(request.parameters["refund_id"])
    if refund is None or refund.kind is not Kind.REFUND:
        raise not_found()
    Query(request, ())
    access = Access(Action.REFUND_READ, Resource("refund", refund.id), (refund.id,))
    return Reply(200, refund_object(payment, refund), access=access)


def list_(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    query = Query(request, {"limit", "cursor"})
    start, limit = query.start(world.cursors), query.limit()
    refunds = [
        (position(each.started_at, each.id), each)
        for each in reversed(payment.refunds())
        if start is None or position(each.started_at, each.id) < start
    ]
    page = refunds[:limit]
    next_key = page[-1][0] if len(refunds) > limit else None
    body = list_object(
        [refund_object(payment, each) for _, each in page], query.next_cursor(next_key, world.cursors)
    )
    ids = tuple(each.id for _, each in page)
    return Reply(200, body, access=Access(Action.REFUNDS_LISTED, Resource("payment", payment.id), ids))


REFUNDS = "/v1/payments/{id}/refunds"
ROUTES = {
    f"POST {REFUNDS}": Route(Scope.REFUNDS_WRITE, create, "payment", "id"),
    f"GET {REFUNDS}": Route(Scope.REFUNDS_READ, list_, "payment", "id"),
    f"GET {REFUNDS}/{{refund_id}}": Route(Scope.REFUNDS_READ, read, "refund", "refund_id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `refunds` function."""
    return serve(event, ROUTES, world)
