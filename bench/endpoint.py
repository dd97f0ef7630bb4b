"""AWS as measured processes see it: over HTTP, with the answers that the same calls had before."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.recorder import asked_of, target_key


@contextmanager
def serving(answers: Mapping[str, bytes]) -> Iterator[str]:
    """The endpoint's URL. `answers` by `target_key`; a call that isn't among them gets one of its target."""
    by_target = {key.split(" ")[0]: answer for key, answer in answers.items()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Connection, answers, by_target))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(
        self, answers: Mapping[str, bytes], by_target: Mapping[str, bytes], *connection: Any
    ) -> None:
        self._answers = answers
        self._by_target = by_target
        super().__init__(*connection)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        target = self.headers.get("X-Amz-Target", "")
        content = self._answers.get(target_key(target, asked_of(body)), self._by_target.get(target))
        self.send_response(400 if content is None else 200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(content or b"{}")))
        self.end_headers()
        self.wfile.write(content or b"{}")

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""
