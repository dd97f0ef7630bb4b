"""Checkout sessions in memory, and their secrets."""

import hashlib
from threading import Lock

from tollgate.domain.checkout import CheckoutSession


class FakeCheckoutSessions:
    """The `CheckoutSessions` port."""

    def __init__(self) -> None:
        self._stored: dict[str, CheckoutSession] = {}
        self._lock = Lock()

    def find(self, session_id: str) -> CheckoutSession | None:
        return self._stored.get(session_id)

    def add(self, session: CheckoutSession) -> CheckoutSession | None:
        with self._lock:
            known = self._stored.setdefault(session.id, session)
            return None if known == session else known


class FakeSessionSecrets:
    """The `SessionSecrets` port."""

    def __init__(self) -> None:
        self.version = 1

    def current_version(self, merchant_id: str) -> int:
        return self.version

    def secret_of(self, session: CheckoutSession) -> str:
        parts = (session.merchant_id, session.secret_version, session.id)
        return f"css_{hashlib.sha256(repr(parts).encode()).hexdigest()}"
