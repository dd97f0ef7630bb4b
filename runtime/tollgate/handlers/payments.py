"""`/v1/payments`: take, capture, void and read payments."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from tollgate.domain.audit import Action, Resource
from tollgate.domain.balance import Status
from tollgate.domain.errors import invalid
from tollgate.domain.identifiers import derived_id
from tollgate.domain.merchant import Scope
from tollgate.handlers.body import parsed
from tollgate.handlers.dispatch import Route, merchant_of, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import idempotency_key, prefers_async
from tollgate.handlers.money import Amount, answer_to_operation, payment_of
from tollgate.handlers.objects import list_object, payment_object
from tollgate.handlers.query import Query
from tollgate.handlers.terms import TermsFields, terms_of
from tollgate.operations.capture_payment import CaptureRequest, capture_payment
from tollgate.operations.create_payment import PaymentRequest, create_payment
from tollgate.operations.instrument import Presented
from tollgate.operations.list_payments import PaymentFilter, list_payments
from tollgate.operations.void_payment import void_payment
from tollgate.wiring.payments import World, world


class PaymentMethod(Struct, forbid_unknown_fields=True):
    token: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET
    encrypted_card: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET


class CreatePayment(TermsFields, forbid_unknown_fields=True, kw_only=True):
    payment_method: PaymentMethod


class CapturePayment(Struct, forbid_unknown_fields=True):
    amount: Amount | UnsetType = UNSET
    final: bool = True


class VoidPayment(Struct, forbid_unknown_fields=True):
    pass


def create(request: Request, world: World) -> Reply:
    key = idempotency_key(request.headers)
    body = parsed(request, CreatePayment)
    asked = PaymentRequest(
        payment_id=derived_id("pay_", request.principal.merchant_id, request.path, key),
        terms=terms_of(body),
        presented=_presented(body.payment_method),
        exchange=request.exchange,
        deferred=prefers_async(request.headers),
    )
    merchant = merchant_of(request, world.merchants)
    done = create_payment(asked, merchant, world.money, world.cards, world.queue)
    return answer_to_operation(request, done)


def capture(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    key = idempotency_key(request.headers)
    body = parsed(request, CapturePayment, optional=True)
    asked = CaptureRequest(
        operation_id=derived_id("cap_", payment.merchant_id, request.path, key),
        amount=None if body.amount is UNSET else body.amount,
        final=body.final,
        exchange=request.exchange,
    )
    return answer_to_operation(request, capture_payment(payment, asked, world.money))


def void(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    operation_id = derived_id("voi_", payment.merchant_id, request.path, idempotency_key(request.headers))
    parsed(request, VoidPayment, optional=True)
    return answer_to_operation(request, void_payment(payment, operation_id, request.exchange, world.money))


def read(request: Request, world: World) -> Reply:
    payment = payment_of(request, world.money.payments)
    Query(request, ())
    access = Access(Action.PAYMENT_READ, Resource("payment", payment.id), (payment.id,))
    return Reply(200, payment_object(payment), access=access)


def list_(request: Request, world: World) -> Reply:
    query = Query(request, {"status", "reference", "created_from", "created_to", "limit", "cursor"})
    wanted = PaymentFilter(
        query.choice("status", Status),
        query.text("reference", 64),
        query.time("created_from"),
        query.time("created_to"),
    )
    start, limit = query.start(world.cursors), query.limit()
    merchant = merchant_of(request, world.merchants)
    page = list_payments(merchant, wanted, start, limit, world.clock.now(), world.money.payments)
    body = list_object(
        [payment_object(each) for each in page.objects], query.next_cursor(page.next_key, world.cursors)
    )
    ids = tuple(each.id for each in page.objects)
    return Reply(200, body, access=Access(Action.PAYMENTS_LISTED, Resource("payment", None), ids))


ROUTES = {
    "POST /v1/payments": Route(Scope.PAYMENTS_WRITE, create, "payment"),
    "GET /v1/payments": Route(Scope.PAYMENTS_READ, list_, "payment"),
    "GET /v1/payments/{id}": Route(Scope.PAYMENTS_READ, read, "payment", "id"),
    "POST /v1/payments/{id}/captures": Route(Scope.PAYMENTS_WRITE, capture, "payment", "id"),
    "POST /v1/payments/{id}/void": Route(Scope.PAYMENTS_WRITE, void, "payment", "id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `payments` function."""
    return serve(event, ROUTES, world)


def _presented(method: PaymentMethod) -> Presented:
    if (method.token is UNSET) == (method.encrypted_card is UNSET):
        raise invalid("/payment_method", "Give either token or encrypted_card.")
    return Presented(
        token_id=None if method.token is UNSET else method.token,
        jwe=None if method.encrypted_card is UNSET else method.encrypted_card,
    )
