"""How payments are found again."""

from ops.uat.bench import AMOUNT, Bench, order_id, refusal
from ops.uat.exchange import Observed, exchange


@exchange("A payment is in the list of its order within a minute, as it was answered.", payments=1, same=True)
def found_by_order(payroc: Bench) -> Observed:
    order = order_id()
    made = payroc.pay(order_id=order).body.get("paymentId")
    found = payroc.found(order)
    return {"payments": len(found), "same": [each.get("paymentId") for each in found] == [made]}


@exchange("A decline is in the list, too.", statuses=["declined"])
def decline_found_by_order(payroc: Bench) -> Observed:
    order = order_id()
    payroc.pay(4901, order_id=order)
    return {"statuses": [each["transactionResult"]["status"] for each in payroc.found(order)]}


@exchange("An order id isn't unique: two payments with one are two.", payments=2, newest_first=True)
def one_order_twice(payroc: Bench) -> Observed:
    order = order_id()
    made = [payroc.pay(order_id=order).body.get("paymentId") for _ in range(2)]
    listed = payroc.found(order)
    ids = [each.get("paymentId") for each in listed]
    return {"payments": len(ids), "newest_first": ids == made[::-1]}


@exchange(
    "The books show a capture: type `preAuthorizationCompletion` with what was captured.",
    type="preAuthorizationCompletion",
    authorized=AMOUNT,
)
def capture_in_the_books(payroc: Bench) -> Observed:
    order = order_id()
    payment = payroc.pay(order_id=order, capture=False).body.get("paymentId")
    payroc.step(str(payment), "capture", amount=AMOUNT)
    (found,) = payroc.found(order) or [{}]
    said = found.get("transactionResult", {})
    return {"type": said.get("type"), "authorized": said.get("authorizedAmount")}


@exchange("A page of the list has at least 25 payments, if asked for.", http=200, limit=25)
def page_of_the_list(payroc: Bench) -> Observed:
    answer = payroc.wire.get("/payments?limit=25")
    return {"http": answer.status, "limit": answer.body.get("limit")}


@exchange("What isn't there is 404 `not-found`.", http=404, problem="not-found")
def unknown_payment(payroc: Bench) -> Observed:
    return refusal(payroc.read("NOSUCHPAYM"))
