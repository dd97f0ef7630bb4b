"""The processor's books: payments, what took effect, and the answers saved under idempotency keys."""

import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from local.simulator.journal import Journal
from local.simulator.payment import Payment, Refund, settled
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
    closes_batch: bool = False


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal: an effect under its key. `digest` is keyed, since it covers card data."""

    key: str
    digest: str
    effect: Effect


class Ledger:
    """Books in memory, every change of which is in the journal before it is answered.

    Operations run one at a time. So a second request with a key whose first is still executing waits for
    it, and then hears its answer (Payroc doesn't document this case). The batch closes at 00:00 of `now`,
    which is in UTC.
    """

    def __init__(self, state_file: Path, now: Callable[[], datetime]) -> None:
        self.now = now
        self._lock = threading.RLock()
        self._payments: dict[str, Payment] = {}
        self._lagging: dict[str, Payment] | None = None
        self._transactions: list[Transaction] = []
        self._saved: dict[str, Entry] = {}
        self._to_hold = 0
        self._journal = Journal(state_file, Entry)
        for entry in self._journal.entries():
            self._apply(entry)
        self._day = date.fromisoformat(self._transactions[-1].at[:10]) if self._transactions else now().date()

    def once(self, key: str, request: bytes, operation: Callable[[], Effect]) -> Answer:
        """Run `operation`, unless `key` was used: then its saved answer, or `Problem` (409).

        `request` is what the key is bound to, the URI and the body: 409 is for another one. Refusals are
        saved like any answer, so that who corrects a refused request needs a new key.
        """
        digest = self._journal.digest(request)
        with self._lock:
            self._close_at_midnight()
            saved = self._saved.get(key)
            if saved is None:
                saved = Entry(key, digest, _outcome(operation))
                self._write(saved)
        if saved.digest != digest:
            raise Problem(409, "idempotency-key-in-use", "The key was used for another request")
        return saved.effect.answer

    def happens(self, operation: Callable[[], Effect]) -> Answer:
        """Run an `operation` that nobody asked for by Payroc's own routes. Raises `Problem`."""
        with self._lock:
            self._close_at_midnight()
            effect = operation()
            self._write(Entry(secrets.token_hex(16), "", effect))
        return effect.answer

    def close_batch(self) -> int:
        """Settle what is in the open batch: how many payments that are."""
        with self._lock:
            closed = sum(1 for payment in self._payments.values() if payment.in_open_batch)
            self._write(
                Entry(secrets.token_hex(16), "", Effect(Answer(200, {"closed": closed}), closes_batch=True))
            )
        return closed

    def payment(self, payment_id: str) -> Payment:
        """As it is. Raises `Problem` (404)."""
        return self._one(self._payments, payment_id)

    def shown(self, payment_id: str) -> Payment:
        """As look-ups show it. Raises `Problem` (404)."""
        return self._one(self._books, payment_id)

    def shown_refund(self, refund_id: str) -> tuple[Payment, Refund]:
        """A refund and its payment, as look-ups show them. Raises `Problem` (404)."""
        for payment in self.payments():
            for refund in payment.refunds:
                if refund.id == refund_id:
                    return payment, refund
        raise not_found()

    def payments(self) -> list[Payment]:
        """All payments that look-ups show, declined ones too, newest first."""
        with self._lock:
            self._close_at_midnight()
            return list(self._books.values())[::-1]

    def answered(self, payment: Payment) -> Payment:
        """A refunded payment as it is answered: an entry that look-ups don't show yet isn't shown there."""
        if self._lagging is None:
            return payment
        before = self._lagging.get(payment.id)
        return msgspec.structs.replace(payment, refunds=before.refunds if before else ())

    def lag(self, *, lagging: bool) -> None:
        """From now on look-ups show nothing new, or everything again."""
        with self._lock:
            self._lagging = dict(self._payments) if lagging else None

    def hold(self, count: int) -> None:
        """The next `count` sales are held out of settlement."""
        with self._lock:
            self._to_hold += count

    def holds(self) -> bool:
        """Whether a sale that is being made is held out of settlement."""
        self._to_hold, held = max(0, self._to_hold - 1), self._to_hold > 0
        return held

    def transactions(self) -> list[Transaction]:
        """All that took effect, oldest first."""
        return list(self._transactions)

    def close(self) -> None:
        """Let an operation that is executing finish, then close the journal."""
        with self._lock:
            self._journal.close()

    @property
    def _books(self) -> Mapping[str, Payment]:
        return self._payments if self._lagging is None else self._lagging

    def _one(self, payments: Mapping[str, Payment], payment_id: str) -> Payment:
        with self._lock:
            self._close_at_midnight()
            try:
                return payments[payment_id]
            except KeyError:
                raise not_found() from None

    def _close_at_midnight(self) -> None:
        today = self.now().date()
        if today > self._day:
            self._day = today
            self.close_batch()

    def _write(self, entry: Entry) -> None:
        self._journal.append(entry)
        self._apply(entry)

    def _apply(self, entry: Entry) -> None:
        self._saved[entry.key] = entry
        if entry.effect.payment is not None:
            self._payments[entry.effect.payment.id] = entry.effect.payment
        if entry.effect.transaction is not None:
            self._transactions.append(entry.effect.transaction)
        if entry.effect.closes_batch:
            self._payments.update({key: settled(payment) for key, payment in self._payments.items()})


def _outcome(operation: Callable[[], Effect]) -> Effect:
    try:
        return operation()
    except Problem as problem:
        return Effect(Answer(problem.status, problem.body()))
