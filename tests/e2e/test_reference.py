"""The laptop shows the reference of its API at /docs, from its own files alone."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import requests

from ops.contract import PUBLISHED
from tests.e2e.caller import TIMEOUT, Caller

CHROMIUM = (
    "chromium",
    "--headless=new",
    "--no-sandbox",  # it loads pages of ours alone, and root can't have one
    "--disable-gpu",
    "--disable-background-networking",
    "--enable-logging=stderr",
    "--virtual-time-budget=20000",
    "--dump-dom",
)
GREETING = "@scalar/api-reference@"


def test_docs_is_the_reference_with_all_that_it_needs(shop: Caller) -> None:
    page = requests.get(f"{shop.base_url}/docs", timeout=TIMEOUT)
    assert page.headers["Content-Type"].startswith("text/html")
    for foreign in ("https:", "unsafe-eval", "*"):
        assert foreign not in page.headers["Content-Security-Policy"]
    assert re.findall(r'src="([^"]+)"', page.text) == ["settings.js", "scalar.standalone.js"]
    assert '<base href="/docs/">' in page.text
    assert requests.get(f"{shop.base_url}/docs/scalar.standalone.js", timeout=TIMEOUT).status_code == 200
    contract = requests.get(f"{shop.base_url}/docs/openapi.json", timeout=TIMEOUT)
    assert contract.content == PUBLISHED.read_bytes()


def test_what_the_reference_does_not_have_is_the_apis_answer(shop: Caller) -> None:
    for path in ("/docs/nothing", "/docs/../openapi.yaml", "/docsx"):
        assert shop.send("GET", path).status_code in {403, 404}
    assert shop.send("POST", "/docs").status_code in {403, 404}


@pytest.mark.toolchain("chromium")
def test_a_browser_shows_every_operation_and_has_nothing_to_complain_of(shop: Caller, tmp_path: Path) -> None:
    """What the page's policy forbids, a request to elsewhere or code from a text, would be on the console."""
    command = (*CHROMIUM, f"--user-data-dir={tmp_path}", f"{shop.base_url}/docs")
    shown = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT * 3, check=True)
    said = [line for line in shown.stderr.splitlines() if ":CONSOLE:" in line]
    assert [line for line in said if GREETING not in line] == []
    assert len(said) == 1
    text = re.sub(r"<[^>]+>", "", shown.stdout)
    contract = json.loads(PUBLISHED.read_bytes())
    operations = [verb for path in contract["paths"].values() for verb in path.values() if "summary" in verb]
    assert [each["summary"] for each in operations if each["summary"] not in text] == []
