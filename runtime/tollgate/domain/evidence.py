"""What the processor's own books say. Only this turns an unknown outcome into another."""

from dataclasses import dataclass
from enum import StrEnum


class TraceStatus(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"
    REVERSED = "reversed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trace:
    """A payment in the processor's books. Amounts in minor units; `at` in milliseconds, UTC.

    `reference` is the processor's id, `order_id` ours. `captured` and `refunded` as far as the books tell.
    """

    reference: str
    order_id: str
    status: TraceStatus
    authorized: int
    captured: int
    refunded: int
    currency: str
    at: int
