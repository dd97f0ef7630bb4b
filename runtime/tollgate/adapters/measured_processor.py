"""A processor whose answers are counted."""

from collections.abc import Iterator
from typing import TypeVar

from tollgate import telemetry
from tollgate.adapters.circuit_breaker import CIRCUIT_OPEN
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Declined, FailureCategory, NotAttempted, Outcome, Unknown
from tollgate.ports import Processor

Result = TypeVar("Result", bound=Outcome | tuple[Trace, ...])


class MeasuredProcessor:
    """A `tollgate.ports.Processor` with a metric for each call by what came of it. It goes around a circuit
    breaker, to count what that refuses. `listed` isn't counted: reconciliation tells of unread books."""

    def __init__(self, processor: Processor) -> None:
        self._processor = processor

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        return _counted(self._processor.authorize(account, key, charge))

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        return _counted(self._processor.capture(account, key, reference, amount))

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        return _counted(self._processor.void(account, key, reference))

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        return _counted(self._processor.refund(account, key, reference, amount, description))

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        return _counted(self._processor.find(account, order_id))

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self._processor.listed(account, since, until)


def _counted(result: Result) -> Result:
    telemetry.processor_called(_word(result))
    return result


def _word(result: Outcome | tuple[Trace, ...]) -> str:
    match result:
        case NotAttempted(reason) | Unknown(reason) if reason == CIRCUIT_OPEN:
            return "circuit_open"
        case NotAttempted():
            return "not_attempted"
        case Unknown():
            return "unknown"
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return "refused"
        case _:
            return "answered"
