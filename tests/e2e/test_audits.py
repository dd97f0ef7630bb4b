"""The audit trail: every access to payment data is on it, and no change can be taken out unnoticed."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from local.simulator.faults import FaultKind, Route
from onboarding import Stage
from tests.e2e.caller import Caller, Object, created
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually
from tollgate.domain.merchant import Scope

MEMBERS = {
    "id",
    "object",
    "at",
    "actor",
    "action",
    "resource",
    "outcome",
    "origin",
    "request_id",
    "response",
    "chain",
}


def trail(shop: Caller, count: int, **filters: str) -> list[Object]:
    """The records, oldest first, once there are as many."""

    def listed() -> list[Object] | None:
        found = [each for page in shop.pages("/v1/audits", **filters) for each in page]
        return found[::-1] if len(found) >= count else None

    found = eventually(listed)
    assert len(found) == count
    return found


def changes(shop: Caller, resource: str, *actions: str) -> list[Object]:
    """The records of a payment's or refund's chain, in its order; they are exactly `actions`."""

    def chained() -> list[Object] | None:
        records = [each for page in shop.pages("/v1/audits", resource=resource) for each in page]
        found = [each for each in records[::-1] if each["chain"]]
        return found if len(found) >= len(actions) else None

    found = sorted(eventually(chained), key=lambda record: record["chain"]["sequence"])
    assert [record["action"] for record in found] == list(actions)
    return found


def of_exchange(shop: Caller, answer: requests.Response, **filters: str) -> Object:
    """The one record that an exchange has left."""
    request_id = answer.headers["X-Request-Id"]

    def recorded() -> list[Object]:
        pages = shop.pages("/v1/audits", limit=100, **filters)
        return [each for page in pages for each in page if each["request_id"] == request_id]

    (record,) = eventually(recorded)
    return record


def check_chain(records: list[Object]) -> None:
    """As somebody would who has nothing but the contract."""
    previous = "0" * 64
    for sequence, record in enumerate(records, start=1):
        chain = record["chain"]
        covered = {name: value for name, value in record.items() if name != "chain"}
        # RFC 8785, for strings, integers, null, lists, and objects with ASCII names.
        canonical = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256((previous + canonical).encode()).hexdigest()
        assert (chain["sequence"], chain["previous_hash"], chain["hash"]) == (sequence, previous, digest)
        previous = digest


def test_an_automatic_payment_leaves_its_creation_and_its_capture(shop: Caller) -> None:
    answer = shop.post_payment()
    payment = created(answer)
    records = changes(shop, payment["id"], "payment.created", "payment.captured")
    for record in records:
        assert record.keys() == MEMBERS
        assert record["object"] == "audit"
        assert record["actor"] == {"type": "client", "id": shop.client_id}
        assert record["resource"] == {"type": "payment", "id": payment["id"]}
        assert record["outcome"] == "success"
        assert record["origin"]["ip"] == "127.0.0.1"
        assert record["origin"]["user_agent"] == shop.session.headers["User-Agent"]
        assert record["request_id"] == answer.headers["X-Request-Id"]
        assert record["response"] == {"status": 201, "ids": [payment["id"]], "sha256": None}
        assert record["chain"]["id"] == payment["id"]
    check_chain(records)


def test_a_chain_runs_through_captures_and_refunds(shop: Caller, processor: Processor) -> None:
    payment = shop.authorize()
    captures = f"/v1/payments/{payment['id']}/captures"
    created(shop.post(captures, {"amount": 4_000, "final": False}))
    first = shop.refund(payment, amount=1_000)
    processor.close_batch()
    processor.fail(Route.REFUND, FaultKind.DECLINED)
    refunds = f"/v1/payments/{payment['id']}/refunds"
    declined = shop.post(refunds, {"amount": 500}).json()["refund"]
    created(shop.post(captures, {}))
    of_payment = changes(
        shop, payment["id"], "payment.created", "payment.authorized", "payment.captured", "payment.captured"
    )
    of_first = changes(shop, first["id"], "refund.created", "refund.succeeded")
    of_declined = changes(shop, declined["id"], "refund.created", "refund.failed")
    assert [record["outcome"] for record in of_declined] == ["success", "failure"]
    assert of_declined[1]["response"]["status"] == 402
    check_chain([*of_payment[:3], *of_first, *of_declined, of_payment[3]])


@pytest.mark.parametrize(
    ("kind", "status", "action"),
    [(FaultKind.DECLINED, 402, "payment.declined"), (FaultKind.REFUSED, 502, "payment.failed")],
)
def test_a_payment_without_a_charge_leaves_why(
    shop: Caller, processor: Processor, kind: FaultKind, status: int, action: str
) -> None:
    processor.fail(Route.CREATE, kind)
    payment = shop.post_payment().json()["payment"]
    records = changes(shop, payment["id"], "payment.created", action)
    assert (records[1]["outcome"], records[1]["response"]["status"]) == ("failure", status)
    check_chain(records)


def test_a_void_is_on_the_trail(shop: Caller) -> None:
    payment = shop.authorize()
    created(shop.post(f"/v1/payments/{payment['id']}/void", {}))
    check_chain(changes(shop, payment["id"], "payment.created", "payment.authorized", "payment.canceled"))


def test_a_payment_that_was_never_attempted_leaves_no_change(shop: Caller, processor: Processor) -> None:
    token = shop.token()
    processor.fail(Route.CREATE, FaultKind.RATE_LIMITED)
    unavailable = shop.post_payment(payment_method={"token": token})
    assert unavailable.status_code == 503
    shop.pay(payment_method={"token": token})
    used = eventually(lambda: uses(shop, token))
    assert all(record["actor"]["id"] == shop.client_id for record in used)
    recorded = [each for page in shop.pages("/v1/audits", action="payment.created") for each in page]
    assert unavailable.headers["X-Request-Id"] not in {each["request_id"] for each in recorded}


def uses(shop: Caller, token: str) -> list[Object]:
    return shop.get("/v1/audits", resource=token, action="token.used").json()["data"]


def test_a_token_leaves_its_creation_use_reading_and_end(shop: Caller) -> None:
    token = shop.token()
    payment = shop.pay(payment_method={"token": token})
    shop.read({"object": "token", "id": token})
    shop.delete(f"/v1/tokens/{token}")
    shop.get(f"/v1/tokens/{token}")
    records = {record["action"]: record for record in trail(shop, 5, resource=token)}
    assert records.keys() == {"token.created", "token.used", "token.read", "token.deleted", "access.denied"}
    assert records["token.used"]["response"]["ids"] == [payment["id"]]
    assert records["token.deleted"]["response"]["status"] == 204


def reads(shop: Caller) -> Mapping[str, tuple[requests.Response, list[str]]]:
    """For each action that reads: an answer, and the ids that it showed."""
    payment = shop.pay(reference="to be read")
    refund = shop.refund(payment, amount=1)
    token = payment["payment_method"]["token"]
    audit = eventually(lambda: shop.get("/v1/audits", resource=payment["id"]).json()["data"])[0]
    path = f"/v1/payments/{payment['id']}"
    answers = {
        "payment.read": shop.get(path),
        "payments.listed": shop.get("/v1/payments", limit=3),
        "refund.read": shop.get(f"{path}/refunds/{refund['id']}"),
        "refunds.listed": shop.get(f"{path}/refunds"),
        "token.read": shop.get(f"/v1/tokens/{token}"),
        "audit.read": shop.get(f"/v1/audits/{audit['id']}"),
        "audits.listed": shop.get("/v1/audits", resource=payment["id"]),
    }
    return {action: (answer, shown(answer.json())) for action, answer in answers.items()}


def shown(body: Object) -> list[str]:
    return [each["id"] for each in body["data"]] if body["object"] == "list" else [body["id"]]


def test_every_read_is_on_the_trail_with_the_digest_of_the_very_bytes(shop: Caller) -> None:
    for action, (answer, ids) in reads(shop).items():
        assert answer.status_code == 200
        record = of_exchange(shop, answer, action=action)
        digest = hashlib.sha256(answer.content).hexdigest()
        assert record["response"] == {"status": 200, "ids": ids, "sha256": digest}, action
        assert (record["outcome"], record["chain"]) == ("success", None)
        assert record["actor"]["id"] == shop.client_id


def test_a_replay_is_an_access_of_its_own(shop: Caller) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    _, again = (shop.post("/v1/payments", body, key) for _ in range(2))
    record = of_exchange(shop, again, action="payment.read")
    assert record["response"]["sha256"] == hashlib.sha256(again.content).hexdigest()


def test_what_was_refused_is_on_the_trail_of_the_callers_merchant(
    shop: Caller, rival: Caller, stage: Stage
) -> None:
    limited = rival.colleague(stage, Scope.PAYMENTS_READ)
    payment = shop.pay()
    path = f"/v1/payments/{payment['id']}"
    for answer, status in ((limited.get(path), 404), (limited.post(f"{path}/refunds", {}), 403)):
        assert answer.status_code == status
        record = of_exchange(rival, answer, action="access.denied")
        assert (record["outcome"], record["response"]["status"]) == ("denied", status)
        assert record["actor"]["id"] == limited.client_id
        assert record["resource"]["id"] == payment["id"]
    foreign = [
        each["actor"]["id"] for page in shop.pages("/v1/audits", resource=payment["id"]) for each in page
    ]
    assert limited.client_id not in foreign


def test_the_trail_is_filtered_by_actor_action_and_time(shop: Caller, stage: Stage) -> None:
    other = shop.colleague(stage)
    payments = [other.pay() for _ in range(3)]
    captured = trail(shop, 3, actor=other.client_id, action="payment.captured")
    assert [record["resource"]["id"] for record in captured] == [payment["id"] for payment in payments]
    at = captured[1]["at"]
    filters = {"actor": other.client_id, "action": "payment.captured"}
    assert trail(shop, 2, **filters, **{"from": at}) == captured[1:]
    assert trail(shop, 1, **filters, to=at) == captured[:1]
    pages = shop.pages("/v1/audits", **filters, limit=2)
    assert [len(page) for page in pages] == [2, 1]
    assert shop.read(captured[0]) == captured[0]


@pytest.mark.parametrize(
    "query", [{"action": "payment.paid"}, {"from": "now"}, {"resource": ""}, {"status": "x"}]
)
def test_a_bad_filter_of_the_trail_is_named(shop: Caller, query: dict[str, Any]) -> None:
    answer = shop.get("/v1/audits", **query)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == list(query)
