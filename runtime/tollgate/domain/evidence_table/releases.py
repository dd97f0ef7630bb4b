"""Charges that may not stand: late ones and partial approvals, until they are given back."""

from tollgate.domain.case import Amounts, Finding, Shown, Step
from tollgate.domain.evidence_table.row import NO, RELEASES, RIPE, Row, of

RELEASE = (
    Row(
        Finding.APPROVED,
        "The processor's books show that it no longer stands.",
        step=RELEASES,
        shown=of(Shown.REVERSED, Shown.EXPIRED, Shown.DECLINED),
    ),
    Row(
        Finding.APPROVED,
        "The processor's books show that all of it was given back.",
        step=RELEASES,
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.AS_ASKED),
    ),
    Row(
        Finding.PERSON,
        "The processor says no to giving back a charge that may not stand.",
        step=of(Step.RELEASE_BY_REFUND),
        answer=NO,
    ),
    Row(Finding.PERSON, "A charge that may not stand isn't given back yet.", step=RELEASES, age=RIPE),
    Row(Finding.WAIT, "A charge that may not stand isn't given back yet.", step=RELEASES),
)
