"""Who may have an access token, and for what (RFC 6749 §4.4)."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from tollgate.domain.merchant import Client, Principal, Scope

NO_CLIENT_DIGEST = "0" * 64


class GrantError(StrEnum):
    """Error codes of RFC 6749 §5.2."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    INVALID_SCOPE = "invalid_scope"


class GrantRefused(Exception):
    """No access token. `description` is fit for the caller."""

    def __init__(self, error: GrantError, description: str) -> None:
        super().__init__(error.value)
        self.error = error
        self.description = description


class Unauthorized(Exception):
    """An access token that opens nothing. `reason` is one constant word, for the log alone: the exception's
    own text is what API Gateway turns into a 401."""

    def __init__(self, reason: str) -> None:
        super().__init__("Unauthorized")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class GrantRequest:
    """A request for an access token. `scope` None asks for all that the client may have."""

    grant_type: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says (RFC 9068). `scope`: scopes separated by spaces. Times in seconds, UTC."""

    client_id: str
    merchant_id: str
    scope: str
    issued_at: int
    expires_at: int
    id: str


@dataclass(frozen=True, slots=True)
class Permit:
    """What a verified token allows. `api_key` names the client's usage plan to the gateway."""

    principal: Principal
    api_key: str = field(repr=False)


def knows_secret(client: Client | None, secret: str) -> bool:
    """Whether `secret` is one of the client's, in a time that tells neither which nor whether it exists."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    digests = client.secret_digests if client else (NO_CLIENT_DIGEST,)
    matches = [hmac.compare_digest(digest, known) for known in digests]
    return client is not None and not client.revoked and any(matches)


def granted_scopes(client: Client, asked: str | None) -> frozenset[Scope]:
    """What is granted: all that is asked for, or nothing (`GrantRefused`)."""
    if asked is None:
        return client.scopes
    granted = frozenset(scope for scope in client.scopes if scope.value in asked.split(" "))
    if not granted or {scope.value for scope in granted} != set(asked.split(" ")):
        raise GrantRefused(GrantError.INVALID_SCOPE, "The client may not have one of the scopes asked for.")
    return granted


def scope_text(scopes: Collection[Scope]) -> str:
    """The `scope` parameter of RFC 6749 §3.3."""
    return " ".join(sorted(scope.value for scope in scopes))
