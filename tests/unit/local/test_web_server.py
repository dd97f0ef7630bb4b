"""The web server of the card fields and the shop."""

import http.client
from collections.abc import Iterator

import pytest

from local.web_server import Answer, Request, WebServer, serve, text


def echo(request: Request) -> Answer:
    return text(200, f"{request.method} {request.path} {dict(request.query)} {request.body.decode()}")


@pytest.fixture
def server() -> Iterator[WebServer]:
    running = serve(0, echo)
    yield running
    running.stop()


def ask(
    server: WebServer, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    connection.request(method, target, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_a_request_reaches_whoever_answers(server: WebServer) -> None:
    assert ask(server, "POST", "/a?b=c", b"d") == (200, b"POST /a {'b': 'c'} d\n")
    assert ask(server, "HEAD", "/a") == (200, b"")


def test_a_name_of_elsewhere_that_means_this_machine_is_refused(server: WebServer) -> None:
    assert ask(server, "GET", "/", headers={"Host": "shop.example"})[0] == 421


def test_a_large_body_is_refused(server: WebServer) -> None:
    assert ask(server, "POST", "/", b"x" * 70_000)[0] == 413
