"""The API at the root of a port of its own.

Closes a gap of ministack: it serves a REST API under a long path only. Requests that arrive at the front's
port get that path as a prefix, in the same process, so there is no proxy and the caller's address is right.
"""

from __future__ import annotations

import time
from typing import Any

from hypercorn.config import Config, Sockets
from ministack import app

from local.emulator import documentation, requests
from local.emulator.request_log import RequestLog

FORWARDED = (b"x-forwarded-for", b"x-forwarded-proto")


def install(port: int, prefix: str, log: RequestLog) -> None:
    serve = app.app
    create_sockets = Config.create_sockets

    async def serve_with_front(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["server"][1] == port:
            if await documentation.answered(scope, send):
                return
            send = _noting(log, scope, send)
            scope = _prefixed(scope, prefix)
            requests.arrived(scope["headers"])
        await serve(scope, receive, send)

    def create_both_sockets(self: Config) -> Sockets:
        self.bind = [*self.bind, f"127.0.0.1:{port}"]
        return create_sockets(self)

    app.app = serve_with_front
    Config.create_sockets = create_both_sockets


def _noting(log: RequestLog, scope: dict[str, Any], send: Any) -> Any:
    began = time.monotonic()

    async def send_and_note(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            log.answered(scope["method"], scope["path"], message["status"], time.monotonic() - began)
        await send(message)

    return send_and_note


def _prefixed(scope: dict[str, Any], prefix: str) -> dict[str, Any]:
    # ministack takes the caller's address from this header, which a caller must not be able to choose.
    headers = [header for header in scope["headers"] if header[0] not in FORWARDED]
    headers.append((b"x-forwarded-for", scope["client"][0].encode()))
    return {
        **scope,
        "path": prefix + scope["path"],
        "raw_path": prefix.encode() + scope["raw_path"],
        "headers": headers,
    }
