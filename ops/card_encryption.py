"""Encrypts a card as a browser does: compact JWE (RFC 7516) to the published key."""

import json
import time
import uuid
from collections.abc import Mapping

from joserfc import jwe
from joserfc.jwk import RSAKey

from tollgate.domain.card import Card

ALGORITHM, ENCRYPTION = "RSA-OAEP-256", "A256GCM"


def encrypt_card(card: Card, merchant_id: str, jwk: Mapping[str, str]) -> str:
    """A compact JWE of the card for one merchant, good for 10 minutes and one idempotency key."""
    contents = {
        "number": card.number,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "merchant": merchant_id,
        "iat": int(time.time()),
        "jti": str(uuid.uuid4()),
    }
    if card.cvc is not None:
        contents["cvc"] = card.cvc
    header = {"alg": ALGORITHM, "enc": ENCRYPTION, "kid": jwk["kid"]}
    key = RSAKey.import_key({member: jwk[member] for member in ("kty", "n", "e")})
    return jwe.encrypt_compact(header, json.dumps(contents), key, algorithms=[ALGORITHM, ENCRYPTION])
