"""The shop's page pays a checkout session by itself, or sends the shopper to the hosted page."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.shopper import PAID, RESOLVED, VISA, Shopper
from tests.e2e.caller import Caller
from tests.e2e.processor import Processor

MASTERCARD = "5100270000000007"


@pytest.fixture
def charges(shopper: Shopper, caller: Caller, simulator: Processor) -> Any:
    """What the processor took for the shopper's order: the amounts."""

    def taken() -> list[int]:
        payments = caller.get("/v1/payments", reference=f"{shopper.order}-1").json()["data"]
        booked = [each for payment in payments for each in simulator.transactions(payment)]
        return [each["amount"] for each in booked if each["kind"] == "sale"]

    return taken


def begins(shopper: Shopper, way: str) -> None:
    shopper.choose()
    shopper.page.get_by_label("Paid by").select_option(way)


def test_the_page_pays_and_no_ciphertext_comes_to_the_shop(shopper: Shopper, charges: Any) -> None:
    sent: list[str] = []
    shopper.page.on("request", lambda each: sent.append(f"{each.frame.url} {each.url} {each.post_data}"))
    begins(shopper, "page")
    shopper.type_card()
    shopper.pay()
    shopper.hears(PAID)
    assert charges() == [1800]
    (paying,) = [each for each in sent if "encrypted_card" in each]
    assert "/card.html" in paying.split()[0]
    assert VISA not in "".join(sent)


def test_after_a_decline_the_page_pays_with_another_card(shopper: Shopper, charges: Any) -> None:
    begins(shopper, "page")
    shopper.type_card()
    shopper.pay("declines")
    shopper.hears("declined, and nothing was charged")
    shopper.field("number").fill(MASTERCARD)
    shopper.pay("works")
    shopper.hears(PAID)
    assert charges() == [1800]


def test_a_function_that_dies_leaves_one_charge_and_a_page_that_says_so(
    shopper: Shopper, charges: Any
) -> None:
    begins(shopper, "page")
    shopper.type_card()
    shopper.pay("is slow")
    expect(shopper.page.locator("#entries")).to_contain_text("sale of $18.00", timeout=RESOLVED)
    shopper.page.get_by_role("button", name="Kill the function now").click()
    shopper.hears("you won't be charged twice")
    shopper.hears(PAID)
    assert charges() == [1800]


def test_the_hosted_page_pays_and_comes_back_to_the_order(shopper: Shopper, charges: Any) -> None:
    begins(shopper, "hosted")
    shopper.pay()
    shopper.page.wait_for_url("**/checkout/cks_*")
    for name, text in {"number": VISA, "expiry": "1234", "code": "123", "name": "Ada Lovelace"}.items():
        shopper.page.locator(f"#{name}").fill(text)
    shopper.page.locator("#pay").click()
    shopper.page.wait_for_url("**/shop?order=*", timeout=RESOLVED)
    shopper.hears(PAID)
    assert charges() == [1800]
