"""Taking payments: the contract's objects, and every step that money can make."""

import re
from typing import Any

import pytest

from local.simulator.faults import FaultKind, Route
from tests.cards import AMEX, MASTERCARD
from tests.e2e.caller import Caller, Object, code_of, created
from tests.e2e.processor import Processor

AMOUNTS = ("authorized", "capturable", "captured", "refunded", "refundable")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def amounts(payment: Object) -> tuple[int, ...]:
    """Authorized, capturable, captured, refunded, refundable."""
    return tuple(payment[f"amount_{name}"] for name in AMOUNTS)


def capture(shop: Caller, payment: Object, **request: Any) -> Any:
    return shop.post(f"/v1/payments/{payment['id']}/captures", request)


def void(shop: Caller, payment: Object) -> Any:
    return shop.post(f"/v1/payments/{payment['id']}/void", {})


def test_an_automatic_payment_by_token_is_captured_at_once(shop: Caller, processor: Processor) -> None:
    token = shop.token()
    payment = shop.pay(
        amount=4999,
        payment_method={"token": token},
        reference="order-1042",
        description="Two chairs",
        metadata={"basket": "77120"},
    )
    assert shop.read(payment) == payment
    assert re.fullmatch(r"pay_[a-z2-7]{20}", payment["id"])
    (sale,) = processor.transactions(payment)
    assert (sale["kind"], sale["amount"], sale["currency"]) == ("sale", 4999, "USD")
    for at in ("created_at", "updated_at"):
        assert TIME.fullmatch(payment.pop(at))
    (capture,) = payment.pop("captures")
    assert (capture["amount"], capture.keys()) == (4999, {"id", "amount", "created_at"})
    fingerprint = shop.get(f"/v1/tokens/{token}").json()["card"]["fingerprint"]
    card = {"brand": "visa", "last4": "7062", "exp_month": 12, "exp_year": 2034, "fingerprint": fingerprint}
    assert payment == {
        "id": payment["id"],
        "object": "payment",
        "status": "captured",
        "amount": 4999,
        "currency": "USD",
        "capture_method": "automatic",
        "amount_authorized": 4999,
        "amount_capturable": 0,
        "amount_captured": 4999,
        "amount_refunded": 0,
        "amount_refundable": 4999,
        "payment_method": {"token": token, "card": card},
        "expires_at": None,
        "reference": "order-1042",
        "description": "Two chairs",
        "metadata": {"basket": "77120"},
        "processor": {"name": "payroc", "reference": sale["payment_id"]},
        "failure": None,
        "next_check_at": None,
    }


def test_a_payment_by_encrypted_card_keeps_no_token(shop: Caller) -> None:
    payment = shop.pay(payment_method={"encrypted_card": shop.card(AMEX, name="Ada Example")})
    assert payment["payment_method"]["token"] is None
    assert payment["payment_method"]["card"]["brand"] == "amex"
    assert (payment["reference"], payment["description"], payment["metadata"]) == (None, None, {})


@pytest.mark.parametrize(("currency", "amount"), [("JPY", 1), ("BHD", 12_345), ("EUR", 999_999_999_999)])
def test_amounts_are_minor_units_of_their_own_currency(
    shop: Caller, processor: Processor, currency: str, amount: int
) -> None:
    payment = shop.pay(amount=amount, currency=currency)
    (sale,) = processor.transactions(payment)
    assert (sale["amount"], sale["currency"]) == (payment["amount_captured"], currency) == (amount, currency)


@pytest.mark.parametrize("currency", ["XXX", "ZZZ", "XAU"])
def test_a_code_of_no_active_currency_is_refused(shop: Caller, currency: str) -> None:
    answer = shop.post_payment(currency=currency)
    assert (answer.status_code, code_of(answer)) == (422, "currency_unsupported")


def test_a_manual_payment_is_authorized_then_captured(shop: Caller, processor: Processor) -> None:
    payment = shop.authorize()
    assert (payment["status"], amounts(payment)) == ("authorized", (10_000, 10_000, 0, 0, 0))
    captured = created(capture(shop, payment))
    assert (captured["status"], amounts(captured)) == ("captured", (10_000, 0, 10_000, 0, 10_000))
    assert shop.read(payment) == captured
    assert processor.effects(payment) == [("authorization", 10_000), ("capture", 10_000)]


