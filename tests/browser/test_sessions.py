"""A shopper pays a checkout session: in the shop's page by `fields.pay`, and in the hosted page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from local.simulator.faults import FaultKind
from local.simulator.faults import Route as FaultRoute
from tests.browser.conftest import SLOW
from tests.browser.shopper import RESOLVED, VISA
from tests.e2e.caller import Caller, Object, created
from tests.e2e.processor import Processor

MASTERCARD = "5100270000000007"
PAID, DECLINED = "Paid. Thank you!", "The card was declined, and nothing was charged."
LATE = "you won't be charged twice"
SECRET_CODE = "947"


@dataclass
class Hosted:
    """The hosted page of one session, and who pays there."""

    page: Page
    session: Object

    def comes(self, **query: str) -> "Hosted":
        address, secret = self.session["url"].split("#")
        pairs = "&".join(f"{name}={value}" for name, value in query.items())
        self.page.goto(f"{address}?{pairs}#{secret}")
        return self

    def types(self, number: str = VISA) -> "Hosted":
        card = {"number": number, "expiry": "1234", "code": SECRET_CODE, "name": "Ada Lovelace"}
        for name, text in card.items():
            self.page.locator(f"#{name}").fill(text)
        return self

    @property
    def pay(self) -> Locator:
        return self.page.locator("#pay")

    def hears(self, words: str) -> None:
        expect(self.page.locator("#message")).to_contain_text(words, timeout=RESOLVED)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(locale="en-US") as context:
        context.set_default_timeout(SLOW)
        yield context


@pytest.fixture
def session(caller: Caller) -> Object:
    terms = {"amount": 1800, "currency": "USD", "reference": "order-7", "description": "A mug"}
    return created(caller.post("/v1/checkout_sessions", terms))


@pytest.fixture
def hosted(context: BrowserContext, session: Object) -> Hosted:
    return Hosted(context.new_page(), session)


@pytest.fixture
def charges(caller: Caller, simulator: Processor, session: Object) -> Any:
    """What the processor took for the session: the amounts."""

    def taken() -> list[int]:
        read = caller.get(f"/v1/checkout_sessions/{session['id']}").json()
        assert read["status"] == "complete"
        payment = caller.get(f"/v1/payments/{read['payment']}").json()
        return [each["amount"] for each in simulator.transactions(payment) if each["kind"] == "sale"]

    return taken


def test_the_hosted_page_tries_another_card_after_a_decline(
    hosted: Hosted, simulator: Processor, charges: Any
) -> None:
    hosted.comes()
    expect(hosted.page.locator("#amount")).to_have_text("$18.00")
    expect(hosted.page.locator("#about")).to_have_text("A mug · order-7")
    expect(hosted.pay).to_have_text("Pay $18.00")
    simulator.fail(FaultRoute.CREATE, FaultKind.DECLINED)
    hosted.types().pay.click()
    hosted.hears(DECLINED)
    hosted.types(MASTERCARD).pay.click()
    hosted.hears(PAID)
    expect(hosted.pay).to_be_hidden()
    assert charges() == [1800]


def test_three_clicks_in_two_tabs_are_one_charge(hosted: Hosted, charges: Any) -> None:
    other = Hosted(hosted.page.context.new_page(), hosted.session)
    for tab in (hosted, other):
        tab.comes().types(VISA if tab is hosted else MASTERCARD)
    for _ in range(3):
        hosted.pay.dispatch_event("click")
    other.pay.dispatch_event("click")
    for tab in (hosted, other):
        tab.hears(PAID)
    assert charges() == [1800]


def test_loaded_anew_while_it_is_paid_the_page_says_what_is_true(
    hosted: Hosted, simulator: Processor, charges: Any
) -> None:
    simulator.fail(FaultRoute.CREATE, FaultKind.SLOW, seconds=15)
    hosted.comes().types().pay.click()
    expect(hosted.pay).to_be_disabled()
    hosted.page.wait_for_timeout(500)
    hosted.page.reload()
    hosted.hears(LATE)
    expect(hosted.pay).to_be_disabled()
    hosted.hears(PAID)
    hosted.page.goto("about:blank")
    hosted.page.go_back()
    hosted.hears(PAID)
    assert charges() == [1800]


def test_an_answer_that_is_lost_is_asked_for_with_the_same_ciphertext(hosted: Hosted, charges: Any) -> None:
    sent: list[str | None] = []

    def lose_the_first(route: Route) -> None:
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    hosted.page.route("**/pay", lose_the_first)
    hosted.comes().types().pay.click()
    hosted.hears(PAID)
    assert charges() == [1800]
    assert len(set(sent)) == 1


def test_the_shopper_goes_back_to_the_shop_with_the_sessions_id(
    context: BrowserContext, caller: Caller, local: Mapping[str, Any]
) -> None:
    terms = {"amount": 1800, "currency": "USD", "return_url": f"{local['shop_url']}?from=checkout"}
    session = created(caller.post("/v1/checkout_sessions", terms))
    page = Hosted(context.new_page(), session).comes()
    page.types().pay.click()
    page.page.wait_for_url(
        f"{local['shop_url']}?from=checkout&checkout_session={session['id']}", timeout=RESOLVED
    )


@pytest.mark.parametrize("change", ["id", "secret"])
def test_without_its_secret_the_page_shows_nothing(hosted: Hosted, change: str) -> None:
    url: str = hosted.session["url"]
    changed = (
        url[:-1] + ("a" if url[-1] != "a" else "b") if change == "secret" else url.replace("cks_", "cks_b")
    )
    hosted.page.goto(changed)
    hosted.hears("There is no such payment.")
    expect(hosted.page.locator("#number")).to_be_hidden()
    expect(hosted.page.locator("#amount")).to_be_empty()


def test_the_hosted_page_speaks_the_shoppers_language(hosted: Hosted) -> None:
    hosted.comes(locale="ar")
    expect(hosted.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(hosted.pay).to_contain_text("ادفع")


def test_no_digit_of_a_card_leaves_the_hosted_page(hosted: Hosted, charges: Any) -> None:
    seen: list[str] = []
    hosted.page.on("request", lambda each: seen.append(f"{each.url} {each.headers} {each.post_data}"))
    hosted.comes().types().pay.click()
    hosted.hears(PAID)
    assert charges() == [1800]
    secret = hosted.session["client_secret"]
    assert not [each for each in seen if VISA in each or f'"cvc":"{SECRET_CODE}"' in each]
    assert not [each for each in seen if secret in each.split(" ", 1)[0]]  # never in an address
    assert hosted.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
