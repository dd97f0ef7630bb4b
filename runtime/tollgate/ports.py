"""What the operations need from the world. Adapters and the tests' fakes pass the same contract tests."""

from dataclasses import dataclass
from typing import Protocol

from tollgate.domain.audit import Audit
from tollgate.domain.card import Card
from tollgate.domain.merchant import Merchant, ProcessorAccount
from tollgate.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Charge:
    """An authorization to ask for. `amount` in minor units; `capture` takes the money at once."""

    order_id: str
    amount: int
    currency: str
    capture: bool
    card: Card
    description: str | None


class Processor(Protocol):
    """The processor, as the operations see it.

    `key` is the attempt's idempotency key at the processor (a UUID of version 4's form), stored before
    the call: one key per attempt, for ever. `reference` is the processor's payment id. Amounts are minor
    units. No method raises for what the processor or the network does: every end is an `Outcome`.
    """

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        """Authorize, and capture if `charge.capture`. `Approved.amount` is what was authorized."""
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


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""
        ...


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """`prefix` and 20 random base32 characters."""
        ...


class Trail(Protocol):
    """The audit trail. What can't be recorded raises: the caller must not answer then."""

    def record(self, audit: Audit) -> None:
        """Put a record on its merchant's trail. The same id again changes nothing."""
        ...


class Merchants(Protocol):
    def find(self, merchant_id: str) -> Merchant | None:
        """The merchant, at most 60 s old."""
        ...
