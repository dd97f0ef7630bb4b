"""`tollgate demo`: a payment's life against the running laptop cloud, over HTTP."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from ops.api import Answer, Api
from ops.card_encryption import encrypt_card
from ops.commands.card import VISA, expiry
from ops.failure import Failure
from ops.options import DEFAULT_STATE_DIR, StateDir, local_description
from ops.terminal import results, show
from tollgate.domain.card import Card

AMOUNT, REFUND = 4999, 1500
LAST_ACTION = "refund.succeeded"
TRAIL_SECONDS, PAUSE_SECONDS = 20, 0.5
"""The trail follows the payments by seconds."""


def demo(state_dir: StateDir = DEFAULT_STATE_DIR) -> None:
    """Tokenize a test card, pay, repeat the request, refund a part, and read the audit trail.

    Needs the laptop cloud running in another terminal: `tollgate local`.
    """
    local = local_description(state_dir)
    api = Api(local["base_url"], local["client_id"], local["client_secret"])
    access_token = api.access_token()
    _step("An access token", f"for the client {api.client_id}, signed by KMS")
    token = _tokenize(api, access_token, local["merchant_id"])
    payment = _pay_twice(api, access_token, token)
    refund = _refund(api, access_token, payment)
    _show_trail(_trail(api, access_token, (token, payment, refund)))


def _tokenize(api: Api, access_token: str, merchant_id: str) -> str:
    month, year = expiry("")
    encrypted = encrypt_card(Card(VISA, month, year, "123"), merchant_id, api.card_key())
    answer = api.post(access_token, "/v1/tokens", {"encrypted_card": encrypted}, _new_key())
    card = answer.body["card"]
    _step(
        "A token", f"{answer.body['id']} for {card['brand']} …{card['last4']}: the card never came in clear"
    )
    return answer.body["id"]


def _pay_twice(api: Api, access_token: str, token: str) -> str:
    key, body = _new_key(), {"amount": AMOUNT, "currency": "USD", "payment_method": {"token": token}}
    first = api.post(access_token, "/v1/payments", body, key)
    payment = first.body
    _step("A payment", f"{payment['id']}: {payment['amount']} {payment['currency']}, {payment['status']}")
    again = api.post(access_token, "/v1/payments", body, key)
    same = "the same payment" if again.body == payment else "another answer"
    _step("The request again", f"{same}, Idempotent-Replayed: {_replayed(again)}; nothing was charged twice")
    return payment["id"]


def _refund(api: Api, access_token: str, payment: str) -> str:
    answer = api.post(access_token, f"/v1/payments/{payment}/refunds", {"amount": REFUND}, _new_key())
    _step("A partial refund", f"{answer.body['id']}: {REFUND} USD, {answer.body['status']}")
    left = api.get(access_token, f"/v1/payments/{payment}").body["amount_refundable"]
    _step("What is left", f"{left} USD can still be refunded, and not one cent more")
    return answer.body["id"]


def _trail(api: Api, access_token: str, resources: Sequence[str]) -> list[dict[str, Any]]:
    """What was recorded about the resources, oldest first, once the last step is among it."""
    deadline = time.monotonic() + TRAIL_SECONDS
    while time.monotonic() < deadline:
        pages = [api.get(access_token, "/v1/audits", resource=each).body["data"] for each in resources]
        records = [record for page in pages for record in page]
        if any(record["action"] == LAST_ACTION for record in records):
            return sorted(records, key=_moment)
        time.sleep(PAUSE_SECONDS)
    raise Failure(
        f"The audit trail didn't show {LAST_ACTION} within {TRAIL_SECONDS} s.",
        "See in the projector's log group what is wrong, or run it again.",
    )


def _moment(record: dict[str, Any]) -> tuple[str, int]:
    """Records of one chain can have the same time."""
    return record["at"], record["chain"]["sequence"] if record["chain"] else 0


def _show_trail(records: Sequence[dict[str, Any]]) -> None:
    table = Table("at (UTC)", "action", "resource", "payment's chain", title="The audit trail", box=SIMPLE)
    table.columns[2].no_wrap = True
    for record in records:
        chain = record["chain"]
        table.add_row(
            record["at"][11:23],
            record["action"],
            record["resource"]["id"],
            f"{chain['sequence']}: {chain['hash'][:8]}…" if chain else "",
        )
    results.print(table)


def _step(what: str, words: str) -> None:
    show(f"{what + ' ':.<20} {words}")


def _replayed(answer: Answer) -> str:
    return answer.headers.get("Idempotent-Replayed", "missing")


def _new_key() -> str:
    return secrets.token_hex(16)
