"""Chromium, the laptop's shop in it, and whoever buys there."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.shopper import Shopper
from tests.e2e.caller import Caller
from tests.e2e.processor import Processor
from tests.laptop import ROOT

HERE = Path(__file__).parent
SLOW = 60_000
"""Milliseconds that a page may take on a busy machine; nothing waits for it to be over."""
expect.set_options(timeout=SLOW)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share the laptop cloud with the other tests that speak HTTP."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("laptop"))
            item.add_marker(pytest.mark.toolchain("chromium"))


@pytest.fixture(scope="module")
def chromium(local: Mapping[str, Any]) -> Iterator[Browser]:
    """After the laptop has started, and no longer than it is needed: while Playwright is there, its event
    loop is the thread's running one, and a Pulumi program finds no place for its own."""
    assert local["shop_url"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture
def shopper(chromium: Browser, local: Mapping[str, Any]) -> Iterator[Shopper]:
    """Somebody in the laptop's shop, with a browser that has never been there."""
    with chromium.new_context() as context:
        context.set_default_timeout(SLOW)
        yield Shopper(context.new_page(), local["shop_url"])


@pytest.fixture
def simulator(local: Mapping[str, Any]) -> Iterator[Processor]:
    """The processor; its faults end with the test."""
    processor = Processor(local["simulator_url"], local["simulator_api_key"])
    yield processor
    processor.works()


@pytest.fixture(scope="session")
def caller(local: Mapping[str, Any]) -> Caller:
    """The shop's client."""
    contract = schemathesis.openapi.from_path(ROOT / "runtime" / "openapi.yaml")
    return Caller(
        local["base_url"], local["merchant_id"], local["client_id"], local["client_secret"], contract
    )
