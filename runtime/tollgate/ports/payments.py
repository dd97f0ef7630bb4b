"""Payments, and what brings somebody back to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tollgate.domain.listing import Due, Position
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment


@dataclass(frozen=True, slots=True)
class Taken:
    """An id is in use: by `payment`."""

    payment: Payment


class PaymentGone(LookupError):
    """A payment that was stored isn't there, not even as withdrawn. Nothing of ours removes one."""


class Payments(Protocol):
    """Payments, one item each. Every read and write carries the merchant.

    A withdrawn payment isn't found, listed or due, and its id is free; what stays of it is its version.
    Every write is for one version: one that arrives late, or twice, changes nothing.
    """

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        """The payment as last written (a consistent read); another merchant's is None."""
        ...

    def add(self, payment: Payment, merchant: Merchant) -> Payment | Taken:
        """Store a new payment, and answer with it and the version that it got; if its id is taken, nothing
        happens."""
        ...

    def save(self, payment: Payment) -> bool:
        """Store the last two operations of a payment that was `version - 1`. False: somebody was faster.
        Raises `PaymentGone`."""
        ...

    def withdraw(self, payment: Payment) -> None:
        """Take back the latest operation's intent, and with its only one the payment: it certainly wasn't
        attempted. Nothing happens if somebody else has changed the payment since. Raises `PaymentGone`."""
        ...

    def put_back(self, payment: Payment) -> Payment | None:
        """Store the whole of a payment that isn't there, and raise an alarm: that may never be.

        Answers with it and the version that it got. None: it is there after all.
        """
        ...

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        """Those that exist and are the merchant's, in the order asked."""
        ...

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        """Listing positions in `above <= position < below`, newest first, at most `limit`. May lag."""
        ...

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        """Like `newest`, over one of `reference_partitions()`."""
        ...


class AllPayments(Protocol):
    """Payments of every merchant, for the platform's own work on them."""

    def load(self, payment_id: str) -> Payment | None:
        """The payment as last written (a consistent read)."""
        ...

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        """Of one of `due_shards()`: what is due, longest overdue first, at most `limit`. May lag."""
        ...


class FollowUpQueue(Protocol):
    """Payments to come back to, handed out in order for each payment, at least once."""

    def send(self, payment_id: str, occasion: str) -> None:
        """Ask for a follow-up. The same occasion again within five minutes may be dropped."""
        ...

    def send_many(self, asked: Mapping[str, str]) -> int:
        """Ask for follow-ups of payments, by occasion. How many were taken: the others weren't asked for."""
        ...
