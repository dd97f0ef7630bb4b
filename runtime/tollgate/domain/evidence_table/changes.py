"""Captures, voids and refunds, by what the books show of their payment."""

from tollgate.domain.case import Amounts, Answer, Finding, Room, Shown, Step
from tollgate.domain.evidence_table.row import FRESH, GIVING_BACK, LATER, REVERSALS, RIPE, Row, of

CHANGE = (
    Row(
        Finding.APPROVED,
        "The processor's books show the reversal.",
        step=of(Step.VOID),
        shown=of(Shown.REVERSED),
    ),
    Row(
        Finding.APPROVED,
        "The processor's books show the effect, and nothing else.",
        step=GIVING_BACK | {Step.CAPTURE},
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.AS_ASKED),
    ),
    Row(
        Finding.APPROVED,
        "Reversed: in an open batch the processor gives back so.",
        step=GIVING_BACK,
        shown=of(Shown.REVERSED),
        amounts=of(Amounts.AS_ASKED),
    ),
    Row(
        Finding.PERSON,
        "The processor's books show other changes than ours.",
        step=LATER,
        shown=of(Shown.APPROVED, Shown.REVERSED, Shown.EXPIRED),
        amounts=of(Amounts.AS_ASKED, Amounts.PART, Amounts.OTHER),
        age=RIPE,
    ),
    Row(
        Finding.WAIT,
        "The processor's books show other changes than ours; they may lag.",
        step=LATER,
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.AS_ASKED, Amounts.PART, Amounts.OTHER),
    ),
    Row(
        Finding.NO_EFFECT,
        "The batch has closed without it: it can't take effect any more.",
        step=REVERSALS,
        shown=of(Shown.APPROVED),
        room=of(Room.NONE),
    ),
    Row(
        Finding.PERSON,
        "No answer for more than a day, and the processor's books don't show it.",
        step=LATER,
        answer=of(Answer.STILL_UNKNOWN),
        shown=of(Shown.APPROVED),
    ),
    Row(
        Finding.WAIT,
        "Not in the processor's books, but it may be on its way.",
        step=LATER,
        answer=of(Answer.UNKNOWN, Answer.NOT_ATTEMPTED),
        shown=of(Shown.APPROVED),
    ),
    Row(Finding.WAIT, "Not in the processor's books yet.", step=LATER, shown=of(Shown.APPROVED), age=FRESH),
    Row(
        Finding.PERSON,
        "Not in the processor's books, and yet it can't be done any more.",
        step=LATER,
        shown=of(Shown.APPROVED),
        room=of(Room.NONE),
    ),
    Row(
        Finding.NO_EFFECT,
        "The processor's books are as before, long after it was last sent.",
        step=LATER,
        shown=of(Shown.APPROVED),
    ),
)
