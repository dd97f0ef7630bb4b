"""Access to an account: its API key buys bearer tokens (`POST {identity}/authorize`)."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Protocol

import msgspec

from tollgate.adapters.payroc.deadline import Clock, Deadline
from tollgate.adapters.payroc.settings import PayrocAccount
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent, Transport

# As Payroc's own SDK does (payroc-sdk-python, core/inferred_auth_token_provider.py).
_RENEW_BEFORE_EXPIRY_SECONDS = 120


class CredentialsUnavailable(Exception):
    """The API key of an account can't be had now. The message is fit for logs."""


class Credentials(Protocol):
    """Where API keys come from."""

    def __call__(self, account: str, /) -> str:
        """The API key of a processor account. Raises `CredentialsUnavailable`."""
        ...


class NoAccess(Exception):
    """There is no token to send a request with. `passing`: another try may help."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


class _Grant(msgspec.Struct):
    access_token: str
    expires_in: Annotated[int, msgspec.Meta(ge=0, le=10**9)]


@dataclass(frozen=True, slots=True)
class _Held:
    token: str = field(repr=False)
    renew_at: float


class AccessTokens:
    """Bearer tokens, one per account, renewed two minutes before they expire and by one thread at a time."""

    def __init__(
        self,
        accounts: Mapping[str, PayrocAccount],
        credentials: Credentials,
        transport: Transport,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._credentials = credentials
        self._transport = transport
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._locks = {account: threading.Lock() for account in accounts}

    def authorized(self, account: str, deadline: Deadline, send: Callable[[str], Sent]) -> Sent:
        """What `send` comes to, given the `Authorization` header; twice, if the first token has ended early.

        Raises `NoAccess`, `OutOfTime`.
        """
        token = self.bearer(account, deadline)
        sent = send(f"Bearer {token}")
        if isinstance(sent, Response) and sent.status == 401:
            token = self.bearer(account, deadline, rejected=token)
            sent = send(f"Bearer {token}")
        return sent

    def bearer(self, account: str, deadline: Deadline, rejected: str | None = None) -> str:
        """A token other than `rejected`, which Payroc answered with 401. Raises `NoAccess`, `OutOfTime`."""
        with self._locks[account]:
            held = self._held.get(account)
            if held is None or held.token == rejected or held.renew_at <= self._clock.monotonic():
                held = self._renewed(account, deadline)
                self._held[account] = held
            return held.token

    def _renewed(self, account: str, deadline: Deadline) -> _Held:
        try:
            api_key = self._credentials(account)
        except CredentialsUnavailable:
            raise NoAccess("the processor's credentials are unavailable", passing=False) from None
        if not _fits_header(api_key):
            raise NoAccess("the processor's API key is malformed", passing=False)
        asked_at = self._clock.monotonic()
        url = self._accounts[account].identity_url + "/authorize"
        grant = _grant(self._transport.post(url, {"x-api-key": api_key}, b"", deadline.timeouts()))
        return _Held(grant.access_token, asked_at + grant.expires_in - _RENEW_BEFORE_EXPIRY_SECONDS)


def _grant(sent: Response | NotConnected | NoAnswer) -> _Grant:
    if not isinstance(sent, Response):
        raise NoAccess("the processor's identity service can't be reached", passing=True)
    if sent.status != 200:
        reason = f"the processor's identity service answered {sent.status}"
        raise NoAccess(reason, passing=sent.status >= 500)
    try:
        grant = msgspec.json.decode(sent.content, type=_Grant)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        grant = None
    if grant is None or not _fits_header(grant.access_token):
        raise NoAccess("the processor's identity service gave no usable token", passing=True)
    return grant


def _fits_header(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable() and value == value.strip()
