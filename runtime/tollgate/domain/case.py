"""What the evidence table is asked: everything that a conclusion may depend on, each with a few values."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What the operation is, at the processor."""

    SALE = "sale"
    AUTHORIZATION = "authorization"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
    FULL_REVERSAL = "refund by full reversal"
    PARTIAL_REVERSAL = "refund by partial reversal"
    RELEASE = "release by reversal"
    """Giving back a charge that may not stand: a late one, or a partial approval."""
    RELEASE_BY_REFUND = "release by refund"


class Answer(StrEnum):
    """What the last request was answered. `unanswered`: an earlier request of ours has no answer."""

    AS_ASKED = "took effect as asked"
    PART = "took effect for a part"
    DIFFERENT = "another amount or currency"
    DECLINED = "declined"
    REFUSED = "refused"
    UNMODIFIABLE = "cannot be modified"
    RESEND_REFUSED = "a resend was refused, an earlier request is unanswered"
    UNKNOWN = "no answer that is understood"
    STILL_UNKNOWN = "no answer that is understood for more than a day"
    NOT_ATTEMPTED = "couldn't be sent"
    NOT_SENT = "wasn't sent again"


class Shown(StrEnum):
    """Where the books have the payment."""

    NOT_READ = "not read"
    UNREADABLE = "can't be read"
    ABSENT = "don't have it"
    APPROVED = "approved"
    HELD = "held out of settlement"
    DECLINED = "declined"
    REVERSED = "reversed"
    EXPIRED = "expired"
    UNCLEAR = "unclear"


class Amounts(StrEnum):
    """What the books' amounts and currency are, beside what the operation began with."""

    AS_BEFORE = "as before"
    AS_ASKED = "as asked"
    PART = "a part"
    OTHER = "others"


class Room(StrEnum):
    """Whether it can still take effect: by `supportedOperations`, and whether its batch is open."""

    LEFT = "yes"
    NONE = "no longer"
    UNSAID = "not said"


class Age(StrEnum):
    """Whether what the books don't show counts: nothing was sent for longer than they may lag."""

    FRESH = "not yet"
    RIPE = "counts"


@dataclass(frozen=True, slots=True)
class Case:
    """One cell of the table."""

    step: Step
    answer: Answer
    shown: Shown = Shown.NOT_READ
    amounts: Amounts = Amounts.AS_BEFORE
    room: Room = Room.UNSAID
    age: Age = Age.FRESH


class Finding(StrEnum):
    """What follows."""

    READ_THE_BOOKS = "read the books"
    APPROVED = "approved"
    PARTLY_APPROVED = "declined; the part that was approved is given back"
    ANSWERED_NO = "declined, as answered"
    DECLINED = "declined"
    EXPIRED = "declined; the authorization has expired"
    REVERSED = "declined; it was reversed elsewhere"
    NO_EFFECT = "failed: no effect"
    NO_TRACE = "failed: no trace, and watched"
    WAIT = "stays open"
    PERSON = "a person must look"
