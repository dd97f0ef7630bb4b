"""A payment in the books of the processor in memory: open and closed batches, as the simulator has them."""

from dataclasses import dataclass, field, replace

from tollgate.domain.evidence import Possible, RefundEntry, Trace, TraceStatus


@dataclass
class Booked:
    """`authorized` is 0 for a declined one. `captured`: all that was ever taken, of which `returned` was
    taken back in an open batch, and `settled` lies in closed ones. `texts`: each refund's description."""

    terminal: tuple[str, str]
    reference: str
    order_id: str
    currency: str
    at: int
    authorized: int
    sale: bool
    captured: int = 0
    settled: int = 0
    returned: int = 0
    held: bool = False
    reversed: bool = False
    expired: bool = False
    refunds: list[RefundEntry] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return 0 if self.reversed else self.captured - self.returned

    @property
    def refunded(self) -> int:
        return sum(entry.amount for entry in self.refunds if entry.stands)

    @property
    def in_open_batch(self) -> int:
        return max(0, self.taken - self.settled)

    @property
    def capturable(self) -> int:
        open_ = (not self.sale or self.held) and not self.reversed and not self.expired
        return self.authorized - self.captured if open_ else 0

    @property
    def refundable(self) -> int:
        return self.taken - self.refunded

    @property
    def reversible(self) -> int:
        """What a reversal of the whole would take back or release."""
        return 0 if self.settled or self.refunded else self.in_open_batch + self.capturable

    @property
    def partly_reversible(self) -> int:
        return min(self.in_open_batch, self.refundable)

    def take_back(self, amount: int) -> None:
        """Of what is in the open batch. Nothing left: the whole is reversed."""
        self.reversed = amount == self.taken
        self.returned += amount

    def settle(self) -> None:
        self.settled = self.taken

    @property
    def trace(self) -> Trace:
        return replace(self._amounts, possible=self._possible, refunds=tuple(self.refunds))

    @property
    def _amounts(self) -> Trace:
        """A completion shows what goes to settlement alone, a sale what was taken back of it, too."""
        back = self.returned if self.sale else 0
        counts = self.status is TraceStatus.APPROVED
        return Trace(
            reference=self.reference,
            order_id=self.order_id,
            status=self.status,
            authorized=self.authorized,
            captured=self.taken + back if counts else 0,
            refunded=self.refunded + (back if counts else 0),
            currency=self.currency,
            at=self.at,
            settled=counts and bool(self.settled) and not self.in_open_batch,
        )

    @property
    def status(self) -> TraceStatus:
        if not self.authorized:
            return TraceStatus.DECLINED
        if self.reversed:
            return TraceStatus.REVERSED
        if self.expired and not self.taken:
            return TraceStatus.EXPIRED
        return TraceStatus.HELD if self.held else TraceStatus.APPROVED

    @property
    def _possible(self) -> frozenset[Possible]:
        possible = {
            Possible.CAPTURE: self.capturable,
            Possible.REFUND: self.settled and self.refundable,
            Possible.FULL_REVERSAL: self.reversible,
            Possible.PARTIAL_REVERSAL: self.partly_reversible,
        }
        return frozenset(step for step, amount in possible.items() if amount)
