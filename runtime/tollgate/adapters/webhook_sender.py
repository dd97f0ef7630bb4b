"""One POST to a shop's server: a public address, looked up once, a verified certificate, ten seconds."""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from tollgate.domain.target import LOOPBACK, Target, is_public
from tollgate.domain.webhook import Attempt
from tollgate.ports import Clock

SECONDS = 10
KEPT_BYTES = 1024
Resolve = Callable[[str, int], Sequence[str]]


class Refused(Exception):
    """The target isn't one that anything may be sent to."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class HttpSender:
    """The `Sender` port."""

    def __init__(self, clock: Clock, resolve: Resolve = resolved) -> None:
        self._clock = clock
        self._resolve = resolve
        self._tls = ssl.create_default_context()

    def post(self, target: Target, headers: Mapping[str, str], message: bytes) -> Attempt:
        at = self._clock.now()
        connection: _Connection | None = None
        try:
            connection = _Connection(target, self._address(target), self._tls)
            return connection.exchange(headers, message, at)
        except Refused as refusal:
            return Attempt(at, None, str(refusal))
        except ssl.SSLCertVerificationError:
            return Attempt(at, None, "The server's certificate isn't valid for its name.")
        except (OSError, http.client.HTTPException, ValueError) as failure:
            late = connection is not None and connection.timed_out
            word = "timeout" if late or isinstance(failure, TimeoutError) else type(failure).__name__
            return Attempt(at, None, f"No answer: {word}.")
        finally:
            if connection is not None:
                connection.close()

    def _address(self, target: Target) -> str:
        """Every address of the name must be public, so that none of them leads inside."""
        if not target.secure:
            return LOOPBACK
        addresses = self._resolve(target.host, target.port)
        if not addresses or not all(is_public(each) for each in addresses):
            raise Refused("The host's address isn't a public one.")
        return addresses[0]


class _Connection:
    """One connection to one address. Whatever comes, it ends after `SECONDS`."""

    def __init__(self, target: Target, address: str, tls: ssl.SSLContext) -> None:
        self._target = target
        self.timed_out = False
        self._socket = socket.create_connection((address, target.port), timeout=SECONDS)
        self._timer = threading.Timer(SECONDS, self._end)
        self._timer.daemon = True
        self._timer.start()
        if target.secure:
            self._socket = tls.wrap_socket(self._socket, server_hostname=target.host)

    def exchange(self, headers: Mapping[str, str], message: bytes, at: int) -> Attempt:
        connection = http.client.HTTPConnection(self._target.host, self._target.port)
        connection.sock = self._socket
        connection.putrequest("POST", self._target.path, skip_host=True, skip_accept_encoding=True)
        sent = {
            "Host": self._target.host_header,
            "Content-Type": "application/json",
            "Content-Length": str(len(message)),
            "User-Agent": "Tollgate-Webhooks/1",
            "Connection": "close",
            **headers,
        }
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(message)
        answer = connection.getresponse()
        start = b""
        with suppress(OSError, http.client.HTTPException):  # the status is the answer
            start = answer.read1(KEPT_BYTES)
        return Attempt(at, answer.status, start.decode(errors="replace") or None, _seconds(answer))

    def close(self) -> None:
        self._timer.cancel()
        with suppress(OSError):
            self._socket.close()

    def _end(self) -> None:
        self.timed_out = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


def _seconds(answer: http.client.HTTPResponse) -> int | None:
    """`Retry-After` in seconds (RFC 9110 §10.2.3); a date isn't heeded."""
    value = (answer.getheader("Retry-After") or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
