"""The card fields and the shop, as axe and the WCAG's rules on layout see them."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from infra.fields.release import WEB
from tests.browser.shopper import PAID, Shopper

pytestmark = pytest.mark.toolchain("npm")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its script, of the version that web/package.json names."""
    folder = tmp_path_factory.mktemp("axe")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(WEB / name, folder)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
    return Path(folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(shopper: Shopper, axe: str) -> list[Any]:
    """Of all frames, what breaks a rule. What is good practice for a whole page, its first heading say, isn't
    asked of the fields, which are a part of one; and their colours are seen on the page's canvas, since they
    have no background of their own."""
    found: list[Any] = []
    for frame in shopper.page.frames:
        frame.evaluate(axe)
        if frame.parent_frame:
            frame.evaluate("() => { document.documentElement.style.background = 'Canvas'; }")
        tags = WCAG if frame.parent_frame else [*WCAG, "best-practice"]
        report = frame.evaluate("(tags) => axe.run({ runOnly: tags, iframes: false })", tags)
        found += [(each["id"], each["nodes"][0]["html"]) for each in report["violations"]]
    return found


@pytest.mark.parametrize("locale", ["en", "ja", "ar"])
def test_axe_finds_nothing_in_empty_and_in_wrong_fields(shopper: Shopper, axe: str, locale: str) -> None:
    shopper.choose(locale=locale)
    assert findings(shopper, axe) == []
    shopper.pay()
    expect(shopper.card.locator(".error:not(:empty)")).to_have_count(4)
    assert findings(shopper, axe) == []


def test_axe_finds_nothing_in_the_dark(shopper: Shopper, axe: str) -> None:
    shopper.page.emulate_media(color_scheme="dark")
    shopper.choose()
    shopper.pay()
    expect(shopper.card.locator("html")).to_have_attribute("data-theme", "dark")
    assert findings(shopper, axe) == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_hosted_page(shopper: Shopper, axe: str, color_scheme: Any) -> None:
    shopper.page.emulate_media(color_scheme=color_scheme)
    shopper.choose()
    shopper.page.get_by_label("Paid by").select_option("hosted")
    shopper.pay()
    shopper.page.wait_for_url("**/checkout/cks_*")
    expect(shopper.page.locator("#number")).to_be_visible()
    assert findings(shopper, axe) == []
    shopper.page.locator("#pay").click()
    expect(shopper.page.locator(".error:not(:empty)")).to_have_count(4)
    assert findings(shopper, axe) == []


def test_axe_finds_nothing_in_a_paid_order(shopper: Shopper, axe: str) -> None:
    shopper.choose()
    shopper.type_card()
    shopper.pay()
    shopper.hears(PAID)
    assert findings(shopper, axe) == []


def test_on_a_small_screen_everything_is_within_it(shopper: Shopper) -> None:
    shopper.page.set_viewport_size({"width": 320, "height": 640})
    shopper.choose()
    shopper.pay()
    expect(shopper.card.locator(".error:not(:empty)")).to_have_count(4)
    for frame in shopper.page.frames:
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inner = shopper.card.locator("form").evaluate("form => form.getBoundingClientRect().height")
    expect(shopper.page.locator("#card iframe")).to_have_css("height", re.compile(f"^{-int(-inner // 1)}"))


def test_in_a_page_from_right_to_left_so_are_the_fields(shopper: Shopper) -> None:
    shopper.page.add_init_script("addEventListener('DOMContentLoaded', () => document.dir = 'rtl')")
    shopper.choose(locale="ar")
    expect(shopper.card.locator("html")).to_have_attribute("dir", "rtl")
    number = shopper.field("number")
    number.press_sequentially("4539858876047062")
    assert number.input_value() == "4539 8588 7604 7062"
    expect(number).to_have_css("direction", "ltr")
    expect(number).to_have_css("text-align", "right")
