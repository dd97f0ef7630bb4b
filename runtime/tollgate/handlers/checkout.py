"""`/v1/checkout_sessions`: a merchant's server opens and reads them, a page looks at one and pays it."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from tollgate.domain.audit import Action, Resource
from tollgate.domain.checkout import CheckoutSession, standing
from tollgate.domain.errors import not_found
from tollgate.domain.identifiers import derived_id
from tollgate.domain.merchant import Scope
from tollgate.handlers import checkout_page
from tollgate.handlers.body import parsed
from tollgate.handlers.checkout_objects import hosted_url, session_object
from tollgate.handlers.dispatch import Route, answered, merchant_of, serve
from tollgate.handlers.exchange import Access, Reply, Request, route_of
from tollgate.handlers.headers import idempotency_key
from tollgate.handlers.money import REPLAYED
from tollgate.handlers.query import Query
from tollgate.handlers.terms import TermsFields, terms_of
from tollgate.handlers.web_address import LONGEST_URL, checked_url, origins_of
from tollgate.operations.open_session import open_session
from tollgate.operations.session_attempts import attempts_of
from tollgate.wiring.checkout import World, world


class OpenSession(TermsFields, forbid_unknown_fields=True, kw_only=True):
    return_url: Annotated[str, Meta(min_length=1, max_length=LONGEST_URL)] | UnsetType = UNSET
    origins: list[str] | UnsetType = UNSET


def open_(request: Request, world: World) -> Reply:
    key = idempotency_key(request.headers)
    body = parsed(request, OpenSession)
    merchant = merchant_of(request, world.merchants)
    wanted = CheckoutSession(
        id=derived_id("cks_", merchant.id, request.path, key),
        merchant_id=merchant.id,
        terms=terms_of(body),
        return_url=None if body.return_url is UNSET else checked_url(body.return_url, "/return_url"),
        origins=() if body.origins is UNSET else origins_of(body.origins),
        secret_version=world.secrets.current_version(merchant.id),
        created_at=world.clock.now(),
    )
    opened = open_session(wanted, merchant, request.exchange, world)
    session = opened.session
    secret = world.secrets.secret_of(session)
    shown = {
        **session_object(session, [], session.created_at, hosted_url(world.pages, session, secret)),
        "client_secret": secret,
    }
    return Reply(201, shown, REPLAYED, _read(session)) if opened.replayed else Reply(201, shown)


def read(request: Request, world: World) -> Reply:
    session = world.sessions.find(request.parameters["id"])
    if session is None or session.merchant_id != request.principal.merchant_id:
        raise not_found()
    Query(request, ())
    attempts = attempts_of(session, world.money.payments)
    shown = session_object(session, attempts, world.clock.now(), hosted_url(world.pages, session))
    attempt = standing(attempts)
    return Reply(200, shown, access=_read(session, *([attempt.id] if attempt else [])))


def _read(session: CheckoutSession, *payment_ids: str) -> Access:
    resource = Resource("checkout_session", session.id)
    return Access(Action.CHECKOUT_SESSION_READ, resource, (session.id, *payment_ids))


ROUTES = {
    "POST /v1/checkout_sessions": Route(Scope.PAYMENTS_WRITE, open_, "checkout_session"),
    "GET /v1/checkout_sessions/{id}": Route(Scope.PAYMENTS_READ, read, "checkout_session", "id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `checkout` function."""
    return respond(event, world)


def respond(event: Mapping[str, Any], world: Callable[[], World]) -> dict[str, Any]:
    if route_of(event) in ROUTES:
        return serve(event, ROUTES, world)
    return answered(event, lambda: checkout_page.reply(event, world()))
