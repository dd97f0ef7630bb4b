"""The processor: where money moves."""

from collections.abc import Iterator
from typing import Protocol

from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome, Unknown


class BooksUnavailable(Exception):
    """The processor doesn't show its books now. The message is fit for logs."""


class Processor(Protocol):
    """The processor, as the operations see it.

    `key` is the attempt's idempotency key at the processor (a UUID of version 4's form), stored before
    the call: one key per attempt, for ever. `reference` is the processor's payment id. Amounts are minor
    units. No operation raises for what the processor or the network does: every end is an `Outcome`.

    Within one call, what may have arrived and wasn't answered with a definite result stays `Unknown`. A
    later call with the same key and arguments, from any process, may answer what the first one came to;
    if it comes to `NotAttempted` instead, that speaks of the later call alone.
    """

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        """Authorize, and capture if `charge.capture`.

        `Approved.amount` is what was authorized: less than asked, if the issuer approved a part only.
        """
        ...

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        """Take `amount` of an authorization."""
        ...

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        """Release an authorization of which nothing was captured."""
        ...

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        """Give `amount` back. `description` carries our refund id: the processor has no other field for it.
        `Approved.reference` is the processor's refund id."""
        ...

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        """Every payment in the processor's books with exactly this order id, oldest first.

        () means that the processor answered and knows none. Its books may lag behind what took effect.
        """
        ...

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        """Every payment in the processor's books with `since <= at < until` (milliseconds), in any order.

        The books are read as the iteration goes on, which raises `BooksUnavailable` when they can't be.
        """
        ...
