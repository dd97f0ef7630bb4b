"""The pictures of docs/integrate/checkout.md, taken in the shop of a running laptop:
`.venv/bin/python -m tests.browser.pictures [--state-dir .tollgate]`."""

import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.shopper import PAID, RESOLVED, VISA, Shopper
from tests.laptop import ROOT

PICTURES = ROOT / "docs" / "integrate" / "pictures"


def typed(shopper: Shopper) -> None:
    shopper.choose()
    shopper.type_card()


def wrong(shopper: Shopper) -> None:
    shopper.choose()
    shopper.type_card(number="4539858876047063", expiry="0120", code="12", name="")
    shopper.pay()
    shopper.hears("Look at your card's details again.")


def declined(shopper: Shopper) -> None:
    typed(shopper)
    shopper.pay("declines")
    shopper.hears("declined")
    expect(shopper.page.locator("#entries")).to_contain_text("payment.declined")


def interrupted(shopper: Shopper) -> None:
    typed(shopper)
    shopper.pay("is slow")
    expect(shopper.page.locator("#entries")).to_contain_text("sale of", timeout=RESOLVED)
    shopper.page.get_by_role("button", name="Kill the function now").click()
    shopper.hears("won't be charged twice")


def paid(shopper: Shopper) -> None:
    typed(shopper)
    shopper.pay()
    shopper.hears(PAID)
    shopper.page.get_by_label("Refund a part").fill("5.50")
    shopper.page.get_by_role("button", name="Refund").click()
    expect(shopper.page.locator("#entries")).to_contain_text("refund.succeeded", timeout=RESOLVED)


def in_the_dark_from_right_to_left(shopper: Shopper) -> None:
    shopper.page.emulate_media(color_scheme="dark")
    shopper.page.add_init_script("addEventListener('DOMContentLoaded', () => document.dir = 'rtl')")
    shopper.choose(locale="ar")
    shopper.type_card(name="")


def hosted(shopper: Shopper) -> None:
    shopper.choose()
    shopper.page.get_by_label("Paid by").select_option("hosted")
    shopper.pay("declines")
    shopper.page.wait_for_url("**/checkout/cks_*")
    for name, text in {"number": VISA, "expiry": "1234", "code": "123", "name": "Ada Lovelace"}.items():
        shopper.page.locator(f"#{name}").fill(text)
    shopper.page.locator("#pay").click()
    shopper.hears("declined")


STATES: dict[str, Callable[[Shopper], None]] = {
    "typed": typed,
    "wrong": wrong,
    "declined": declined,
    "interrupted": interrupted,
    "paid": paid,
    "hosted": hosted,
    "dark-rtl": in_the_dark_from_right_to_left,
}


def take(browser: Browser, shop_url: str, name: str) -> None:
    with browser.new_context(viewport={"width": 960, "height": 640}) as context:
        context.set_default_timeout(120_000)
        shopper = Shopper(context.new_page(), shop_url)
        STATES[name](shopper)
        shopper.page.screenshot(path=PICTURES / f"{name}.png", full_page=True, animations="disabled")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("--state-dir", type=Path, default=ROOT / ".tollgate", help="of the running laptop")
    parser.add_argument("names", nargs="*", default=STATES, help="some of " + ", ".join(STATES))
    options = parser.parse_args()
    shop_url = json.loads((options.state_dir / "local.json").read_text(encoding="utf-8"))["shop_url"]
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name in options.names:
            take(browser, shop_url, name)
        browser.close()


if __name__ == "__main__":
    main()
