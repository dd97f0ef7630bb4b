"""The keys that sign access tokens. Their private halves never leave KMS."""

from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tollgate.adapters.jwks import signature_jwk


class KmsSigningKeys:
    """KMS keys of the kind ECC_NIST_P256: the first signs, all verify. Their public halves are read once."""

    def __init__(self, kms: Any, key_arns: tuple[str, ...]) -> None:
        self._kms = kms
        self._key_arns = key_arns

    @property
    def public_keys(self) -> dict[str, EllipticCurvePublicKey]:
        """By `kid` (RFC 7638 thumbprint), in the order of the configuration."""
        return self._keys_by_kid

    @property
    def current_kid(self) -> str:
        """The `kid` of the key that signs."""
        return next(iter(self.public_keys))

    def sign(self, message: bytes) -> bytes:
        """The ES256 signature in JWS form: r and s, 32 bytes each (RFC 7518 §3.4)."""
        answer = self._kms.sign(
            KeyId=self._key_arns[0], Message=message, MessageType="RAW", SigningAlgorithm="ECDSA_SHA_256"
        )
        r, s = decode_dss_signature(answer["Signature"])
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    @cached_property
    def _keys_by_kid(self) -> dict[str, EllipticCurvePublicKey]:
        keys = (self._public_key(arn) for arn in self._key_arns)
        return {signature_jwk(key)["kid"]: key for key in keys}

    def _public_key(self, arn: str) -> EllipticCurvePublicKey:
        key = load_der_public_key(self._kms.get_public_key(KeyId=arn)["PublicKey"])
        if not isinstance(key, EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            raise TypeError(f"{arn} is no P-256 key; SIGNING_KEYS takes keys of the kind ECC_NIST_P256.")
        return key
