"""Sales and authorizations, by what the books have under their order id."""

from tollgate.domain.case import Amounts, Answer, Finding, Shown
from tollgate.domain.evidence_table.row import CHARGES, RIPE, Row, of

CHARGE = (
    Row(
        Finding.PERSON,
        "No answer for more than a day, and not in the processor's books.",
        step=CHARGES,
        answer=of(Answer.STILL_UNKNOWN),
        shown=of(Shown.ABSENT),
    ),
    Row(
        Finding.WAIT,
        "Not in the processor's books, but it may be on its way.",
        step=CHARGES,
        answer=of(Answer.UNKNOWN),
        shown=of(Shown.ABSENT),
    ),
    Row(
        Finding.NO_TRACE,
        "Not in the processor's books, long after it was last sent.",
        step=CHARGES,
        shown=of(Shown.ABSENT),
        age=RIPE,
    ),
    Row(Finding.WAIT, "Not in the processor's books yet.", step=CHARGES, shown=of(Shown.ABSENT)),
    Row(
        Finding.APPROVED,
        "In the processor's books, as asked.",
        step=CHARGES,
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.AS_ASKED),
    ),
    Row(
        Finding.PARTLY_APPROVED,
        "In the processor's books for a part.",
        step=CHARGES,
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.PART),
    ),
    Row(
        Finding.PERSON,
        "The processor's books have another amount or currency than was asked for.",
        step=CHARGES,
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.OTHER),
    ),
    Row(
        Finding.PERSON,
        "Authorized, but not taken: the processor holds it out of settlement.",
        step=CHARGES,
        shown=of(Shown.APPROVED, Shown.HELD),
        age=RIPE,
    ),
    Row(Finding.WAIT, "Authorized, but not taken yet.", step=CHARGES, shown=of(Shown.APPROVED, Shown.HELD)),
    Row(Finding.DECLINED, "Declined, in the processor's books.", step=CHARGES, shown=of(Shown.DECLINED)),
    Row(Finding.REVERSED, "The processor reversed the charge.", step=CHARGES, shown=of(Shown.REVERSED)),
    Row(Finding.EXPIRED, "The authorization has expired.", step=CHARGES, shown=of(Shown.EXPIRED)),
)
