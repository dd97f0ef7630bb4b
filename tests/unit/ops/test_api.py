import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from onboarding.failure import Failure
from ops.api import Api


@contextmanager
def answering(status: int, body: object, seen: list[tuple[str, str]]) -> Iterator[Api]:
    """An API that gives one answer to everything; `seen` gets each request's line and authorization."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def do_GET(self) -> None:
            seen.append((f"{self.command} {self.path}", self.headers.get("Authorization", "")))
            content = b"" if body is None else json.dumps(body).encode()
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
            yield Api(f"http://127.0.0.1:{server.server_port}", "cli_one", "secret")
        finally:
            server.shutdown()
            thread.join()


def test_a_client_shows_its_secret_for_the_token_and_the_token_for_the_rest() -> None:
    seen: list[tuple[str, str]] = []
    with answering(200, {"access_token": "at-1", "data": []}, seen) as api:
        token = api.access_token()
        assert api.get(token, "/v1/audits", resource="pay_one").body["data"] == []
    assert seen == [
        ("POST /oauth/token", "Basic Y2xpX29uZTpzZWNyZXQ="),
        ("GET /v1/audits?resource=pay_one", "Bearer at-1"),
    ]


def test_the_card_key_is_the_first_that_encrypts() -> None:
    keys = [{"use": "sig", "kid": "s"}, {"use": "enc", "kid": "current"}, {"use": "enc", "kid": "older"}]
    with answering(200, {"keys": keys}, []) as api:
        assert api.card_key()["kid"] == "current"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"title": "Not found", "detail": "There is no such object."}, "404: There is no such object."),
        ({"error": "invalid_client"}, "404: invalid_client"),
        (None, "404: no problem description"),
    ],
)
def test_a_refusal_is_told_in_the_apis_words(body: object, words: str) -> None:
    with answering(404, body, []) as api, pytest.raises(Failure, match=words):
        api.get("at-1", "/v1/payments/pay_none")
