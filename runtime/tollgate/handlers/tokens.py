"""`/v1/tokens`: cards in, tokens out."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from tollgate.domain.audit import Action, Resource
from tollgate.domain.identifiers import derived_id
from tollgate.domain.merchant import Scope
from tollgate.domain.token import StoredToken, token_object
from tollgate.handlers.body import parsed
from tollgate.handlers.dispatch import Route, serve
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import idempotency_key
from tollgate.handlers.query import Query
from tollgate.operations.delete_token import delete_token
from tollgate.operations.read_token import read_token
from tollgate.operations.tokenize_card import TokenRequest, tokenize_card
from tollgate.wiring.tokens import World, world


class CreateToken(Struct, forbid_unknown_fields=True):
    encrypted_card: Annotated[str, Meta(min_length=1)]


def create(request: Request, world: World) -> Reply:
    key = idempotency_key(request.headers)
    body = parsed(request, CreateToken)
    merchant_id = request.principal.merchant_id
    token_id = derived_id("tok_", merchant_id, request.path, key)
    wanted = TokenRequest(token_id, merchant_id, body.encrypted_card, request.exchange)
    made = tokenize_card(wanted, world)
    if made.replayed:
        headers = {"Idempotent-Replayed": "true"}
        return Reply(201, token_object(made.token), headers, access=_read(made.token))
    return Reply(201, token_object(made.token))


def read(request: Request, world: World) -> Reply:
    token = read_token(request.principal.merchant_id, request.parameters["id"], world.vault)
    Query(request, ())
    return Reply(200, token_object(token), access=_read(token))


def delete(request: Request, world: World) -> Reply:
    token = read_token(request.principal.merchant_id, request.parameters["id"], world.vault)
    Query(request, ())
    delete_token(token, request.exchange, world)
    return Reply(204)


def _read(token: StoredToken) -> Access:
    return Access(Action.TOKEN_READ, Resource("token", token.id), (token.id,))


ROUTES = {
    "POST /v1/tokens": Route(Scope.TOKENS_WRITE, create, "token"),
    "GET /v1/tokens/{id}": Route(Scope.TOKENS_READ, read, "token", "id"),
    "DELETE /v1/tokens/{id}": Route(Scope.TOKENS_WRITE, delete, "token", "id"),
}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `tokens` function."""
    return serve(event, ROUTES, world)
