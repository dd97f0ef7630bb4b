"""What a call to the processor came to. There are four answers, and none is ever guessed."""

from dataclasses import dataclass
from enum import StrEnum


class FailureCategory(StrEnum):
    """Who said no, in the contract's words (`failure.category`)."""

    ISSUER_DECLINED = "issuer_declined"
    CARD_INVALID = "card_invalid"
    FRAUD = "fraud"
    PROCESSOR_ERROR = "processor_error"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an operation certainly had no effect.

    `message` is fit for the caller: no card data, no internal name. `retryable` says whether a new
    attempt (a new idempotency key) may succeed without a change by the cardholder.
    """

    code: str
    category: FailureCategory
    message: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class Approved:
    """It took effect. `reference` is the processor's id, `amount` what took effect, in minor units."""

    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class PartlyApproved:
    """Authorized for less than asked: a decline for the caller, and a charge that may not stand."""

    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class Declined:
    """A final no, by the issuer or the processor: certainly no effect."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class NotAttempted:
    """Certainly never reached the processor's books: the intent may be removed."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have taken effect. Only evidence from the processor may turn this into another outcome."""

    reason: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """What is known contradicts itself, or what was asked: a person must look. Until then nothing more is
    sent, and the books are read on: what becomes clear by itself needs nobody."""

    reason: str


Outcome = Approved | Declined | NotAttempted | Unknown | InDoubt
"""What a call comes to."""

Known = Approved | Declined | Unknown | InDoubt
"""What is stored of it: an operation that certainly wasn't attempted isn't stored at all."""


def doubt(outcome: Known | None) -> str | None:
    """Why a person must look, if one must."""
    return outcome.reason if isinstance(outcome, InDoubt) else None


UNMODIFIABLE = Failure(
    "cannot_be_modified",
    FailureCategory.PROCESSOR_ERROR,
    "The processor doesn't allow this for the payment any more.",
    retryable=False,
)
"""A refusal for the state that the payment is in at the processor, and not for the request."""
