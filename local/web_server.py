"""A small web server on 127.0.0.1, for the origins that a laptop cloud has beside its API."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

ADDRESS = "127.0.0.1"
LARGEST_BODY = 1 << 16


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; `query` has each name's last value."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent, `headers` beside media type and length."""

    status: int
    media_type: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def text(status: int, words: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", f"{words}\n".encode())


Respond = Callable[[Request], Answer]


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60

    def __init__(self, respond: Respond, *connection: Any) -> None:
        self._respond = respond
        super().__init__(*connection)

    def handle(self) -> None:
        with suppress(ConnectionError):  # the client went away
            super().handle()

    def do_GET(self) -> None:
        self._exchange()

    def do_HEAD(self) -> None:
        self._exchange()

    def do_POST(self) -> None:
        self._exchange()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: a request line is of no use here."""

    def _exchange(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._send(text(413, "The body is too large."))
            return
        body = self.rfile.read(int(length))
        if self.headers.get("Host") != f"{ADDRESS}:{self.connection.getsockname()[1]}":
            # A page of elsewhere whose name has been made to mean this machine.
            self._send(text(421, "Use the address that `make run` names."))
            return
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        self._send(self._respond(Request(self.command, url.path, query, self.headers, body)))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.media_type, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


@dataclass(frozen=True, slots=True)
class WebServer:
    """A running server. `url` has no slash at its end; it is the origin, too."""

    url: str
    _server: _Server
    _thread: threading.Thread

    def stop(self) -> None:
        """End it. May be called again."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def serve(port: int, respond: Respond) -> WebServer:
    """Serve on 127.0.0.1 until `stop`; port 0 takes a free one. Raises `OSError` if the port is taken."""
    server = _Server((ADDRESS, port), partial(_Connection, respond))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="web server", daemon=True)
    thread.start()
    return WebServer(f"http://{ADDRESS}:{server.server_port}", server, thread)
