"""Payroc's words for what a payment or refund came to, as its answers and its books have them.

Only combinations of code and status that are understood are believed; unknown fields are ignored.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

import msgspec

# In the open batch to be settled, or further. `pending` is held out of settlement: authorized, not taken.
TAKEN = frozenset({"ready", "complete", "accepted"})
PENDING = frozenset({"pending"})
SETTLED = frozenset({"complete"})
AUTHORIZED = TAKEN | PENDING
REVERSED = frozenset({"reversal"})
EXPIRED = frozenset({"expired"})
_DECLINED = frozenset({"declined", "referral", "pickup"})
_NO = frozenset({"D", "R", "C"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""Times are compared as times: as texts, fractions of a second misorder them."""


class Result(msgspec.Struct, rename="camel"):
    """`transactionResult`. Code `P` says that the issuer approved `authorized_amount` only."""

    status: str
    response_code: str
    type: str | None = None
    processor_response_code: str | None = None
    authorized_amount: int | None = None
    currency: str | None = None

    @property
    def declined(self) -> bool:
        """A no that is understood."""
        return self.response_code in _NO and self.status in _DECLINED


class Refund(msgspec.Struct, rename="camel"):
    """An entry of a payment's `refunds`."""

    refund_id: str
    date_time: Instant
    amount: int
    status: str
    response_code: str
    currency: str | None = None

    @property
    def succeeded(self) -> bool:
        """It takes effect, now or when its batch is settled."""
        return self.response_code == "A" and self.status in AUTHORIZED

    @property
    def declined(self) -> bool:
        """A no that is understood."""
        return self.response_code in _NO and self.status in _DECLINED


def milliseconds(at: datetime) -> int:
    """Since the epoch."""
    return (at - EPOCH) // timedelta(milliseconds=1)


T = TypeVar("T", bound=msgspec.Struct)


def decode(content: bytes, kind: type[T]) -> T | None:
    """None for what isn't JSON of this shape."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
