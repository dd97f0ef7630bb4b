"""Refunds: in an open batch, where they are reversals, and in a closed one."""

from ops.uat.bench import AMOUNT, Bench, refusal, result
from ops.uat.exchange import Observed, exchange
from ops.uat.wire import Body


@exchange(
    "In an open batch a refund of the whole is a reversal: status `reversal`, no entry in `refunds[]`.",
    http=200,
    type="sale",
    status="reversal",
    code="A",
    authorized=AMOUNT,
    refunds=0,
)
def refund_in_an_open_batch(payroc: Bench) -> Observed:
    answer = payroc.refund(payroc.paid(), AMOUNT)
    return {**result(answer), "refunds": len(answer.body.get("refunds", ()))}


@exchange(
    "In an open batch a refund of a part takes back that part alone. (The adapter doesn't rely on it: it "
    "reverses a part there.)",
    http=200,
    type="sale",
    status="ready",
    code="A",
    authorized=3000,
    refunds=0,
)
def refund_in_part_in_an_open_batch(payroc: Bench) -> Observed:
    answer = payroc.refund(payroc.paid(), 2000)
    return {**result(answer), "refunds": len(answer.body.get("refunds", ()))}


@exchange(
    "In a closed batch a refund has an entry in `refunds[]`, the payment stays `complete`, and "
    "`GET /refunds/{id}` brings back our description.",
    http=200,
    status="complete",
    entries=[{"amount": 2000, "status": "ready", "code": "A"}],
    description="Refund ref_uat",
)
def refund_in_a_closed_batch(payroc: Bench) -> Observed:
    answer = payroc.refund(payroc.settled("refund in a closed batch"), 2000)
    entries: list[Body] = answer.body.get("refunds", [])
    refund = payroc.wire.get(f"/refunds/{entries[-1]['refundId']}").body if entries else {}
    return {
        "http": answer.status,
        "status": result(answer)["status"],
        "entries": [_entry(each) for each in entries],
        "description": refund.get("order", {}).get("description"),
    }


@exchange("Two refunds of one amount are two entries with ids of their own.", entries=2, ids=2)
def two_refunds_of_one_amount(payroc: Bench) -> Observed:
    payment = payroc.settled("two refunds of one amount")
    for _ in range(2):
        payroc.refund(payment, 1000)
    entries = payroc.read(payment).body.get("refunds", [])
    return {"entries": len(entries), "ids": len({each["refundId"] for each in entries})}


@exchange("A refund of more than is left is refused with 400.", http=400, problem="bad-request")
def refund_of_too_much(payroc: Bench) -> Observed:
    payment = payroc.settled("refund of too much")
    payroc.refund(payment, 3000)
    return refusal(payroc.refund(payment, 2001))


@exchange("A refund of an authorization is 409 `cannot-be-modified`.", http=409, problem="cannot-be-modified")
def refund_of_an_authorization(payroc: Bench) -> Observed:
    return refusal(payroc.refund(payroc.paid(capture=False), 1000))


def _entry(entry: Body) -> Body:
    return {
        "amount": entry.get("amount"),
        "status": entry.get("status"),
        "code": entry.get("responseCode"),
    }
