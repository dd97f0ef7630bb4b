"""What a page may do with a checkout session that it has the secret of. Nothing else is open to pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from msgspec import Meta, Struct

from tollgate.domain.audit import Action, Resource
from tollgate.domain.checkout import CheckoutSession, standing
from tollgate.domain.errors import not_found
from tollgate.domain.merchant import Principal
from tollgate.handlers.body import parsed
from tollgate.handlers.checkout_objects import progress_object, view_object
from tollgate.handlers.dispatch import merchant_of, on_record
from tollgate.handlers.exchange import Access, Reply, Request, request_of, route_of
from tollgate.handlers.headers import Headers
from tollgate.handlers.problem import problem
from tollgate.operations.pay_session import check_secret, pay_session
from tollgate.operations.session_attempts import attempts_of
from tollgate.wiring.checkout import World

PAY = "POST /v1/checkout_sessions/{id}/pay"
VIEW = "POST /v1/checkout_sessions/{id}/view"
PREFLIGHT = "OPTIONS"
REMEMBERED = "600"
"""Seconds for which a browser keeps a preflight's answer."""

ClientSecret = Annotated[str, Meta(min_length=1, max_length=255)]


class PaySession(Struct, forbid_unknown_fields=True):
    client_secret: ClientSecret
    encrypted_card: Annotated[str, Meta(min_length=1)]


class ViewSession(Struct, forbid_unknown_fields=True):
    client_secret: ClientSecret


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a page, and the session that it is about. On the trail the session is who asks."""

    request: Request
    session: CheckoutSession


def reply(event: Mapping[str, Any], world: World) -> Reply:
    """The answer to a page; one of another origin gets none that its browser would show it."""
    session = world.sessions.find(event["pathParameters"]["id"])
    origins = _origins(event["resource"], session, world.pages)
    shared = _shared(Headers(event).get("origin"), origins)
    if event["httpMethod"] == PREFLIGHT:
        made = _preflight(shared, event["requestContext"]["requestId"])
    elif session is None:
        made = problem(not_found(), event["requestContext"]["requestId"])
    else:
        made = _answer(event, session, world)
    return replace(made, headers={**made.headers, **shared})


def _answer(event: Mapping[str, Any], session: CheckoutSession, world: World) -> Reply:
    request = request_of(event, Principal(session.id, session.merchant_id, frozenset()))
    visit, resource = Visit(request, session), Resource("checkout_session", session.id)
    act = ROUTES[route_of(event)]
    return on_record(request, resource, lambda: act(visit, world), world)


def pay(visit: Visit, world: World) -> Reply:
    body = parsed(visit.request, PaySession)
    session = visit.session
    check_secret(session, body.client_secret, world.secrets)
    attempted = pay_session(
        session,
        merchant_of(visit.request, world.merchants),
        body.encrypted_card,
        visit.request.exchange,
        world.money,
        world.cards,
    )
    payment_id = attempted.payment.id
    access = Access(Action.PAYMENT_READ, Resource("payment", payment_id), (payment_id,))
    return Reply(200, progress_object(attempted.payment), access=access if attempted.known else None)


def view(visit: Visit, world: World) -> Reply:
    body = parsed(visit.request, ViewSession)
    session = visit.session
    check_secret(session, body.client_secret, world.secrets)
    attempts = attempts_of(session, world.money.payments)
    merchant = merchant_of(visit.request, world.merchants)
    attempt = standing(attempts)
    ids = (session.id, *([attempt.id] if attempt else []))
    access = Access(Action.CHECKOUT_SESSION_READ, Resource("checkout_session", session.id), ids)
    return Reply(200, view_object(session, attempts, merchant, world.clock.now()), access=access)


ROUTES = {PAY: pay, VIEW: view}


def _origins(path: str, session: CheckoutSession | None, pages: str | None) -> Collection[str]:
    """Of the pages that a call is open to: the platform's own, and to pay those that the session names."""
    own = {pages} if pages else set[str]()
    return own | set(session.origins) if session and PAY.endswith(path) else own


def _shared(origin: str | None, allowed: Collection[str]) -> dict[str, str]:
    """The headers by which a browser lets a page of `origin` read the answer (Fetch Standard, CORS)."""
    shared = {"Access-Control-Allow-Origin": origin} if origin and origin in allowed else {}
    return {**shared, "Vary": "Origin"}


def _preflight(shared: Mapping[str, str], request_id: str) -> Reply:
    if "Access-Control-Allow-Origin" not in shared:
        return problem(not_found(), request_id)
    allowed = {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": REMEMBERED,
    }
    return Reply(204, headers=allowed)
