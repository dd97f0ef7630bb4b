"""A small shop on the laptop: it sells three things, by the card fields and the REST API alone, as any shop.

It shows what an integration is (its page, its few requests), and what happens to a payment when something
breaks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from local.shop.api import Api
from local.shop.cashier import Cashier
from local.shop.front import Loader
from local.shop.orders import Orders
from local.shop.processor import Processor
from local.shop.routes import PLACE, Routes
from local.web_server import ADDRESS, WebServer, serve

__all__ = ["PLACE", "Loader", "Shop", "start"]


class Shop:
    """A running shop."""

    def __init__(self, server: WebServer, stopping: threading.Event) -> None:
        self.url = f"{server.url}{PLACE}"
        self._server = server
        self._stopping = stopping

    def stop(self) -> None:
        """End it. It asks no more for answers that it hasn't: the payments resolve without it."""
        self._stopping.set()
        self._server.stop()


def start(port: int, loader: Loader, settings: Mapping[str, Any], kill: Callable[[], int]) -> Shop:
    """Serve on 127.0.0.1 until `stop`. `settings` has what `local.json` has; `kill` ends the processes of the
    function that pays. Raises `OSError` if the port is taken."""
    api = Api(settings["base_url"], settings["client_id"], settings["client_secret"])
    stopping = threading.Event()
    processor = Processor(settings["simulator_url"], kill)
    origin = f"http://{ADDRESS}:{port}"
    routes = Routes(origin, settings["merchant_id"], loader, api, Cashier(api, stopping), processor, Orders())
    return Shop(serve(port, routes), stopping)
