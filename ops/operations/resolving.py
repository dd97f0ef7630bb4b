"""Two people resolve an operation: the first proposes, the second approves. Each reads the books anew."""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from ops.failure import Failure
from ops.onboarding import Stage
from ops.operations.known import Books, books, load, payments_table
from tollgate.domain.card import passes_luhn
from tollgate.domain.operation import Statement
from tollgate.domain.payment import Payment
from tollgate.domain.resolution import NotResolvable, approved, proposed

LONGEST = 200
Reader = Callable[[Stage, Payment], Books]
_DIGITS = re.compile(r"\d(?:[ -]?\d){12,18}")


@dataclass(frozen=True)
class Said:
    """What a person says. `reference`: the processor's id of what took effect. `evidence`: where the proof is
    kept, a ticket or a document."""

    took_effect: bool
    reference: str | None
    evidence: str

    def __post_init__(self) -> None:
        """Raises Failure for what is no reference, or has a card number in it: it is kept for ever."""
        for text in (self.evidence, self.reference or "-"):
            if not text.strip() or len(text) > LONGEST or not text.isprintable():
                raise Failure(
                    f"References have 1 to {LONGEST} printable characters.",
                    "Name the ticket or document that holds the proof.",
                )
            if any(passes_luhn(re.sub(r"\D", "", digits)) for digits in _DIGITS.findall(text)):
                raise Failure("That has a card number in it.", "Name the ticket or document only.")


def propose(stage: Stage, payment_id: str, said: Said, by: str, read: Reader = books) -> Payment:
    """Store a proposal on the payment's open operation. Raises Failure; nothing is stored then."""
    return _stated(stage, payment_id, said, by, read)


def approve(stage: Stage, payment_id: str, by: str, read: Reader = books) -> Payment:
    """Agree with the proposal that stands: the operation has its outcome. Raises Failure."""
    return _stated(stage, payment_id, None, by, read)


def _stated(stage: Stage, payment_id: str, said: Said | None, by: str, read: Reader) -> Payment:
    payment = load(stage, payment_id)
    found = read(stage, payment)
    if found.unread:
        raise Failure(f"The processor's books can't be read: {found.unread}.", "Nothing can be resolved now.")
    now = int(time.time() * 1000)
    try:
        if said is None:
            after = approved(payment, _agreement(payment, by, now), found.traces, now)
        else:
            statement = Statement(said.took_effect, said.reference, said.evidence, by, now, str(uuid.uuid4()))
            after = proposed(payment, statement, found.traces, now)
    except NotResolvable as reason:
        raise Failure(str(reason), f"See it: tollgate operations show {payment_id}.") from None
    if not payments_table(stage).save(after):
        raise Failure("The payment has changed just now.", "Look at it again, and say it again.")
    return after


def _agreement(payment: Payment, by: str, now: int) -> Statement:
    proposal = payment.latest.proposal
    if proposal is None:
        raise NotResolvable("Nothing was proposed, or it has its outcome.")
    return Statement(
        proposal.took_effect,
        proposal.reference,
        proposal.evidence,
        by,
        now,
        str(uuid.uuid4()),
        approves=True,
    )
