import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from onboarding.failure import Failure
from ops.smoke import checked

KEYS = {"keys": [{"use": "enc"}, {"use": "sig"}]}
HEALTHY = {"/.well-known/jwks.json": (200, KEYS), "/oauth/token": (401, {}), "/v1/payments": (401, {})}


@contextmanager
def answering(answers: Mapping[str, tuple[int, object]]) -> Iterator[str]:
    """An API with one answer for each path; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def do_GET(self) -> None:
            status, body = answers[self.path]
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def smoke(answers: Mapping[str, tuple[int, object]]) -> list[str]:
    with answering(answers) as address, requests.Session() as session:
        return list(checked(address, session))


def test_an_api_that_is_awake_and_refuses_strangers_passes() -> None:
    assert len(smoke(HEALTHY)) == 3


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/.well-known/jwks.json", (500, {}), "answered with 500"),
        ("/.well-known/jwks.json", (200, {"keys": [{"use": "enc"}]}), "No key is published"),
        ("/oauth/token", (200, {"access_token": "x"}), "POST /oauth/token was answered 200 instead of 401"),
        ("/oauth/token", (500, {}), "instead of 401"),
        ("/v1/payments", (200, {"data": []}), "GET /v1/payments was answered 200 instead of 401"),
        ("/v1/payments", (403, {}), "instead of 401"),
    ],
)
def test_anything_else_fails_with_its_reason(path: str, answer: tuple[int, object], reason: str) -> None:
    with pytest.raises(Failure, match=reason):
        smoke({**HEALTHY, path: answer})
