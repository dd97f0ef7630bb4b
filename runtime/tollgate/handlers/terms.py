"""What is to be paid, as requests say it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tollgate.domain.payment import CaptureMethod, Terms
from tollgate.handlers.metadata import Metadata, pairs_of
from tollgate.handlers.money import Amount


class TermsFields(Struct, forbid_unknown_fields=True, kw_only=True):
    amount: Amount
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
    capture_method: Literal["automatic", "manual"] = "automatic"
    reference: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET
    description: Annotated[str, Meta(min_length=1, max_length=255)] | UnsetType = UNSET
    metadata: Metadata | UnsetType = UNSET


def terms_of(body: TermsFields) -> Terms:
    """Raises `Refusal` (400) that names a pair of the metadata."""
    return Terms(
        amount=body.amount,
        currency=body.currency,
        capture_method=CaptureMethod(body.capture_method),
        reference=None if body.reference is UNSET else body.reference,
        description=None if body.description is UNSET else body.description,
        metadata={} if body.metadata is UNSET else pairs_of(body.metadata),
    )
