"""What an answer decides by itself, and what the books add to a refusal."""

from tollgate.domain.case import Amounts, Answer, Finding, Room, Shown, Step
from tollgate.domain.evidence_table.row import CHARGES, ENDINGS, GIVING_BACK, LATER, Row, of

BY_ANSWER = (
    Row(Finding.APPROVED, "The processor answers that it took effect.", answer=of(Answer.AS_ASKED)),
    Row(Finding.PARTLY_APPROVED, "The issuer approved a part only.", step=CHARGES, answer=of(Answer.PART)),
    Row(
        Finding.PERSON,
        "The processor's answer has another amount or currency than was asked for.",
        answer=of(Answer.PART, Answer.DIFFERENT),
    ),
    Row(Finding.ANSWERED_NO, "Declined.", step=CHARGES | LATER, answer=of(Answer.DECLINED)),
    Row(
        Finding.ANSWERED_NO,
        "Refused, and nothing of ours is unanswered.",
        step=CHARGES | LATER,
        answer=of(Answer.REFUSED),
    ),
    Row(
        Finding.ANSWERED_NO,
        "The payment can't be changed so, and nothing of ours is unanswered.",
        step=CHARGES | GIVING_BACK,
        answer=of(Answer.UNMODIFIABLE),
    ),
    Row(Finding.READ_THE_BOOKS, "The answer decides nothing.", shown=of(Shown.NOT_READ)),
)

ENDED_ELSEWHERE = (
    Row(
        Finding.EXPIRED,
        "The processor's books show that the authorization has expired.",
        step=ENDINGS,
        shown=of(Shown.EXPIRED),
        amounts=of(Amounts.AS_BEFORE),
    ),
    Row(
        Finding.REVERSED,
        "The processor's books show that the authorization was reversed.",
        step=of(Step.CAPTURE),
        shown=of(Shown.REVERSED),
        amounts=of(Amounts.AS_BEFORE),
    ),
    Row(
        Finding.REVERSED,
        "Reversed, and not by us: nothing of ours is unanswered.",
        step=of(Step.VOID),
        answer=of(Answer.UNMODIFIABLE),
        shown=of(Shown.REVERSED),
    ),
    Row(
        Finding.EXPIRED,
        "Nothing of the authorization can be captured any more, and nothing of ours is unanswered.",
        step=of(Step.CAPTURE),
        answer=of(Answer.UNMODIFIABLE),
        shown=of(Shown.APPROVED),
        amounts=of(Amounts.AS_BEFORE),
        room=of(Room.NONE),
    ),
    Row(
        Finding.ANSWERED_NO,
        "The payment can't be changed so, and nothing of ours is unanswered.",
        step=ENDINGS,
        answer=of(Answer.UNMODIFIABLE),
    ),
)
