"""Where a Payroc account is, and how long a call to it may take."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from tollgate.domain.budget import CALL, LOOK_UP

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class PayrocAccount:
    """One entry of the stage's processor accounts.

    `api_url` ends in `/v1`; `secret` names the secret that holds the API key. Plain http is for the
    simulator on this machine only. Raises `ValueError`, naming the field.
    """

    api_url: str
    identity_url: str
    secret: str

    def __post_init__(self) -> None:
        for field, url in (("api_url", self.api_url), ("identity_url", self.identity_url)):
            parts = urlsplit(url)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
                raise ValueError(f"{field} must be an https URL, not {url!r}")
            if not parts.hostname or parts.query or url.endswith("/"):
                raise ValueError(f"{field} must be a host with an optional path, not {url!r}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and sends that one attempt may take, access token included.

    At most what `domain/budget.py` has for a call.
    Raises `ValueError`, naming the field.
    """

    connect_seconds: float = 2.0
    read_seconds: float = 10.0
    budget_seconds: float = CALL / 1000
    backoff_seconds: float = 0.2
    sends: int = 3

    def __post_init__(self) -> None:
        for field in ("connect_seconds", "read_seconds", "budget_seconds", "sends"):
            if getattr(self, field) <= 0:
                raise ValueError(f"{field} must be positive")
        if self.backoff_seconds < 0:
            raise ValueError("backoff_seconds must not be negative")
        if self.budget_seconds > CALL / 1000:
            raise ValueError(f"budget_seconds must be at most {CALL / 1000:.0f}")

    def pause(self, resend: int, jitter: float) -> float:
        """Seconds to wait before resend number `resend` (from 1); `jitter` in [0, 1) spreads the herd."""
        return self.backoff_seconds * 2 ** (resend - 1) * (0.5 + jitter / 2)


LOOK_UPS = Limits(connect_seconds=1.0, read_seconds=3.0, budget_seconds=LOOK_UP / 1000, sends=2)
"""A look-up leaves the larger part of an operation's time to what follows from it."""

PAGES = Limits(sends=2)
"""Whoever reads the whole list has time."""
