"""A rule of the evidence table, and the groups of values that rules speak of."""

from dataclasses import dataclass
from typing import TypeVar

from tollgate.domain.case import Age, Amounts, Answer, Case, Finding, Room, Shown, Step

T = TypeVar("T")
Some = frozenset[T] | None
"""Values that fit; None: all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule. `reason` is fit for whoever must look, and names no secret."""

    finding: Finding
    reason: str
    step: Some[Step] = None
    answer: Some[Answer] = None
    shown: Some[Shown] = None
    amounts: Some[Amounts] = None
    room: Some[Room] = None
    age: Some[Age] = None

    def fits(self, case: Case) -> bool:
        return (
            (self.step is None or case.step in self.step)
            and (self.answer is None or case.answer in self.answer)
            and (self.shown is None or case.shown in self.shown)
            and (self.amounts is None or case.amounts in self.amounts)
            and (self.room is None or case.room in self.room)
            and (self.age is None or case.age in self.age)
        )


def of(*values: T) -> frozenset[T]:
    """Any of these."""
    return frozenset(values)


CHARGES = of(Step.SALE, Step.AUTHORIZATION)
ENDINGS = of(Step.CAPTURE, Step.VOID)
"""What uses an authorization up."""
REVERSALS = of(Step.FULL_REVERSAL, Step.PARTIAL_REVERSAL)
GIVING_BACK = REVERSALS | {Step.REFUND}
LATER = ENDINGS | GIVING_BACK
RELEASES = of(Step.RELEASE, Step.RELEASE_BY_REFUND)
NO = of(Answer.DECLINED, Answer.REFUSED, Answer.UNMODIFIABLE, Answer.RESEND_REFUSED)
FRESH, RIPE = of(Age.FRESH), of(Age.RIPE)
