"""Whom an access token speaks for, as its client stands now."""

from tollgate.domain.access import Permit, Unauthorized
from tollgate.domain.merchant import Principal
from tollgate.ports import AccessTokens, Clients


def verify_access_token(token: str, tokens: AccessTokens, clients: Clients) -> Permit:
    """What the token and the client's present state both allow. Raises `Unauthorized`."""
    claims = tokens.verify(token)
    client = clients.find_client(claims.client_id)
    if client is None:
        raise Unauthorized("unknown_client")
    if client.revoked:
        raise Unauthorized("revoked_client")
    if client.merchant_id != claims.merchant_id:
        raise Unauthorized("other_merchant")
    scopes = frozenset(scope for scope in client.scopes if scope.value in claims.scope.split(" "))
    return Permit(Principal(client.id, client.merchant_id, scopes), client.api_key)
