"""A processor to which nothing is sent unless the sender's lease covers the whole call.

After its lease an operation is anybody's: a request that is sent then, or still under way, could meet that of
somebody else, who believes that there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tollgate.domain.budget import covers_a_call
from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Instruction
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

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        in_time = covers_a_call(self.operation.lease_until, self.clock.now())
        return self.processor.send(account, key, instruction) if in_time else TOO_LATE

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        return self.processor.find(account, order_id)

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        return self.processor.look(account, reference)

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        return self.processor.refund_text(account, reference)

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self.processor.listed(account, since, until)
