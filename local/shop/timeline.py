"""What happened to an order: by the shop's own log, the processor's books, and Tollgate's audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from local.shop.api import Api
from local.shop.orders import Attempt, Order
from local.shop.processor import Processor

Entry = dict[str, Any]


def timeline(order: Order, api: Api, processor: Processor) -> dict[str, Any]:
    """`entries` by time: `at`, `who` (`shop`, `processor`, `audit trail`), `what`, and of the processor's
    `amount` and `currency`. `payment` and `refunds` of the last attempt are as the API shows them,
    `books` what the processor says of it now."""
    entries = [_entry(at, "shop", words) for at, words in order.log]
    payment, refunds = None, []
    for attempt in order.attempts:
        payment, refunds = _stored(attempt, api)
        if payment:
            entries += _effects(processor, payment["id"])
            entries += _records(api, [payment["id"], *(refund["id"] for refund in refunds)])
    return {
        "entries": sorted(entries, key=lambda entry: entry["at"]),
        "payment": payment,
        "refunds": refunds,
        "books": _books(processor, payment),
    }


def _stored(attempt: Attempt, api: Api) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
    """The payment is looked for by its reference as long as no answer has named it."""
    if not attempt.payment_id:
        listed = api.get("/v1/payments", reference=attempt.key)["data"] or [None]
        return listed[0], []
    payment = api.get(f"/v1/payments/{attempt.payment_id}")
    if not payment["amount_captured"]:
        return payment, []
    refunds = api.get(f"/v1/payments/{attempt.payment_id}/refunds", limit="100")["data"]
    return payment, list(refunds)


def _effects(processor: Processor, payment_id: str) -> Iterator[Entry]:
    for effect in processor.effects(payment_id):
        money = {"amount": effect["amount"], "currency": effect["currency"]}
        yield {**_entry(_moment(effect["at"]), "processor", effect["kind"]), **money}


def _records(api: Api, resources: list[str]) -> Iterator[Entry]:
    """Those of the payment's chain: what only looked at it has none."""
    for resource in resources:
        for record in api.get("/v1/audits", resource=resource, limit="100")["data"]:
            if chain := record["chain"]:
                what = f"{record['action']} by {record['actor']['id']}"
                link = f"{chain['sequence']}: {chain['previous_hash'][:8]} → {chain['hash'][:8]}"
                yield {**_entry(_moment(record["at"]), "audit trail", what), "chain": link}


def _books(processor: Processor, payment: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not payment or not payment["processor"]["reference"]:
        return None
    shown = processor.shows(payment["processor"]["reference"])
    result = shown["transactionResult"]
    return {
        "id": shown["paymentId"],
        "status": result["status"],
        "message": result["responseMessage"],
        "amount": result["authorizedAmount"],
        "operations": shown["supportedOperations"],
    }


def _entry(at: datetime, who: str, what: str) -> Entry:
    return {"at": at.isoformat(timespec="milliseconds"), "who": who, "what": what}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
