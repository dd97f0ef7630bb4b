"""A failing processor: what certainly had no effect frees its key, what may have had one isn't guessed."""

import uuid
from typing import Any

import pytest

from infra.functions import ALIAS
from local.simulator.faults import FaultKind, Route
from onboarding import Stage
from tests.e2e.caller import Caller, code_of, created
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
    processor.close_batch()
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
    # A new version starts anew, without the processor's token that the one before held.
    name = local["functions"]["payments"]
    functions.update_function_configuration(FunctionName=name, Description=f"anew for {kind}")
    version = functions.publish_version(FunctionName=name)["Version"]
    functions.update_alias(FunctionName=name, Name=ALIAS, FunctionVersion=version)
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
    processor.close_batch()
    processor.fail(Route.REFUND, kind)
    shop.refund(payment, amount=6_000)
    processor.fail(Route.REVERSE, kind)
    voided = shop.authorize()
    created(shop.post(f"/v1/payments/{voided['id']}/void", {}))
    assert processor.faults() == []
    assert processor.effects(payment) == [("authorization", 10_000), ("capture", 10_000), ("refund", 6_000)]
    assert processor.effects(voided) == [("authorization", 10_000), ("reversal", 10_000)]
