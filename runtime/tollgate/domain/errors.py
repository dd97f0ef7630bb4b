"""Refusals, in the contract's codes. What they mean over HTTP is the handlers' affair."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The contract's error codes (`code` of a problem)."""

    INVALID_REQUEST = "invalid_request"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    INVALID_CURSOR = "invalid_cursor"
    INSUFFICIENT_SCOPE = "insufficient_scope"
    NOT_FOUND = "not_found"
    IDEMPOTENCY_KEY_IN_PROGRESS = "idempotency_key_in_progress"
    OPERATION_IN_PROGRESS = "operation_in_progress"
    INVALID_STATE = "invalid_state"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    ENCRYPTED_CARD_INVALID = "encrypted_card_invalid"
    CARD_INVALID = "card_invalid"
    TOKEN_INVALID = "token_invalid"
    AMOUNT_EXCEEDS_REFUNDABLE = "amount_exceeds_refundable"
    AMOUNT_EXCEEDS_CAPTURABLE = "amount_exceeds_capturable"
    CURRENCY_UNSUPPORTED = "currency_unsupported"
    MULTIPLE_CAPTURES_UNSUPPORTED = "multiple_captures_unsupported"
    RATE_LIMITED = "rate_limited"
    INTERNAL_ERROR = "internal_error"
    CARD_DECLINED = "card_declined"
    REFUND_DECLINED = "refund_declined"
    PROCESSOR_ERROR = "processor_error"
    PROCESSOR_UNAVAILABLE = "processor_unavailable"


NO_CARD_NUMBER = "A card number has no place here."
"""The same words wherever one is found: it is never shown again."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """`pointer`: JSON Pointer (RFC 6901) into the request body, or the query parameter's name."""

    pointer: str
    detail: str


class Refusal(Exception):
    """The request is refused and has had no effect. `detail` is fit for the caller."""

    def __init__(
        self, code: Code, detail: str, fields: tuple[FieldError, ...] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
        self.fields = fields
        self.retry_after = retry_after
        """Seconds to wait before the same request may do better."""


def invalid(pointer: str, detail: str) -> Refusal:
    """A field of the request is malformed, unknown or missing."""
    return Refusal(Code.INVALID_REQUEST, "The request is malformed.", (FieldError(pointer, detail),))


def not_found() -> Refusal:
    """The same words for what never existed and for what is another merchant's."""
    return Refusal(Code.NOT_FOUND, "There is no such object.")
