"""Steps that demonstrations have in common."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from onboarding.failure import Failure
from ops.api import Api
from ops.card_encryption import encrypt_card
from ops.commands.card import VISA, expiry
from tollgate.domain.card import Card

TRAIL_SECONDS, PAUSE_SECONDS = 20, 0.5
"""The trail follows the payments by seconds."""

Record = dict[str, Any]


def new_key() -> str:
    """A new idempotency key."""
    return secrets.token_hex(16)


def tokenize(api: Api, access_token: str, merchant_id: str) -> Record:
    """A new token for a published test card."""
    month, year = expiry("")
    encrypted = encrypt_card(Card(VISA, month, year, "123"), merchant_id, api.card_key())
    return api.post(access_token, "/v1/tokens", {"encrypted_card": encrypted}, new_key()).body


def trail(api: Api, access_token: str, resources: Sequence[str], last_action: str) -> list[Record]:
    """What was recorded about the resources, oldest first, once `last_action` is among it."""
    deadline = time.monotonic() + TRAIL_SECONDS
    while time.monotonic() < deadline:
        pages = [
            api.get(access_token, "/v1/audits", resource=each, limit="100").body["data"] for each in resources
        ]
        records = [record for page in pages for record in page]
        if any(record["action"] == last_action for record in records):
            return sorted(records, key=_moment)
        time.sleep(PAUSE_SECONDS)
    raise Failure(
        f"The audit trail didn't show {last_action} within {TRAIL_SECONDS} s.",
        "See in the projector's log group what is wrong, or run it again.",
    )


def _moment(record: Record) -> tuple[str, int]:
    """Records of one chain can have the same time."""
    return record["at"], record["chain"]["sequence"] if record["chain"] else 0
