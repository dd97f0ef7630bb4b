"""Encrypted cards as a browser makes them. Numbers are Payroc's published test cards only."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwe
from joserfc.jwk import RSAKey

from tollgate.adapters.jwks import encryption_jwk

VISA = "4539858876047062"
VISA_DEBIT = "4000060000000006"
MASTERCARD = "5100270000000007"
AMEX = "3400000000000000"
DISCOVER = "6011000000000004"


@dataclass(frozen=True)
class CardKey:
    """A card key: what is published of it, and its private half as PKCS #8 PEM."""

    jwk: dict[str, str]
    pem: str = field(repr=False)

    @property
    def kid(self) -> str:
        return self.jwk["kid"]

    def secret(self, *others: "CardKey") -> str:
        """The value of the card-keys secret, with this key as the current one."""
        keys = {key.kid: key.pem for key in (self, *others)}
        return json.dumps({"current": self.kid, "keys": keys})


@cache
def card_key(name: str = "current") -> CardKey:
    """A key of this name: made once a process, since making one takes a while."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return CardKey(encryption_jwk(private.public_key()), pem)


def encrypt_card(
    jwk: Mapping[str, Any],
    merchant: str,
    number: str = VISA,
    *,
    header: Mapping[str, Any] | None = None,
    without: str | None = None,
    **claims: Any,
) -> str:
    """A compact JWE. `claims` replace or add to what a browser sends, `header` to the protected header;
    `without` leaves a claim out."""
    contents: dict[str, Any] = {
        "number": number,
        "exp_month": 12,
        "exp_year": 2034,
        "cvc": "123",
        "merchant": merchant,
        "iat": int(time.time()),
        "jti": str(uuid.uuid4()),
        **claims,
    }
    contents.pop(without or "", None)
    return encrypt(jwk, json.dumps(contents).encode(), header)


def encrypt(jwk: Mapping[str, Any], plaintext: bytes, header: Mapping[str, Any] | None = None) -> str:
    """A compact JWE of any contents."""
    protected = {"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": jwk["kid"], **(header or {})}
    key = RSAKey.import_key({name: jwk[name] for name in ("kty", "n", "e")})
    algorithms = [protected["alg"], protected["enc"], "DEF"]
    return jwe.encrypt_compact(protected, plaintext, key, algorithms=algorithms)
