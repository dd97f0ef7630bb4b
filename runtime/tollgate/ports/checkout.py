"""Checkout sessions, and their secrets."""

from typing import Protocol

from tollgate.domain.checkout import CheckoutSession


class CheckoutSessions(Protocol):
    """Sessions are stored once and stay as they are."""

    def find(self, session_id: str) -> CheckoutSession | None:
        """Whosever it is (a consistent read): a page that asks for it is no merchant's."""
        ...

    def add(self, session: CheckoutSession) -> CheckoutSession | None:
        """Store a session. If its id is taken nothing happens, and the one that has it is the answer."""
        ...


class SessionSecrets(Protocol):
    """The secrets that pages pay with. None is stored: each is derived from a key of its merchant's."""

    def current_version(self, merchant_id: str) -> int:
        """Of the merchant's key for new sessions."""
        ...

    def secret_of(self, session: CheckoutSession) -> str:
        """Always the same for the same session, and not to be guessed (256 bits)."""
        ...
