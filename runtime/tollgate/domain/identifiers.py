"""Ids that are a function of what they identify, so that a repeated request finds its first effect."""

import base64
import hashlib
import re

DIGEST_CHARACTERS = 20
LONGEST_ID = 64
"""No id of ours is longer. Longer ones aren't looked up: DynamoDB refuses keys over 2 KiB with an error."""

_ID = re.compile(r"[a-z]{3}_[a-z2-7]{20,40}")


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id of ours."""
    return _ID.fullmatch(text) is not None


def derived_id(prefix: str, *parts: str) -> str:
    """`prefix` and 20 base32 characters (100 bits) of SHA-256 over the length-prefixed parts.

    No secret goes in, so no rotation can ever turn a repeated request into a new effect. With a prefix
    of four characters it fits the processor's 24-character order id.
    """
    return prefix + _digest(*parts)[:DIGEST_CHARACTERS]


def attempt_key(operation_id: str, started_at: int) -> str:
    """The processor's idempotency key of one attempt, in the form of a UUID of version 4.

    An operation that certainly wasn't attempted is removed; its next intent has another `started_at`
    (milliseconds), and with it another key: a key never meets two bodies.
    """
    raw = bytearray(hashlib.sha256(f"{operation_id}@{started_at}".encode()).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _digest(*parts: str) -> str:
    encoded = [part.encode() for part in parts]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
    return base64.b32encode(hashlib.sha256(message).digest()).decode().lower()
