"""A processor to which nothing is sent unless the sender's lease covers the whole call.

After its lease an operation is anybody's: a request that is sent then, or still under way, could meet that of
somebody else, who believes that there is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tollgate.domain.budget import covers_a_call
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.operation import Operation
from tollgate.domain.outcome import Outcome, Unknown
from tollgate.operations.execution import TOO_LATE, Ports
from tollgate.ports import Clock, Processor


def leased(operation: Operation, ports: Ports) -> Ports:
    """The ports, for whoever holds the operation."""
    return replace(ports, processor=LeasedProcessor(ports.processor, operation, ports.clock))


@dataclass(frozen=True, slots=True)
class LeasedProcessor:
    """A `tollgate.ports.Processor`. What isn't sent for want of time is `NotAttempted`; its books are always
    open."""

    processor: Processor
    operation: Operation
    clock: Clock

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        return self._in_time(lambda: self.processor.authorize(account, key, charge))

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        return self._in_time(lambda: self.processor.capture(account, key, reference, amount))

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        return self._in_time(lambda: self.processor.void(account, key, reference))

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        return self._in_time(lambda: self.processor.refund(account, key, reference, amount, description))

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        return self.processor.find(account, order_id)

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self.processor.listed(account, since, until)

    def _in_time(self, call: Callable[[], Outcome]) -> Outcome:
        return call() if covers_a_call(self.operation.lease_until, self.clock.now()) else TOO_LATE
