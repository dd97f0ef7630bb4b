"""One request over HTTPS, and what is certain when it fails."""

import ssl
from dataclasses import dataclass, field

import certifi
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, SSLError

CONNECTIONS = 10
"""That are kept to a host: more than one function has in use at once."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. Its content may speak of a card: it isn't shown."""

    status: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotConnected:
    """Nothing of the request was sent."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The request may have arrived."""


Sent = Response | NotConnected | NoAnswer


class Transport:
    """Connections that are kept alive; no redirects, proxies, cookies or resends of its own.

    An exception of `urllib3` may hold the request, card and all: none leaves this class.
    """

    def __init__(self) -> None:
        self._pool = PoolManager(maxsize=CONNECTIONS, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where())

    def post(self, url: str, headers: dict[str, str], body: bytes, timeouts: tuple[float, float]) -> Sent:
        """`timeouts`: seconds to connect, and seconds between bytes of the answer."""
        return self._exchange("POST", url, headers, body, timeouts)

    def get(self, url: str, headers: dict[str, str], timeouts: tuple[float, float]) -> Sent:
        """`timeouts` as for `post`."""
        return self._exchange("GET", url, headers, None, timeouts)

    def _exchange(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None,
        timeouts: tuple[float, float],
    ) -> Sent:
        connect, read = timeouts
        try:
            response = self._pool.request(
                method,
                url,
                body=body,
                headers=headers,
                timeout=Timeout(connect=connect, read=read),
                retries=False,
                redirect=False,
            )
        except HTTPError as error:
            return NotConnected() if _never_connected(error) else NoAnswer()
        return Response(response.status, response.data)


def _never_connected(error: HTTPError) -> bool:
    """Only what certainly came before the first byte of the request counts."""
    if isinstance(error, SSLError):
        return isinstance(error.args[0], ssl.SSLCertVerificationError)
    return isinstance(error, ConnectTimeoutError)
