"""Signing keys outside KMS."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tollgate.adapters.jwks import signature_jwk


class FakeSigningKeys:
    """P-256 keys in memory: the first signs."""

    def __init__(self, count: int = 1) -> None:
        self._private = [ec.generate_private_key(ec.SECP256R1()) for _ in range(count)]

    @property
    def public_keys(self) -> dict[str, ec.EllipticCurvePublicKey]:
        keys = [private.public_key() for private in self._private]
        return {signature_jwk(key)["kid"]: key for key in keys}

    @property
    def current_kid(self) -> str:
        return next(iter(self.public_keys))

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self._private[0].sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
