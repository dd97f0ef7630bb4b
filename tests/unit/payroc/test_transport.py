"""What is certain of a request that failed, told by real sockets."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from local.ports import free_port
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent, Transport

TIMEOUTS = (2.0, 2.0)


@contextmanager
def peer(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port whose first connection is treated with `behave`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                behave(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def post(url: str) -> Sent:
    return Transport().post(url, {"Idempotency-Key": "key"}, b"body", TIMEOUTS)


def answering(content: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(content)

    return behave


def test_a_port_where_nothing_listens_is_not_connected() -> None:
    assert post(f"http://127.0.0.1:{free_port()}/") == NotConnected()


def test_a_name_that_does_not_resolve_is_not_connected() -> None:
    assert post("https://payroc.invalid/") == NotConnected()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\ncut off",
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_a_broken_answer_is_no_answer(content: bytes) -> None:
    with peer(answering(content)) as port:
        assert post(f"http://127.0.0.1:{port}/") == NoAnswer()


def test_a_redirect_is_not_followed() -> None:
    content = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    with peer(answering(content)) as port:
        assert post(f"http://127.0.0.1:{port}/") == Response(307, b"")


def test_a_certificate_that_cannot_be_verified_is_not_connected(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    def handshake(connection: socket.socket) -> None:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(connection, server_side=True)

    with peer(handshake) as port:
        assert post(f"https://localhost:{port}/") == NotConnected()


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    with peer(answering(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}")) as port:
        assert post(f"http://127.0.0.1:{port}/") == Response(201, b"{}")


def self_signed(directory: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = directory / "server.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
