"""A shop's server for webhooks, in a thread: it answers as it is told, and keeps what came."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook


@dataclass
class Receiver:
    """`statuses`: what is answered to the next ones; then 200. `got`: headers and body of each."""

    port: int = 0
    statuses: list[int] = field(default_factory=list[int])
    got: list[tuple[dict[str, str], str]] = field(default_factory=list[tuple[dict[str, str], str]])
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    def accept(self, headers: dict[str, str], body: str) -> int:
        with self.came:
            self.got.append((headers, body))
            self.came.notify_all()
            return self.statuses.pop(0) if self.statuses else 200

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """All that came, each held against its signature."""
        return [Webhook(secret).verify(body, headers) for headers, body in list(self.got)]

    def wait(self, enough: int, seconds: float = 90) -> None:
        with self.came:
            assert self.came.wait_for(lambda: len(self.got) >= enough, seconds), len(self.got)


@contextmanager
def receiving(*statuses: int, port: int = 0) -> Iterator[Receiver]:
    receiver = Receiver(statuses=list(statuses))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = receiver.accept({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"x" * 3000)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
