"""Reversals: of authorizations, in an open batch, and when it is closed."""

from ops.uat.bench import AMOUNT, Bench, operations, refusal, result
from ops.uat.exchange import Observed, exchange

CLOSED = {"http": 409, "problem": "cannot-be-modified"}


@exchange(
    "A reversed authorization has the status `reversal`, for good.",
    http=200,
    type="preAuthorization",
    status="reversal",
    code="A",
    authorized=AMOUNT,
    operations=[],
)
def reversal_of_an_authorization(payroc: Bench) -> Observed:
    answer = payroc.step(payroc.paid(capture=False), "reverse")
    return {**result(answer), "operations": operations(answer)}


@exchange(
    "In an open batch a sale is reversed whole: status `reversal`.",
    http=200,
    type="sale",
    status="reversal",
    code="A",
    authorized=AMOUNT,
)
def reversal_in_an_open_batch(payroc: Bench) -> Observed:
    return result(payroc.step(payroc.paid(), "reverse"))


@exchange(
    "In an open batch a part is reversed: the rest stays `ready`, and `authorizedAmount` is the rest.",
    http=200,
    type="sale",
    status="ready",
    code="A",
    authorized=3000,
    refunds=0,
)
def reversal_in_part(payroc: Bench) -> Observed:
    answer = payroc.step(payroc.paid(), "reverse", amount=2000)
    return {**result(answer), "refunds": len(answer.body.get("refunds", ()))}


@exchange("A second reversal is 409 `cannot-be-modified`.", **CLOSED)
def second_reversal(payroc: Bench) -> Observed:
    payment = payroc.paid()
    payroc.step(payment, "reverse")
    return refusal(payroc.step(payment, "reverse"))


@exchange("A reversal in a closed batch is 409 `cannot-be-modified`.", **CLOSED)
def reversal_in_a_closed_batch(payroc: Bench) -> Observed:
    return refusal(payroc.step(payroc.settled("reversal in a closed batch"), "reverse"))
