"""A failing processor: what certainly had no effect frees its key, what may have had one isn't guessed."""

import uuid
from typing import Any

import pytest

from local.simulator.faults import FaultKind, Route
from ops.onboarding import Stage
from tests.e2e.caller import Caller, Object, code_of, created
from tests.e2e.processor import SENDS, Processor

NO_ANSWER = [
    FaultKind.TIMEOUT_BEFORE_EFFECT,
    FaultKind.TIMEOUT_AFTER_EFFECT,
    FaultKind.CONNECTION_RESET_AFTER_EFFECT,
    FaultKind.ERROR_500,
    FaultKind.ERROR_503,
]


def check_unavailable(answer: Any) -> None:
    assert (answer.status_code, code_of(answer)) == (503, "processor_unavailable")
    assert answer.json()["retryable"] is True
    assert "payment" not in answer.json()


def test_a_processor_that_turns_us_away_leaves_no_trace(shop: Caller, processor: Processor) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    processor.fail(Route.CREATE, FaultKind.RATE_LIMITED)
    check_unavailable(shop.post("/v1/payments", body, key))
    payment = created(shop.post("/v1/payments", body | {"amount": 9_000}, key))
    assert processor.effects(payment) == [("sale", 9_000)]
    refunds = f"/v1/payments/{payment['id']}/refunds"
    processor.fail(Route.REFUND, FaultKind.RATE_LIMITED)
    check_unavailable(shop.post(refunds, {"amount": 1}, key))
    assert shop.read(payment)["amount_refundable"] == 9_000
    created(shop.post(refunds, {"amount": 2}, key))


@pytest.mark.parametrize(("step", "route"), [("captures", Route.CAPTURE), ("void", Route.REVERSE)])
def test_a_step_that_was_turned_away_leaves_the_authorization(
    shop: Caller, processor: Processor, step: str, route: Route
) -> None:
    payment, key = shop.authorize(), str(uuid.uuid4())
    processor.fail(route, FaultKind.RATE_LIMITED)
    check_unavailable(shop.post(f"/v1/payments/{payment['id']}/{step}", {}, key))
    assert shop.read(payment)["status"] == "authorized"
    created(shop.post(f"/v1/payments/{payment['id']}/{step}", {}, key))


@pytest.mark.parametrize("kind", [FaultKind.ERROR_500, FaultKind.RATE_LIMITED, FaultKind.REFUSED])
def test_without_a_token_from_the_processor_nothing_is_attempted(
    shop: Caller, processor: Processor, stage: Stage, local: dict[str, Any], kind: FaultKind
) -> None:
    functions = stage.session.client("lambda", endpoint_url=stage.endpoint_url)
    # A new configuration starts the function anew, without the processor's token that it held.
    functions.update_function_configuration(FunctionName=local["functions"]["payments"], Timeout=27)
    body, key = shop.payment_request(), str(uuid.uuid4())
    processor.fail(Route.AUTHORIZE, kind, count=SENDS)
    check_unavailable(shop.post("/v1/payments", body, key))
    processor.works()
    payment = created(shop.post("/v1/payments", body, key))
    assert processor.effects(payment) == [("sale", 10_000)]


@pytest.mark.parametrize("kind", NO_ANSWER)
def test_one_lost_answer_is_healed_by_the_resend(shop: Caller, processor: Processor, kind: FaultKind) -> None:
    processor.fail(Route.CREATE, kind)
    payment = shop.authorize()
    path = f"/v1/payments/{payment['id']}"
    processor.fail(Route.CAPTURE, kind)
    created(shop.post(f"{path}/captures", {}))
    processor.fail(Route.REFUND, kind)
    shop.refund(payment, amount=6_000)
    processor.fail(Route.REVERSE, kind)
    voided = shop.authorize()
    created(shop.post(f"/v1/payments/{voided['id']}/void", {}))
    assert processor.faults() == []
    assert processor.effects(payment) == [("authorization", 10_000), ("capture", 10_000), ("refund", 6_000)]
    assert processor.effects(voided) == [("authorization", 10_000), ("reversal", 10_000)]


def lose_every_answer(processor: Processor, route: Route, *, after_effect: bool) -> None:
    if after_effect:
        processor.fail(route, FaultKind.CONNECTION_RESET_AFTER_EFFECT)
    processor.fail(route, FaultKind.ERROR_500, count=SENDS - after_effect)


def check_blocked(shop: Caller, payment: Object) -> None:
    """Nothing else is done with a payment while an outcome is unknown."""
    for step in ("captures", "void"):
        answer = shop.post(f"/v1/payments/{payment['id']}/{step}", {})
        assert (answer.status_code, code_of(answer)) == (409, "operation_in_progress")
        assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_payment_without_an_outcome_is_processing(
    shop: Caller, processor: Processor, after_effect: bool
) -> None:
    body, key = shop.payment_request(), str(uuid.uuid4())
    lose_every_answer(processor, Route.CREATE, after_effect=after_effect)
    first, again = (shop.post("/v1/payments", body, key) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    payment = first.json()
    assert (payment["status"], payment["amount_captured"], payment["failure"]) == ("processing", 0, None)
    assert payment["next_check_at"] > payment["created_at"]
    assert payment["processor"]["reference"] is None
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(processor.effects(payment)) == after_effect
    check_blocked(shop, payment)
    reused = shop.post("/v1/payments", body | {"amount": 1}, key)
    assert (reused.status_code, code_of(reused)) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize(("step", "route"), [("captures", Route.CAPTURE), ("void", Route.REVERSE)])
def test_a_capture_or_void_without_an_outcome_changes_nothing_yet(
    shop: Caller, processor: Processor, step: str, route: Route, after_effect: bool
) -> None:
    payment = shop.authorize()
    lose_every_answer(processor, route, after_effect=after_effect)
    answer = shop.post(f"/v1/payments/{payment['id']}/{step}", {})
    assert answer.status_code == 202
    shown = answer.json()
    assert shown.pop("next_check_at")
    assert shown.pop("updated_at")
    assert shown == {name: payment[name] for name in shown}
    check_blocked(shop, payment)


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_refund_without_an_outcome_stays_reserved(
    shop: Caller, processor: Processor, after_effect: bool
) -> None:
    payment = shop.pay()
    lose_every_answer(processor, Route.REFUND, after_effect=after_effect)
    answer = shop.post(f"/v1/payments/{payment['id']}/refunds", {"amount": 6_000})
    assert answer.status_code == 202
    assert answer.json()["status"] == "processing"
    after = shop.read(payment)
    assert (after["status"], after["amount_refunded"], after["amount_refundable"]) == ("captured", 0, 4_000)
    assert after["next_check_at"]
    check_blocked(shop, payment)
