"""One step of a payment: asked for by somebody, sent to the processor, and resolved on evidence only."""

from dataclasses import dataclass
from enum import StrEnum

from tollgate.domain.audit import Exchange
from tollgate.domain.outcome import Approved, Declined, FailureCategory, Unknown


class Kind(StrEnum):
    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, from its intent on. Amounts in minor units, times in milliseconds, UTC.

    `asked_amount` is what the request said (None: the default), `amount` what that came to.
    `outcome` is None while it executes. `due_at`: until then only its own request may touch it; after
    that, without an outcome, it is unresolved. `unknown_at`: when the caller was told that the outcome is
    unknown (202); it stays, since that first answer stays true. `finished_by`: who resolved it, if that
    wasn't the request itself.
    """

    id: str
    kind: Kind
    amount: int
    exchange: Exchange
    started_at: int
    due_at: int
    asked_amount: int | None = None
    final: bool = True
    reason: str | None = None
    outcome: Approved | Declined | Unknown | None = None
    finished_at: int | None = None
    unknown_at: int | None = None
    finished_by: Exchange | None = None

    @property
    def resolved(self) -> bool:
        return isinstance(self.outcome, Approved | Declined)

    @property
    def answered(self) -> bool:
        """Whether its caller has had an answer that stands."""
        return self.resolved or self.unknown_at is not None

    def executing(self, now: int) -> bool:
        """Whether its own request may still be at work."""
        return self.outcome is None and now < self.due_at


def answer_status(outcome: Approved | Declined | Unknown | None) -> int:
    """The contract's HTTP status of an operation's answer."""
    match outcome:
        case Approved():
            return 201
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return 502
        case Declined():
            return 402
        case _:
            return 202
