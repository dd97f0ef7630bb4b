"""What leaves for a merchant's server: to public addresses, or nowhere."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tollgate.adapters.webhook_sender import HttpSender
from tollgate.domain.target import Targets, is_public, target_of

LAPTOP = Targets(None, loopback=True)
STAGE = Targets(frozenset({"shop.example.com", "a.example"}))

PRIVATE = (
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
    "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::",
    "2001:db8::1",
)  # fmt: skip
PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808")


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.215.14", "169.254.169.254"], []])
def test_a_name_that_leads_inside_is_not_called(addresses: list[str]) -> None:
    sender = HttpSender(FakeClock(NOW), lambda _host, _port: addresses)
    attempt = sender.post(target_of("https://shop.example.com/", STAGE), {}, b"{}")
    assert (attempt.response_status, attempt.response_start) == (
        None,
        "The host's address isn't a public one.",
    )


def test_a_name_is_resolved_once() -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if len(asked) > 1 else []

    HttpSender(FakeClock(NOW), resolve).post(target_of("https://a.example/", STAGE), {}, b"{}")
    assert asked == ["a.example"]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def answered(listener: socket.socket, *parts: bytes) -> list[bytes]:
    """Answers one connection; what it asked."""
    asked: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            asked.append(connection.recv(65536))
            for each in parts:
                connection.sendall(each)

    threading.Thread(target=serve, daemon=True).start()
    return asked


def test_a_redirect_is_an_answer_and_is_not_followed(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    answered(
        listener, b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    )
    attempt = HttpSender(FakeClock(NOW)).post(target_of(f"http://127.0.0.1:{port}/", LAPTOP), {}, b"{}")
    assert (attempt.response_status, attempt.delivered) == (302, False)


def test_no_more_than_a_kibibyte_of_an_answer_is_kept(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    head = b"HTTP/1.1 200 OK\r\nRetry-After: 7\r\nContent-Length: 5000\r\n\r\n"
    asked = answered(listener, head + b"y" * 5000)
    target = target_of(f"http://127.0.0.1:{port}/hooks?a=1", LAPTOP)
    attempt = HttpSender(FakeClock(NOW)).post(target, {"webhook-id": "evt_one"}, b'{"a":1}')
    assert (attempt.response_start, attempt.retry_after) == ("y" * 1024, 7)
    first, *lines = asked[0].decode().split("\r\n")
    assert first == "POST /hooks?a=1 HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}" in lines
    assert "webhook-id: evt_one" in lines


def test_what_is_no_answer_is_a_failure(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    target = target_of(f"http://127.0.0.1:{port}/", LAPTOP)
    for parts in ((), (b"what?\r\n\r\n",)):
        answered(listener, *parts)
        assert HttpSender(FakeClock(NOW)).post(target, {}, b"{}").response_status is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/",
        "http://shop.example.com/",
        "https://shop.example.com:444/",
        "https://x/",
        "https://other.example/",
    ],
)
def test_a_stage_sends_to_nothing_but_tls_at_port_443(url: str) -> None:
    with pytest.raises(ValueError, match="Must"):
        target_of(url, STAGE)
