"""Currencies with other than two decimals, and the longest order ids."""

from ops.uat.bench import Bench, order_id, refusal
from ops.uat.exchange import Observed, exchange


@exchange("Yen have no minor unit: 100 is 100 yen.", http=201, code="A", authorized=100, currency="JPY")
def currency_without_decimals(payroc: Bench) -> Observed:
    return _in_currency(payroc, 100, "JPY")


@exchange(
    "Dinars of Bahrain have three decimals: 1230 is 1.23.",
    http=201,
    code="A",
    authorized=1230,
    currency="BHD",
)
def currency_with_three_decimals(payroc: Bench) -> Observed:
    return _in_currency(payroc, 1230, "BHD")


@exchange("An order id may have 24 characters, and comes back as it was.", http=201, same=True)
def long_order_id(payroc: Bench) -> Observed:
    order = order_id(24)
    answer = payroc.pay(order_id=order)
    return {"http": answer.status, "same": answer.body.get("order", {}).get("orderId") == order}


@exchange("One with 25 characters is refused with 400, not cut off.", http=400, problem="bad-request")
def too_long_order_id(payroc: Bench) -> Observed:
    return refusal(payroc.pay(order_id=order_id(25)))


def _in_currency(payroc: Bench, amount: int, currency: str) -> Observed:
    answer = payroc.pay(amount, currency=currency)
    said = answer.body.get("transactionResult", {})
    return {
        "http": answer.status,
        "code": said.get("responseCode"),
        "authorized": said.get("authorizedAmount"),
        "currency": said.get("currency"),
    }
