"""The processor's books: payments, what took effect, and the answers saved under idempotency keys."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from local.simulator.journal import Journal
from local.simulator.payment import Payment
from local.simulator.problems import Problem, not_found


class Transaction(msgspec.Struct, frozen=True):
    """One thing that took effect. `amount` in minor units, `at` in UTC."""

    kind: str
    order_id: str
    payment_id: str
    amount: int
    currency: str
    idempotency_key: str
    at: str


class Answer(msgspec.Struct, frozen=True):
    """An HTTP answer: a status and a JSON document."""

    status: int
    body: dict[str, Any]


class Effect(msgspec.Struct, frozen=True):
    """What an operation wants written, together or not at all."""

    answer: Answer
    payment: Payment | None = None
    transaction: Transaction | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal: an effect under its key. `digest` is keyed, since it covers card data."""

    key: str
    digest: str
    effect: Effect


class Ledger:
    """Books in memory, every change of which is in the journal before it is answered.

    Operations run one at a time. So a second request with a key whose first is still executing waits for
    it, and then hears its answer (Payroc doesn't document this case).
    """

    def __init__(self, state_file: Path) -> None:
        self._lock = threading.Lock()
        self._payments: dict[str, Payment] = {}
        self._transactions: list[Transaction] = []
        self._saved: dict[str, Entry] = {}
        self._journal = Journal(state_file, Entry)
        for entry in self._journal.entries():
            self._apply(entry)

    def once(self, key: str, request: bytes, operation: Callable[[], Effect]) -> Answer:
        """Run `operation`, unless `key` was used: then its saved answer, or `Problem` (409).

        `request` is what the key is bound to, the URI and the body: 409 is for another one. Refusals are
        saved like any answer, so that who corrects a refused request needs a new key.
        """
        digest = self._journal.digest(request)
        with self._lock:
            saved = self._saved.get(key)
            if saved is None:
                saved = Entry(key, digest, _outcome(operation))
                self._journal.append(saved)
                self._apply(saved)
        if saved.digest != digest:
            raise Problem(409, "idempotency-key-in-use", "The key was used for another request")
        return saved.effect.answer

    def payment(self, payment_id: str) -> Payment:
        """Raises `Problem` (404)."""
        try:
            return self._payments[payment_id]
        except KeyError:
            raise not_found() from None

    def payments(self) -> list[Payment]:
        """All payments, declined ones too, newest first."""
        return list(self._payments.values())[::-1]

    def transactions(self) -> list[Transaction]:
        """All that took effect, oldest first."""
        return list(self._transactions)

    def close(self) -> None:
        """Let an operation that is executing finish, then close the journal."""
        with self._lock:
            self._journal.close()

    def _apply(self, entry: Entry) -> None:
        self._saved[entry.key] = entry
        if entry.effect.payment is not None:
            self._payments[entry.effect.payment.id] = entry.effect.payment
        if entry.effect.transaction is not None:
            self._transactions.append(entry.effect.transaction)


def _outcome(operation: Callable[[], Effect]) -> Effect:
    try:
        return operation()
    except Problem as problem:
        return Effect(Answer(problem.status, problem.body()))
