"""Signatures of Standard Webhooks (https://www.standardwebhooks.com: the specification, Signature scheme)."""

import base64
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_text(secret: bytes) -> str:
    """The secret as the shop keeps it."""
    return PREFIX + base64.b64encode(secret).decode()


def signed_headers(secrets: Sequence[bytes], id: str, seconds: int, message: bytes) -> dict[str, str]:
    """The headers of one sending. Every secret signs; a receiver accepts it if one of them is its own."""
    content = b".".join([id.encode(), str(seconds).encode(), message])
    signatures = [base64.b64encode(hmac.digest(each, content, "sha256")).decode() for each in secrets]
    return {
        "webhook-id": id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }
