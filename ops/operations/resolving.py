"""Two people resolve an operation: the first proposes, the second approves.

A function of the stage decides and stores it, which operators can't; each time it reads the books anew.
"""

import re
from dataclasses import asdict, dataclass

from onboarding import Stage
from onboarding.failure import Failure
from ops.operations.known import asked, load
from tollgate.domain.card import passes_luhn
from tollgate.domain.payment import Payment

LONGEST = 200
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


def propose(stage: Stage, payment_id: str, said: Said, by: str) -> Payment:
    """Store a proposal on the payment's open operation. Raises Failure; nothing is stored then."""
    return _stated(stage, payment_id, {**asdict(said), "by": by, "approves": False})


def approve(stage: Stage, payment_id: str, by: str) -> Payment:
    """Agree with the proposal that stands: the operation has its outcome. Raises Failure."""
    proposal = load(stage, payment_id).latest.proposal
    if proposal is None:
        raise Failure("Nothing was proposed, or it has its outcome.", _see(payment_id))
    said = Said(proposal.took_effect, proposal.reference, proposal.evidence)
    return _stated(stage, payment_id, {**asdict(said), "by": by, "approves": True})


def _stated(stage: Stage, payment_id: str, said: dict[str, object]) -> Payment:
    answer = asked(stage, {"payment": payment_id, "said": said})
    if answer["refused"]:
        raise Failure(answer["refused"], _see(payment_id))
    return load(stage, payment_id)


def _see(payment_id: str) -> str:
    return f"See it: tollgate operations show {payment_id}."
