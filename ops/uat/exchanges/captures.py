"""Captures: whole, in part, of too much, and of what isn't there any more."""

from ops.uat.bench import AMOUNT, Bench, operations, refusal, result
from ops.uat.exchange import Observed, exchange

GONE = {"http": 409, "problem": "cannot-be-modified"}


@exchange(
    "A capture is answered 200, type `preAuthorizationCompletion`, status `ready`.",
    http=200,
    type="preAuthorizationCompletion",
    status="ready",
    code="A",
    authorized=AMOUNT,
    operations=["fullyReverse", "partiallyReverse"],
)
def capture_whole(payroc: Bench) -> Observed:
    answer = payroc.step(payroc.paid(capture=False), "capture", amount=AMOUNT)
    return {**result(answer), "operations": operations(answer)}


@exchange(
    "After a capture in part `authorizedAmount` is what was captured, and `order.amount` what was asked for.",
    http=200,
    type="preAuthorizationCompletion",
    status="ready",
    code="A",
    authorized=3000,
    asked=AMOUNT,
)
def capture_in_part(payroc: Bench) -> Observed:
    answer = payroc.step(payroc.paid(capture=False), "capture", amount=3000)
    return {**result(answer), "asked": answer.body.get("order", {}).get("amount")}


@exchange(
    "The rest of a captured authorization can be captured, too (merchants with `multiple_captures` only; if "
    "not, the first capture has released the rest).",
    http=200,
    type="preAuthorizationCompletion",
    status="ready",
    code="A",
    authorized=AMOUNT,
)
def capture_of_the_rest(payroc: Bench) -> Observed:
    payment = payroc.paid(capture=False)
    payroc.step(payment, "capture", amount=3000)
    return result(payroc.step(payment, "capture", amount=2000))


@exchange("A capture of more than was authorized is refused with 400.", http=400, problem="bad-request")
def capture_of_too_much(payroc: Bench) -> Observed:
    return refusal(payroc.step(payroc.paid(capture=False), "capture", amount=AMOUNT + 1))


@exchange("A capture of a reversed authorization is 409 `cannot-be-modified`.", **GONE)
def capture_after_reversal(payroc: Bench) -> Observed:
    payment = payroc.paid(capture=False)
    payroc.step(payment, "reverse")
    return refusal(payroc.step(payment, "capture", amount=AMOUNT))


@exchange(
    "An authorization that has run out has the status `expired`; its capture is 409 `cannot-be-modified`.",
    **GONE,
    status="expired",
)
def capture_after_expiry(payroc: Bench) -> Observed:
    payment = payroc.expired("capture after expiry")
    status = result(payroc.read(payment))["status"]
    return {**refusal(payroc.step(payment, "capture", amount=AMOUNT)), "status": status}
