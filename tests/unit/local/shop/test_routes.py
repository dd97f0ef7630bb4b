"""What the shop's page may ask, and who else may not."""

import json
import threading
from email.message import Message
from typing import Any

import pytest

from local.shop.api import Api
from local.shop.cashier import Cashier
from local.shop.front import Loader
from local.shop.orders import Orders
from local.shop.processor import Processor
from local.shop.routes import Routes
from local.web_server import Answer, Request

ORIGIN = "http://127.0.0.1:29000"
FIELDS = "http://127.0.0.1:29001"


@pytest.fixture
def routes() -> Routes:
    api = Api("http://127.0.0.1:1", "cli_1", "secret")
    processor = Processor("http://127.0.0.1:1", kill=lambda: 2)
    loader = Loader(f"{FIELDS}/0.1.0/tollgate.js", "sha384-x")
    return Routes(ORIGIN, "mer_1", loader, api, Cashier(api, threading.Event()), processor, Orders())


def post(routes: Routes, path: str, body: Any, origin: str = ORIGIN) -> Answer:
    headers = Message()
    headers["Origin"] = origin
    headers["Content-Type"] = "application/json"
    return routes(Request("POST", path, {}, headers, json.dumps(body).encode()))


def get(routes: Routes, path: str) -> Answer:
    return routes(Request("GET", path, {}, Message(), b""))


def test_the_page_loads_the_card_fields_by_their_hash(routes: Routes) -> None:
    page = get(routes, "/shop")
    assert f'src="{FIELDS}/0.1.0/tollgate.js" integrity="sha384-x"' in page.content.decode()
    assert f"script-src 'self' {FIELDS};" in page.headers["Content-Security-Policy"]
    assert "{" not in page.content.decode().replace("{&quot;", "")


@pytest.mark.parametrize("name", ["shop.js", "timeline.js", "money.js", "shop.css"])
def test_its_parts_are_served(routes: Routes, name: str) -> None:
    assert get(routes, f"/shop/{name}").status == 200


@pytest.mark.parametrize("path", ["/shop/../routes.py", "/shop/index.html", "/shop/nothing.js", "/elsewhere"])
def test_nothing_else_is(routes: Routes, path: str) -> None:
    assert get(routes, path).status == 404


def test_an_order_is_opened(routes: Routes) -> None:
    opened = json.loads(post(routes, "/shop/orders", {"thing": "mug"}).content)
    assert (opened["amount"], opened["currency"], opened["status"]) == (1800, "USD", "open")


def test_the_function_is_killed(routes: Routes) -> None:
    assert json.loads(post(routes, "/shop/crash", {}).content) == {"killed": 2}


@pytest.mark.parametrize("path", ["/shop/orders", "/shop/crash", "/shop/orders/order-1/payment"])
def test_a_page_of_elsewhere_can_do_nothing(routes: Routes, path: str) -> None:
    assert post(routes, path, {"thing": "mug"}, origin="https://elsewhere.example").status == 400


def test_an_order_that_nobody_knows_is_told_so(routes: Routes) -> None:
    assert get(routes, "/shop/orders/order-1").status == 404
