"""The audit trail and its readers, and the cursors of lists."""

from collections.abc import Sequence
from typing import Any, Protocol

from tollgate.domain.audit import Audit
from tollgate.domain.listing import Position


class Trail(Protocol):
    """The audit trail. What can't be recorded raises: the caller must not answer then."""

    def record(self, *audits: Audit) -> None:
        """Put records on their merchant's trail, in order. The same id again changes nothing."""
        ...


class Audits(Protocol):
    """The trail, as its readers see it: each record as its JSON object."""

    def find(self, merchant_id: str, audit_id: str) -> dict[str, Any] | None: ...
    def find_many(self, merchant_id: str, positions: Sequence[Position]) -> list[dict[str, Any]]:
        """Those that the positions are of, as `newest` and `newest_about` have found them."""
        ...

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        """Like `Payments.newest`, over a month of the merchant's trail. They show `actor` and `action`."""
        ...

    def newest_about(self, subject: str, below: str, above: str, limit: int) -> list[Position]:
        """Like `newest`, over the records about one resource (`<merchant>#<resource id>`), and maybe others
        of the same requests."""
        ...


class Cursors(Protocol):
    """Seals list positions, so that a client can hand them back but neither read nor change them."""

    def seal(self, position: str, binding: str) -> str: ...
    def open(self, cursor: str, binding: str) -> str | None:
        """The position, or None if the cursor was changed or sealed for another `binding`."""
        ...
