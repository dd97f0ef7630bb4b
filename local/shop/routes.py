"""The shop's own addresses: its page, and what the page asks of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from local.shop import front
from local.shop.api import Api
from local.shop.cashier import Cashier, heard
from local.shop.orders import CURRENCY, THINGS, Order, Orders
from local.shop.processor import Processor
from local.shop.timeline import timeline
from local.web_server import Answer, Request, text

PLACE = "/shop"
_ORDER = re.compile(PLACE + r"/orders/([\w-]+)(/payment|/session|/refunds|)")


class BadRequest(Exception):
    """The page asked for something that it can't ask for."""


@dataclass(frozen=True, slots=True)
class Routes:
    """All that the shop answers. `origin` is its own."""

    origin: str
    merchant: str
    loader: front.Loader
    api: Api
    cashier: Cashier
    processor: Processor
    orders: Orders

    def __call__(self, request: Request) -> Answer:
        try:
            if request.method == "POST":
                return self._act(request.path, self._body(request))
            return self._show(request.path)
        except (BadRequest, KeyError, TypeError, ValueError) as error:
            return _json(400, {"message": f"The page asked for something odd: {error!r}"})
        except requests.RequestException:
            return _json(502, {"message": "Tollgate doesn't answer."})

    def _show(self, path: str) -> Answer:
        if path in {PLACE, f"{PLACE}/", "/"}:
            return front.page(self.merchant, self.loader)
        if match := _ORDER.fullmatch(path):
            return self._with_order(match[1], self._described)
        found = front.file(path.removeprefix(f"{PLACE}/"))
        return found or text(404, f"There is nothing here. The shop is at {self.origin}{PLACE}.")

    def _act(self, path: str, body: Mapping[str, Any]) -> Answer:
        if path == f"{PLACE}/orders":
            return _json(201, _summary(self.orders.open(THINGS[body["thing"]])))
        if path == f"{PLACE}/crash":
            return _json(200, {"killed": self.processor.kill()})
        match = _ORDER.fullmatch(path)
        if match and match[2] == "/payment":
            return self._with_order(match[1], lambda order: self._pay(order, body))
        if match and match[2] == "/session":
            return self._with_order(match[1], lambda order: self._open(order, body))
        if match and match[2] == "/refunds":
            return self._with_order(match[1], lambda order: self._refund(order, body))
        return text(404, "There is nothing here.")

    def _pay(self, order: Order, body: Mapping[str, Any]) -> Answer:
        encrypted_card = str(body["encrypted_card"])
        if order.status == "open":
            self.processor.behave(body["processor"])
        self.cashier.pay(order, encrypted_card)
        return _json(202, _summary(order))

    def _open(self, order: Order, body: Mapping[str, Any]) -> Answer:
        """What the page pays with by itself. It may ask again."""
        session = self.cashier.open_session(order, f"{self.origin}{PLACE}?order={order.id}")
        if session is None:
            raise BadRequest("the order is paid, or is being paid")
        if order.status == "open":
            self.processor.behave(body["processor"])
        return _json(200, {name: session[name] for name in ("id", "client_secret", "url")})

    def _refund(self, order: Order, body: Mapping[str, Any]) -> Answer:
        payment_id = order.last and order.last.payment_id
        if not payment_id:
            raise BadRequest("nothing was paid")
        answer = self.cashier.refund(order, payment_id, int(body["amount"]), int(body["number"]))
        refused = "" if answer.status < 300 else answer.body.get("detail", heard(answer))
        return _json(200, {"message": refused})

    def _described(self, order: Order) -> Answer:
        self.cashier.look(order)
        return _json(200, {**_summary(order), **timeline(order, self.api, self.processor)})

    def _with_order(self, order_id: str, answer: Callable[[Order], Answer]) -> Answer:
        order = self.orders.find(order_id)
        if order is None:
            return _json(404, {"message": "The shop doesn't know this order any more."})
        return answer(order)

    def _body(self, request: Request) -> Mapping[str, Any]:
        """Only the shop's own page acts: another page of this browser can't send these two headers so."""
        media_type = request.headers.get_content_type()
        if (request.headers.get("Origin"), media_type) != (self.origin, "application/json"):
            raise BadRequest("not by the shop's page")
        return json.loads(request.body)


def _summary(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "thing": order.thing.name,
        "amount": order.thing.price,
        "currency": CURRENCY,
        "status": order.status,
        "message": order.message,
    }


def _json(status: int, body: Mapping[str, Any]) -> Answer:
    return Answer(status, "application/json", json.dumps(body).encode(), {"Cache-Control": "no-store"})
