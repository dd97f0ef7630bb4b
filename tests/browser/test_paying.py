"""A shopper pays in the laptop's shop, and whatever goes wrong, there is one charge at most."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.shopper import PAID, Shopper
from tests.e2e.caller import Caller
from tests.e2e.processor import Processor

HOUR = 3600


@pytest.fixture
def charges(shopper: Shopper, caller: Caller, simulator: Processor) -> Any:
    """What the processor took for the shopper's order: the amounts."""

    def taken() -> list[int]:
        payments = [
            payment
            for attempt in (1, 2)
            for payment in caller.get("/v1/payments", reference=f"{shopper.order}-{attempt}").json()["data"]
        ]
        booked = [each for payment in payments for each in simulator.transactions(payment)]
        return [each["amount"] for each in booked if each["kind"] == "sale"]

    return taken


def test_a_shopper_pays_and_gets_a_part_back(shopper: Shopper, charges: Any) -> None:
    shopper.choose()
    shopper.type_card()
    shopper.pay()
    shopper.hears(PAID)
    assert charges() == [1800]
    expect(shopper.page.locator("#entries")).to_contain_text("payment.captured")
    expect(shopper.page.locator("#entries")).to_contain_text("sale of $18.00")

    shopper.page.get_by_label("Refund a part").fill("5.50")
    shopper.page.get_by_role("button", name="Refund").click()
    shopper.hears("Refunded.")
    expect(shopper.page.locator("#facts")).to_contain_text("$5.50 given back")


def test_after_a_decline_another_card_pays(shopper: Shopper, charges: Any) -> None:
    shopper.choose()
    shopper.type_card()
    shopper.pay("declines")
    shopper.hears("declined, and nothing was charged")
    expect(shopper.page.locator("#facts")).to_contain_text("declined")
    shopper.field("number").fill("5100270000000007")
    shopper.pay("works")
    shopper.hears(PAID)
    assert charges() == [1800]


def test_three_clicks_in_two_tabs_are_one_charge(shopper: Shopper, charges: Any) -> None:
    shopper.choose()
    shopper.type_card()
    other = Shopper(shopper.page.context.new_page(), shopper.shop_url)
    other.page.goto(shopper.page.url)
    other.type_card()
    pay = shopper.page.get_by_role("button", name="Pay", exact=True)
    for _ in range(3):
        pay.dispatch_event("click")
    other.page.get_by_role("button", name="Pay", exact=True).dispatch_event("click")
    shopper.hears(PAID)
    other.hears(PAID)
    assert charges() == [1800]


def test_a_page_that_is_loaded_anew_while_the_function_dies_says_what_is_true(
    shopper: Shopper, charges: Any
) -> None:
    shopper.choose()
    shopper.type_card()
    shopper.pay("is slow")
    shopper.hears("Your payment is being made")
    expect(shopper.page.locator("#entries")).to_contain_text("sale of $18.00")
    shopper.page.get_by_role("button", name="Kill the function now").click()
    shopper.page.reload()
    shopper.hears("you won't be charged twice")
    shopper.hears(PAID)
    assert charges() == [1800]


def test_without_a_connection_nothing_is_sent(shopper: Shopper, charges: Any) -> None:
    shopper.choose()
    shopper.type_card()
    shopper.page.context.set_offline(True)
    shopper.pay()
    shopper.hears("There is no connection. Nothing was paid; try again.")
    shopper.page.context.set_offline(False)
    shopper.pay()
    shopper.hears(PAID)
    assert charges() == [1800]


def test_an_answer_that_is_lost_on_its_way_is_asked_for(shopper: Shopper, charges: Any) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    shopper.page.route("**/payment", lose)
    shopper.choose()
    shopper.type_card()
    shopper.pay()
    shopper.hears(PAID)
    assert charges() == [1800]


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_shopper_whose_clock_is_wrong_can_pay(shopper: Shopper, charges: Any, seconds: int) -> None:
    shopper.page.context.add_init_script(
        f"const now = Date.now; Date.now = () => now.call(Date) + {seconds * 1000};"
    )
    shopper.choose()
    shopper.type_card()
    shopper.pay()
    shopper.hears(PAID)
    assert charges() == [1800]
