"""Idempotency keys, and connections that are cut."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from ops.uat.bench import AMOUNT, Bench, refusal
from ops.uat.exchange import Observed, exchange

IN_USE = {"http": 409, "problem": "idempotency-key-in-use"}


@exchange(
    "A POST without a key is refused with 400 `idempotency-key-missing`.",
    http=400,
    problem="idempotency-key-missing",
)
def key_missing(payroc: Bench) -> Observed:
    return refusal(payroc.wire.post("/payments", payroc.submission(), key=None))


@exchange("The same request again hears the first answer, and nothing happens twice.", same=True, payments=1)
def key_repeated(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    first, second = (payroc.wire.post("/payments", body, key) for _ in range(2))
    return {"same": first == second, "payments": payroc.listed(body["order"]["orderId"])}


@exchange("A key with another body is 409 `idempotency-key-in-use`.", **IN_USE)
def key_of_another_request(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    payroc.wire.post("/payments", body, key)
    body["order"]["amount"] = AMOUNT + 1
    return refusal(payroc.wire.post("/payments", body, key))


@exchange("A refused request has used up its key: corrected, it is 409.", **IN_USE)
def key_of_a_refused_request(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    payroc.wire.post("/payments", {**body, "channel": "none"}, key)
    return refusal(payroc.wire.post("/payments", body, key))


@exchange("Two requests at once with one key hear one answer.", answers=1, payments=1)
def key_in_flight(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: payroc.wire.post("/payments", body, key), range(2)))
    told = {each.body.get("paymentId") for each in answers}
    return {"answers": len(told), "payments": payroc.listed(body["order"]["orderId"])}


@exchange("A request of which half arrived has no effect, and leaves its key free.", payments=0, again=201)
def cut_before_effect(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    payroc.wire.cut("/payments", body, key, after=False)
    payments = payroc.listed(body["order"]["orderId"])
    return {"payments": payments, "again": payroc.wire.post("/payments", body, key).status}


@exchange(
    "A request whose answer nobody waited for took effect, and is answered when it is sent again.",
    again=201,
    code="A",
    payments=1,
)
def cut_after_effect(payroc: Bench) -> Observed:
    body, key = payroc.submission(), str(uuid.uuid4())
    payroc.wire.cut("/payments", body, key, after=True)
    again = payroc.wire.post("/payments", body, key)
    return {
        "again": again.status,
        "code": again.body.get("transactionResult", {}).get("responseCode"),
        "payments": payroc.listed(body["order"]["orderId"]),
    }
