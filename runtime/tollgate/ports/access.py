"""Merchants, their clients, and access tokens."""

from typing import Any, Protocol

from tollgate.domain.access import AccessClaims
from tollgate.domain.merchant import Client, Merchant


class Merchants(Protocol):
    def find(self, merchant_id: str) -> Merchant | None:
        """The merchant, at most 60 s old."""
        ...


class AllMerchants(Protocol):
    """Merchants, for the platform's own work on them."""

    def list_merchants(self) -> list[Merchant]:
        """Every merchant, oldest first."""
        ...


class Clients(Protocol):
    def find_client(self, client_id: str) -> Client | None:
        """The client as it is now."""
        ...


class AccessTokens(Protocol):
    """Signed access tokens of this stage."""

    def sign(self, claims: AccessClaims) -> str:
        """The token in its compact form."""
        ...

    def verify(self, token: str) -> AccessClaims:
        """What a genuine token says that is valid now. Raises `Unauthorized` for any other."""
        ...


class KeySet(Protocol):
    def document(self) -> dict[str, Any]:
        """The public keys of the stage as a JWK Set (RFC 7517 §5): signature keys, then card keys."""
        ...
