"""The laptop shows the reference of its API at /docs, from its own files alone."""

import re

import requests

from ops.contract import PUBLISHED
from tests.e2e.caller import TIMEOUT, Caller


def test_docs_is_the_reference_with_all_that_it_needs(shop: Caller) -> None:
    page = requests.get(f"{shop.base_url}/docs", timeout=TIMEOUT)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "https:" not in page.headers["Content-Security-Policy"]
    assert re.findall(r'src="([^"]+)"', page.text) == ["scalar.standalone.js"]
    assert '<base href="/docs/">' in page.text
    assert requests.get(f"{shop.base_url}/docs/scalar.standalone.js", timeout=TIMEOUT).status_code == 200
    contract = requests.get(f"{shop.base_url}/docs/openapi.json", timeout=TIMEOUT)
    assert contract.content == PUBLISHED.read_bytes()


def test_what_the_reference_does_not_have_is_the_apis_answer(shop: Caller) -> None:
    for path in ("/docs/nothing", "/docs/../openapi.yaml", "/docsx"):
        assert shop.send("GET", path).status_code in {403, 404}
    assert shop.send("POST", "/docs").status_code in {403, 404}
