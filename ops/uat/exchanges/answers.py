"""What Payroc says to a new payment, and to who may not ask."""

from ops.uat.bench import AMOUNT, Bench, operations, refusal, result
from ops.uat.exchange import Observed, exchange


@exchange("A wrong API key is answered 401, and nothing was attempted.", http=401)
def wrong_api_key(payroc: Bench) -> Observed:
    return {"http": payroc.wire.authorize("not-a-key").status}


@exchange("A wrong access token is answered 401 `not-authorized`.", http=401, problem="not-authorized")
def wrong_access_token(payroc: Bench) -> Observed:
    return refusal(payroc.wire.get("/payments?limit=1", authorization="Bearer not-a-token"))


@exchange(
    "A sale is answered 201, code A, status `ready`; it can be reversed, not refunded.",
    http=201,
    type="sale",
    status="ready",
    code="A",
    authorized=AMOUNT,
    operations=["fullyReverse", "partiallyReverse"],
)
def sale(payroc: Bench) -> Observed:
    answer = payroc.pay()
    return {**result(answer), "operations": operations(answer)}


@exchange(
    "An authorization is answered 201, code A, type `preAuthorization`, status `pending`.",
    http=201,
    type="preAuthorization",
    status="pending",
    code="A",
    authorized=AMOUNT,
    operations=["capture", "fullyReverse"],
)
def authorization(payroc: Bench) -> Observed:
    answer = payroc.pay(capture=False)
    return {**result(answer), "operations": operations(answer)}


@exchange(
    "A decline is answered 201, code D, status `declined` (amount 4901).",
    http=201,
    status="declined",
    code="D",
    processor="05",
)
def declined(payroc: Bench) -> Observed:
    return _decline(payroc, 4901)


@exchange(
    "A referral is answered 201, code R, status `referral` (amount 4902).",
    http=201,
    status="referral",
    code="R",
    processor="01",
)
def referral(payroc: Bench) -> Observed:
    return _decline(payroc, 4902)


@exchange(
    "The amount 1403 stands for a failed address check.",
    http=201,
    status="declined",
    code="D",
    processor="00",
    avs="N",
)
def address_refused(payroc: Bench) -> Observed:
    answer = payroc.pay(1403)
    checks = answer.body.get("card", {}).get("securityChecks", {})
    return {**_decline_of(answer.status, answer.body), "avs": checks.get("avsResult")}


@exchange(
    "A card that has expired is declined with code 54, not refused.",
    http=201,
    status="declined",
    code="D",
    processor="54",
)
def expired_card(payroc: Bench) -> Observed:
    answer = payroc.pay(expiry="0120")
    return _decline_of(answer.status, answer.body)


@exchange(
    "A number with a wrong check digit is refused with 400, which had no effect.",
    http=400,
    problem="bad-request",
    listed=0,
)
def wrong_number(payroc: Bench) -> Observed:
    body = payroc.submission()
    body["paymentMethod"]["cardDetails"]["keyedData"]["cardNumber"] = "4539858876047063"
    answer = payroc.wire.post("/payments", body)
    return {**refusal(answer), "listed": payroc.listed(body["order"]["orderId"])}


def _decline(payroc: Bench, amount: int) -> Observed:
    answer = payroc.pay(amount)
    return _decline_of(answer.status, answer.body)


def _decline_of(http: int, body: Observed) -> Observed:
    said = body.get("transactionResult", {})
    return {
        "http": http,
        "status": said.get("status"),
        "code": said.get("responseCode"),
        "processor": said.get("processorResponseCode"),
    }