def test_a_final_capture_of_a_part_releases_the_rest(shop: Caller) -> None:
    captured = created(capture(shop, shop.authorize(), amount=4_000))
    assert (captured["status"], amounts(captured)) == ("captured", (10_000, 0, 4_000, 0, 4_000))
    again = capture(shop, captured, amount=1)
    assert (again.status_code, code_of(again)) == (409, "invalid_state")


def test_captures_that_are_not_final_keep_the_rest(shop: Caller, processor: Processor) -> None:
    payment = shop.authorize()
    first = created(capture(shop, payment, amount=2_500, final=False))
    assert (first["status"], amounts(first)) == ("partially_captured", (10_000, 7_500, 2_500, 0, 2_500))
    assert code_of(void(shop, payment)) == "invalid_state"
    too_much = capture(shop, payment, amount=7_501)
    assert (too_much.status_code, code_of(too_much)) == (422, "amount_exceeds_capturable")
    last = created(capture(shop, payment))
    assert (last["status"], amounts(last)) == ("captured", (10_000, 0, 10_000, 0, 10_000))
    assert processor.effects(payment)[1:] == [("capture", 2_500), ("capture", 7_500)]


def test_captures_that_are_not_final_need_a_processor_that_has_them(one_capture: Caller) -> None:
    payment = one_capture.authorize()
    refused = capture(one_capture, payment, amount=1, final=False)
    assert (refused.status_code, code_of(refused)) == (422, "multiple_captures_unsupported")
    assert created(capture(one_capture, payment, amount=1))["status"] == "captured"


def test_a_payment_has_at_most_ten_captures(shop: Caller) -> None:
    payment = shop.authorize()
    for _ in range(10):
        created(capture(shop, payment, amount=1, final=False))
    eleventh = capture(shop, payment, amount=1)
    assert (eleventh.status_code, code_of(eleventh)) == (409, "invalid_state")


def test_a_void_releases_an_authorization(shop: Caller, processor: Processor) -> None:
    payment = shop.authorize()
    voided = created(
        shop.call("POST", f"/v1/payments/{payment['id']}/void", headers={"Idempotency-Key": "v"})
    )
    assert (voided["status"], amounts(voided)) == ("canceled", (10_000, 0, 0, 0, 0))
    assert processor.effects(payment) == [("authorization", 10_000), ("reversal", 10_000)]
    for answer in (void(shop, payment), capture(shop, payment), void(shop, shop.pay())):
        assert (answer.status_code, code_of(answer)) == (409, "invalid_state")


@pytest.mark.parametrize(
    ("amount", "category"), [(4901, "issuer_declined"), (4902, "issuer_declined"), (1403, "fraud")]
)
def test_a_decline_shows_the_payment_and_why(
    shop: Caller, processor: Processor, amount: int, category: str
) -> None:
    answer = shop.post_payment(amount=amount, payment_method={"encrypted_card": shop.card(MASTERCARD)})
    assert (answer.status_code, code_of(answer)) == (402, "card_declined")
    payment = answer.json()["payment"]
    assert (payment["status"], amounts(payment)) == ("declined", (0, 0, 0, 0, 0))
    assert payment["failure"].keys() == {"code", "category", "message", "retryable"}
    assert payment["failure"]["category"] == category
    assert shop.read(payment) == payment
    assert processor.transactions(payment) == []
    assert code_of(capture(shop, payment)) == code_of(void(shop, payment)) == "invalid_state"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [(FaultKind.DECLINED, 402, "card_declined"), (FaultKind.REFUSED, 502, "processor_error")],
)
def test_a_capture_or_void_that_the_processor_rejects_leaves_the_authorization(
    shop: Caller, processor: Processor, kind: FaultKind, status: int, code: str
) -> None:
    payment = shop.authorize()
    for step, route in ((capture, Route.CAPTURE), (void, Route.REVERSE)):
        processor.fail(route, kind)
        answer = step(shop, payment)
        assert (answer.status_code, code_of(answer)) == (status, code)
        assert answer.json()["payment"]["status"] == "authorized"
    assert shop.read(payment)["amount_capturable"] == 10_000
    assert created(capture(shop, payment))["status"] == "captured"


def test_what_the_processor_refuses_is_a_failed_payment_without_a_charge(
    shop: Caller, processor: Processor
) -> None:
    processor.fail(Route.CREATE, FaultKind.REFUSED)
    answer = shop.post_payment()
    assert (answer.status_code, code_of(answer)) == (502, "processor_error")
    payment = answer.json()["payment"]
    assert (payment["status"], payment["failure"]["category"]) == ("failed", "processor_error")
    assert shop.read(payment) == payment
    assert processor.transactions(payment) == []
