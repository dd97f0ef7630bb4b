"""A processor with something around each of its calls."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Instruction
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import NotAttempted, Outcome, Unknown
from tollgate.ports import Processor

T = TypeVar("T")


class Around(Protocol):
    """What happens around a call: it answers what the call does, or refuses it."""

    def __call__(self, account: str, call: Callable[[], T], /) -> T | NotAttempted: ...


class WrappedProcessor:
    """A `tollgate.ports.Processor`; a refused look-up comes to `Unknown`. `listed` always goes through, as it
    ends with its first failure, and reconciliation tells of that."""

    def __init__(self, processor: Processor, around: Around) -> None:
        self._processor = processor
        self._around = around

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        return self._around(account.account, lambda: self._processor.send(account, key, instruction))

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        return self._look_up(account, lambda: self._processor.find(account, order_id))

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        return self._look_up(account, lambda: self._processor.look(account, reference))

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        return self._look_up(account, lambda: self._processor.refund_text(account, reference))

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self._processor.listed(account, since, until)

    def _look_up(self, account: ProcessorAccount, call: Callable[[], T]) -> T | Unknown:
        found = self._around(account.account, call)
        return Unknown(found.reason) if isinstance(found, NotAttempted) else found
