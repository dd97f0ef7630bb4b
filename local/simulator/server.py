"""The simulator over HTTP/1.1: kept-alive connections, held, closed and reset as its replies say."""

import json
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from local.simulator.access import Access
from local.simulator.faults import Faults
from local.simulator.ledger import Ledger
from local.simulator.routes import Ending, Reply, Request, Routes

_ADDRESS = "127.0.0.1"
_LARGEST_BODY = 1 << 20
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, routes: Routes) -> None:
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        super().__init__((_ADDRESS, port), partial(_Connection, routes, self.stopping))

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """An orderly end says FIN first; a reset must not."""
        self._connections.discard(request)
        lingers = request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_RESET_ON_CLOSE))
        if lingers == _RESET_ON_CLOSE:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """An operation that comes after the end fails, and was never answered: nothing to report."""
        if not self.stopping.is_set():
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End the connections that clients keep alive."""
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, routes: Routes, stopping: threading.Event, *connection: Any) -> None:
        self._routes = routes
        self._stopping = stopping
        super().__init__(*connection)

    def handle(self) -> None:
        with suppress(ConnectionError):  # the client went away
            super().handle()

    def do_GET(self) -> None:
        self._exchange()

    def do_POST(self) -> None:
        self._exchange()

    def do_DELETE(self) -> None:
        self._exchange()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: a request line is of no use here, and a body must never be logged."""

    def _exchange(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _LARGEST_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._send(Reply(413, {"title": "Payload too large", "status": 413}))
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):  # the client hung up: there was no request
            self.close_connection = True
            return
        reply = self._routes.reply(Request(self.command, self.path, self.headers, body))
        if reply.seconds and self._stopping.wait(reply.seconds):
            self.close_connection = True
        elif reply.ending is Ending.ANSWER:
            self._send(reply)
        else:
            self.close_connection = True
            if reply.ending is Ending.RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)

    def _send(self, reply: Reply) -> None:
        content = json.dumps(reply.body).encode()
        kind = "application/json" if reply.status < 400 else "application/problem+json"
        self.send_response(reply.status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@dataclass(frozen=True, slots=True)
class Simulator:
    """A running simulator."""

    url: str
    _server: _Server
    _ledger: Ledger
    _thread: threading.Thread

    def stop(self) -> None:
        """End it: held requests are dropped, what took effect is in the state file. May be called again."""
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._thread.join()
        self._ledger.close()


def utc_now() -> datetime:
    return datetime.now(UTC)


def start(port: int, api_key: str, state_file: Path, now: Callable[[], datetime] = utc_now) -> Simulator:
    """Serve on 127.0.0.1 until `stop`; port 0 takes a free one. The books go on from `state_file`. `now` is
    in UTC.

    Raises `OSError` if the port is taken, `ValueError` if the file isn't the simulator's.
    """
    ledger = Ledger(state_file, now)
    server = _Server(port, Routes(Access(api_key), Faults(), ledger))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="simulator", daemon=True)
    thread.start()
    return Simulator(f"http://{_ADDRESS}:{server.server_port}", server, ledger, thread)
