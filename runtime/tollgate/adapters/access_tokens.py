"""Access tokens: JWTs (RFC 7519) in the profile of RFC 9068, signed with ES256."""

import base64
import json
from collections.abc import Mapping
from typing import Any, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from tollgate.domain.access import AccessClaims, Unauthorized

TYPE = "at+jwt"
LEEWAY = 5
"""Seconds by which the clocks of two functions may differ."""

MAX_CHARACTERS = 4096
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "jti", "merchant", "scope"]
REASONS: Mapping[type[jwt.InvalidTokenError], str] = {
    jwt.ExpiredSignatureError: "expired",
    jwt.ImmatureSignatureError: "not_yet_valid",
    jwt.InvalidIssuerError: "issuer",
    jwt.InvalidAudienceError: "audience",
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.MissingRequiredClaimError: "claims",
}


class SigningKeys(Protocol):
    @property
    def public_keys(self) -> Mapping[str, EllipticCurvePublicKey]: ...
    @property
    def current_kid(self) -> str: ...
    def sign(self, message: bytes) -> bytes: ...


class SignedAccessTokens:
    """Tokens of one issuer for one audience."""

    def __init__(self, keys: SigningKeys, issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    def sign(self, claims: AccessClaims) -> str:
        header = {"alg": "ES256", "typ": TYPE, "kid": self._keys.current_kid}
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": claims.client_id,
            "client_id": claims.client_id,
            "merchant": claims.merchant_id,
            "scope": claims.scope,
            "iat": claims.issued_at,
            "exp": claims.expires_at,
            "jti": claims.id,
        }
        signed = f"{_segment(header)}.{_segment(payload)}"
        return f"{signed}.{_base64url(self._keys.sign(signed.encode()))}"

    def verify(self, token: str) -> AccessClaims:
        """What a genuine token says that is valid now. Raises `Unauthorized` for any other."""
        if len(token) > MAX_CHARACTERS:
            raise Unauthorized("too_long")
        try:
            payload = self._payload(token)
        except jwt.InvalidTokenError as error:
            raise Unauthorized(REASONS.get(type(error), "malformed")) from None
        texts = [payload[name] for name in ("sub", "merchant", "scope", "jti")]
        if not all(isinstance(text, str) for text in texts):
            raise Unauthorized("claims")
        return AccessClaims(
            client_id=payload["sub"],
            merchant_id=payload["merchant"],
            scope=payload["scope"],
            issued_at=int(payload["iat"]),
            expires_at=int(payload["exp"]),
            id=payload["jti"],
        )

    def _payload(self, token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        if header.get("typ") != TYPE:
            raise Unauthorized("type")
        key = self._keys.public_keys.get(header.get("kid", ""))
        if key is None:
            raise Unauthorized("unknown_key")
        return jwt.decode(
            token,
            key,
            algorithms=["ES256"],
            issuer=self._issuer,
            audience=self._audience,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )


def _segment(value: Mapping[str, Any]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
