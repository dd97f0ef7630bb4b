"""JSON Web Keys (RFC 7517) of the keys that are published."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """The key's RFC 7638 thumbprint: SHA-256 over its required members, base64url."""
    required = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}[jwk["kty"]]
    form = json.dumps({name: jwk[name] for name in required}, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(form.encode()).digest())


def signature_jwk(key: EllipticCurvePublicKey) -> dict[str, str]:
    """A P-256 key that verifies access tokens (ES256)."""
    point = key.public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": _base64url(point.x.to_bytes(32, "big")),
        "y": _base64url(point.y.to_bytes(32, "big")),
    }
    return {**jwk, "use": "sig", "alg": "ES256", "kid": thumbprint(jwk)}


def encryption_jwk(key: RSAPublicKey) -> dict[str, str]:
    """An RSA key that browsers encrypt cards to (RSA-OAEP-256)."""
    numbers = key.public_numbers()
    size = (key.key_size + 7) // 8
    jwk = {
        "kty": "RSA",
        "n": _base64url(numbers.n.to_bytes(size, "big")),
        "e": _base64url(numbers.e.to_bytes(3, "big")),
    }
    return {**jwk, "use": "enc", "alg": "RSA-OAEP-256", "kid": thumbprint(jwk)}


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
