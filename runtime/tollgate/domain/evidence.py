"""What the processor's own books say. Only this turns an unknown outcome into another."""

from dataclasses import dataclass
from enum import StrEnum


class TraceStatus(StrEnum):
    APPROVED = "approved"
    HELD = "held"
    """Approved as a sale or completed, but held out of settlement: the money isn't taken."""
    DECLINED = "declined"
    REVERSED = "reversed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Possible(StrEnum):
    """What the processor says may be done with a payment now."""

    CAPTURE = "capture"
    REFUND = "refund"
    FULL_REVERSAL = "full_reversal"
    PARTIAL_REVERSAL = "partial_reversal"


@dataclass(frozen=True, slots=True)
class RefundEntry:
    """A refund in the books. `stands`: it takes effect; None: that can't be told. `at` as in `Trace`."""

    reference: str
    amount: int
    at: int
    stands: bool | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A payment in the processor's books. Amounts in minor units; `at` in milliseconds, UTC.

    `reference` is the processor's id, `order_id` ours. `captured` and `refunded` as far as the books tell;
    `refunded` counts what was refunded and what a partial reversal took back. `settled`: its batch has
    closed. `possible` None: the books don't say.
    """

    reference: str
    order_id: str
    status: TraceStatus
    authorized: int
    captured: int
    refunded: int
    currency: str
    at: int
    settled: bool = False
    possible: frozenset[Possible] | None = None
    refunds: tuple[RefundEntry, ...] = ()

    @property
    def kept(self) -> int:
        """What was captured and not given back, in whichever way."""
        return self.captured - self.refunded

    def allows(self, step: Possible) -> bool | None:
        """Whether the processor would do it now. None: the books don't say."""
        return None if self.possible is None else step in self.possible
