"""One request over HTTPS, and what is certain when it fails."""

import ssl
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import requests
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError


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

    An exception of `requests` holds the request, card and all: none leaves this class.
    """

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

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
        try:
            response = self._session.request(
                method, url, data=body, headers=headers, timeout=timeouts, allow_redirects=False
            )
        except (requests.RequestException, HTTPError) as error:
            return NotConnected() if _never_connected(error) else NoAnswer()
        return Response(response.status_code, response.content)


def _never_connected(error: Exception) -> bool:
    """Only what certainly came before the first byte of the request counts."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, SSLError):
        return isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)
