"""A payment's life: token, payment, the same request again, a partial refund, the audit trail."""

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.table import Table

from ops.api import Answer, Api
from ops.demonstration.steps import Record, new_key, tokenize, trail
from ops.terminal import results, show

AMOUNT, REFUND = 4999, 1500


def show_purchase(api: Api) -> None:
    """Show it all, with the client's own merchant."""
    access_token = api.access_token()
    _step("An access token", f"for the client {api.client_id}, signed by KMS")
    token = tokenize(api, access_token, api.merchant_id(access_token))
    card = token["card"]
    _step("A token", f"{token['id']} for {card['brand']} …{card['last4']}: the card never came in clear")
    payment = _pay_twice(api, access_token, token["id"])
    refund = _refund(api, access_token, payment)
    _show_trail(trail(api, access_token, (token["id"], payment, refund), "refund.succeeded"))


def _pay_twice(api: Api, access_token: str, token: str) -> str:
    key, body = new_key(), {"amount": AMOUNT, "currency": "USD", "payment_method": {"token": token}}
    first = api.post(access_token, "/v1/payments", body, key)
    payment = first.body
    _step("A payment", f"{payment['id']}: {payment['amount']} {payment['currency']}, {payment['status']}")
    again = api.post(access_token, "/v1/payments", body, key)
    same = "the same payment" if again.body == payment else "another answer"
    _step("The request again", f"{same}, Idempotent-Replayed: {_replayed(again)}; nothing was charged twice")
    return payment["id"]


def _refund(api: Api, access_token: str, payment: str) -> str:
    answer = api.post(access_token, f"/v1/payments/{payment}/refunds", {"amount": REFUND}, new_key())
    _step("A partial refund", f"{answer.body['id']}: {REFUND} USD, {answer.body['status']}")
    left = api.get(access_token, f"/v1/payments/{payment}").body["amount_refundable"]
    _step("What is left", f"{left} USD can still be refunded, and not one cent more")
    return answer.body["id"]


def _show_trail(records: Sequence[Record]) -> None:
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
