"""An access token for a client that proves who it is (RFC 6749 §4.4)."""

from dataclasses import dataclass, field

from tollgate.domain.access import (
    AccessClaims,
    GrantError,
    GrantRefused,
    GrantRequest,
    granted_scopes,
    knows_secret,
    scope_text,
)
from tollgate.ports import AccessTokens, Clients, Clock, Ids


@dataclass(frozen=True, slots=True)
class IssuingPorts:
    """What issuing needs. `lifetime` of a token in seconds."""

    clients: Clients
    tokens: AccessTokens
    clock: Clock
    ids: Ids
    lifetime: int


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """`expires_in` seconds; `scope`: what was granted, separated by spaces."""

    access_token: str = field(repr=False)
    expires_in: int
    scope: str


def issue_access_token(request: GrantRequest, ports: IssuingPorts) -> IssuedToken:
    """Raises `GrantRefused`: `invalid_client`, `unsupported_grant_type`, `invalid_scope`."""
    client = ports.clients.find_client(request.client_id)
    if not knows_secret(client, request.client_secret) or client is None:
        raise GrantRefused(GrantError.INVALID_CLIENT, "Unknown client, wrong secret, or revoked client.")
    if request.grant_type != "client_credentials":
        raise GrantRefused(GrantError.UNSUPPORTED_GRANT_TYPE, "Only client_credentials is supported.")
    scope = scope_text(granted_scopes(client, request.scope))
    now = ports.clock.now() // 1000
    claims = AccessClaims(
        client_id=client.id,
        merchant_id=client.merchant_id,
        scope=scope,
        issued_at=now,
        expires_at=now + ports.lifetime,
        id=ports.ids.new("jwt_"),
    )
    return IssuedToken(ports.tokens.sign(claims), ports.lifetime, scope)
