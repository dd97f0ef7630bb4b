"""The processor: where money moves."""

from collections.abc import Iterator
from typing import Protocol

from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Instruction
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome, Unknown


class BooksUnavailable(Exception):
    """The processor doesn't show its books now. The message is fit for logs."""


class Processor(Protocol):
    """The processor, as the operations see it.

    Nothing raises for what the processor or the network does, but for `listed`: every end is an answer.
    """

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        """Have an instruction carried out.

        `key` is the attempt's idempotency key at the processor (a UUID of version 4's form), stored before
        the call: one key per attempt, for ever. `Approved.amount` is what took effect: of a charge it may be
        less than asked, if the issuer approved a part only. `Approved.reference` is the processor's id of the
        payment, of a refund that of the refund. An answer whose currency isn't the instruction's, or whose
        amount can't be its own, is `InDoubt`.

        Within one call, what may have arrived and wasn't answered with a definite result stays `Unknown`. A
        later call with the same key and instruction, from any process, may answer what the first one came to;
        if it comes to `NotAttempted` instead, that speaks of the later call alone.
        """
        ...

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        """Every payment in the processor's books with exactly this order id, oldest first.

        () means that the processor answered and knows none. Its books may lag behind what took effect.
        """
        ...

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        """One payment in the processor's books, by the processor's id. Unknown if they don't have it, too."""
        ...

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        """The description that a refund was made with, by the processor's id of the refund."""
        ...

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        """Every payment in the processor's books with `since <= at < until` (milliseconds), in any order.

        The books are read as the iteration goes on, which raises `BooksUnavailable` when they can't be.
        """
        ...
