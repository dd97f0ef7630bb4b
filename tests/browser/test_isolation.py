"""What a shop's page, or a page of anybody else, can't have of a card."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from local.card_fields import integrity
from local.web_server import Answer, Request, WebServer, serve
from tests.browser.shopper import Shopper

NUMBER, CODE, NAME = "378282246310005", "9471", "Grace Hopper"

HOSTILE = """<!doctype html><title>Elsewhere</title><div id="card"></div>
<script type="module" src="{loader}"></script>
<script type="module">window.fields = Tollgate({{merchant: "{merchant}"}}).card("#card")</script>"""


@pytest.fixture
def elsewhere(local: Mapping[str, Any]) -> Iterator[WebServer]:
    """A page of an origin that isn't registered, with the merchant's card fields in it."""
    page = HOSTILE.format(loader=local["card_fields_url"], merchant=local["merchant_id"])

    def respond(_: Request) -> Answer:
        return Answer(200, "text/html; charset=utf-8", page.encode())

    server = serve(0, respond)
    yield server
    server.stop()


def test_nothing_is_kept_in_the_browser(shopper: Shopper) -> None:
    """So browsers that block cookies of third parties block nothing."""
    shopper.choose()
    shopper.type_card(NUMBER, "1234", CODE, NAME)
    frame = frame_of(shopper.page)
    assert frame.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert frame.evaluate("indexedDB.databases()") == []
    assert shopper.page.context.cookies() == []
    shopper.page.reload()
    expect(shopper.field("number")).to_have_value("")


def test_a_page_of_another_origin_can_not_show_the_fields(chromium: Browser, elsewhere: WebServer) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere.url)
        reason = page.evaluate("fields.ready.catch(({code, message}) => [code, message])")
        assert reason[0] == "not_connected"
        assert f"{elsewhere.url} isn't registered" in reason[1]
        expect(page.frame_locator("#card iframe").locator("#number")).to_have_count(0)


def test_a_window_of_another_origin_can_not_connect_to_the_fields(
    chromium: Browser, elsewhere: WebServer, shopper: Shopper, local: Mapping[str, Any]
) -> None:
    """Neither in a shop's page that it has opened, nor in a window of their own."""
    connect = """(target) => {
      const { port1, port2 } = new MessageChannel();
      window.heard = [];
      port1.onmessage = ({ data }) => heard.push(data);
      target.postMessage({ type: "connect", options: {} }, "*", [port2]);
      port1.postMessage({ type: "encrypt", id: 1 });
    }"""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere.url)
        with context.expect_page() as opened:
            page.evaluate(f"void (window.opened = open('{local['shop_url']}'))")
        victim = Shopper(opened.value, local["shop_url"])
        victim.page.get_by_role("button", name="A mug").click()
        expect(victim.field("number")).to_be_visible()
        page.evaluate(f"({connect})(opened.frames[0])")
        frame = local["card_fields_url"].replace("tollgate.js", "card.html")
        with context.expect_page() as opened:
            page.evaluate(f"void (window.opened = open('{frame}?merchant={local['merchant_id']}'))")
        opened.value.wait_for_load_state()
        page.evaluate(f"({connect})(opened)")
        victim.type_card(NUMBER, "1234", CODE, NAME)
        assert page.evaluate("heard") == []
        expect(opened.value.locator("#number")).to_be_hidden()


@pytest.mark.parametrize(
    "options",
    [
        {"style": {"color": "url(https://elsewhere.example/)"}},
        {"style": {"fontFamily": "var(--x)"}},
        {"style": {"content": "red"}},
        {"style": {"radius": "1px; color: red"}},
        {"script": "x"},
    ],
)
def test_a_page_chooses_colours_and_nothing_else(shopper: Shopper, options: Mapping[str, Any]) -> None:
    shopper.choose()
    reason = shopper.page.evaluate(
        """(options) => Tollgate({ merchant: document.body.dataset.merchant }).card("#card", options)
          .ready.then(() => "shown", ({ code }) => code)""",
        options,
    )
    assert reason == "invalid_options"


def test_a_loader_that_was_changed_does_not_run(shopper: Shopper) -> None:
    shopper.page.route(
        "**/tollgate.js",
        lambda route: route.fulfill(
            body="globalThis.Tollgate = () => alert(1)",
            content_type="text/javascript",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )
    shopper.page.goto(shopper.shop_url)
    shopper.page.wait_for_load_state("networkidle")
    assert shopper.page.evaluate("typeof Tollgate") == "undefined"
    assert any(integrity() in each or "integrity" in each for each in shopper.said)


def frame_of(page: Page) -> Any:
    handle = page.locator("#card iframe").element_handle()
    assert handle
    return handle.content_frame()
