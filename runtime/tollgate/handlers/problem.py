"""Refusals as `application/problem+json` (RFC 9457)."""

from typing import Any

from tollgate.domain.errors import Code, Refusal
from tollgate.handlers.exchange import Reply

PROBLEM_JSON = "application/problem+json"
TYPE = "https://tollgate.dev/problems/"

PROBLEMS: dict[Code, tuple[int, str]] = {
    Code.INVALID_REQUEST: (400, "Invalid request"),
    Code.IDEMPOTENCY_KEY_MISSING: (400, "Idempotency key missing"),
    Code.INVALID_CURSOR: (400, "Invalid cursor"),
    Code.CARD_DECLINED: (402, "Card declined"),
    Code.REFUND_DECLINED: (402, "Refund declined"),
    Code.INSUFFICIENT_SCOPE: (403, "Insufficient scope"),
    Code.NOT_FOUND: (404, "Not found"),
    Code.IDEMPOTENCY_KEY_IN_PROGRESS: (409, "Request in progress"),
    Code.OPERATION_IN_PROGRESS: (409, "Operation in progress"),
    Code.INVALID_STATE: (409, "Invalid state"),
    Code.PAYLOAD_TOO_LARGE: (413, "Payload too large"),
    Code.UNSUPPORTED_MEDIA_TYPE: (415, "Unsupported media type"),
    Code.IDEMPOTENCY_KEY_REUSED: (422, "Idempotency key reused"),
    Code.ENCRYPTED_CARD_INVALID: (422, "Encrypted card invalid"),
    Code.CARD_INVALID: (422, "Card invalid"),
    Code.TOKEN_INVALID: (422, "Token invalid"),
    Code.AMOUNT_EXCEEDS_REFUNDABLE: (422, "Amount exceeds refundable"),
    Code.AMOUNT_EXCEEDS_CAPTURABLE: (422, "Amount exceeds capturable"),
    Code.CURRENCY_UNSUPPORTED: (422, "Currency unsupported"),
    Code.MULTIPLE_CAPTURES_UNSUPPORTED: (422, "Multiple captures unsupported"),
    Code.RATE_LIMITED: (429, "Too many requests"),
    Code.INTERNAL_ERROR: (500, "Internal error"),
    Code.PROCESSOR_ERROR: (502, "Processor error"),
    Code.PROCESSOR_UNAVAILABLE: (503, "Processor unavailable"),
}

RETRYABLE = {
    Code.RATE_LIMITED,
    Code.INTERNAL_ERROR,
    Code.PROCESSOR_UNAVAILABLE,
    Code.IDEMPOTENCY_KEY_IN_PROGRESS,
    Code.OPERATION_IN_PROGRESS,
}
"""The same request, with the same key, may do better later."""


def problem(refusal: Refusal, request_id: str, **members: Any) -> Reply:
    """The answer to a refusal. `members` are extension members (`payment`, `refund`)."""
    status, title = PROBLEMS[refusal.code]
    body: dict[str, Any] = {
        "type": TYPE + refusal.code.value,
        "title": title,
        "status": status,
        "detail": refusal.detail,
        "code": refusal.code.value,
        "request_id": request_id,
        "retryable": refusal.code in RETRYABLE,
        **members,
    }
    if refusal.fields:
        body["errors"] = [{"pointer": each.pointer, "detail": each.detail} for each in refusal.fields]
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return Reply(status, body, headers, media_type=PROBLEM_JSON)


def internal_error(request_id: str) -> Reply:
    """Something of ours failed; the caller may send the same request again."""
    return problem(
        Refusal(Code.INTERNAL_ERROR, "Something went wrong on our side. Send the same request again."),
        request_id,
    )
