"""What the gateway says when a request doesn't reach a handler: the contract's problems, in fixed words."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """A problem (RFC 9457) of the contract, as the handlers would word it."""

    status: int
    code: str
    title: str
    detail: str
    retryable: bool = False


INVALID = Problem(400, "invalid_request", "Invalid request", "The request is malformed.")
UNAUTHORIZED = Problem(401, "unauthorized", "Unauthorized", "Send a valid access token as a bearer token.")
INVALID_TOKEN = Problem(
    401, "unauthorized", "Unauthorized", "The access token opens nothing, or not any more. Get another."
)
FILTERED = Problem(403, "insufficient_scope", "Insufficient scope", "The firewall refused this request.")
NOT_FOUND = Problem(404, "not_found", "Not found", "There is no such object.")
TOO_LARGE = Problem(413, "payload_too_large", "Payload too large", "The body is too large.")
MEDIA_TYPE = Problem(
    415, "unsupported_media_type", "Unsupported media type", "Send the body as application/json."
)
RATE_LIMITED = Problem(429, "rate_limited", "Rate limited", "Too many requests. Slow down.", retryable=True)
INTERNAL = Problem(
    500,
    "internal_error",
    "Internal error",
    "Something went wrong on our side. Send the same request again.",
    retryable=True,
)
TIMEOUT = Problem(
    504,
    "timeout",
    "Timeout",
    "No answer in time; the outcome is unknown. Send the same request with the same key again.",
    retryable=True,
)

# API Gateway's response types. Those that aren't here follow the two defaults.
PROBLEMS = {
    # The authorizer's word on a token that opens nothing.
    "ACCESS_DENIED": INVALID_TOKEN,
    "BAD_REQUEST_PARAMETERS": INVALID,
    "DEFAULT_4XX": INVALID,
    "DEFAULT_5XX": INTERNAL,
    # No method takes AWS signatures: the gateway looks for one only where there is no method.
    "EXPIRED_TOKEN": NOT_FOUND,
    "INTEGRATION_FAILURE": INTERNAL,
    "INTEGRATION_TIMEOUT": TIMEOUT,
    # The authorizer's earlier word names a key that is gone: the client has been revoked since.
    "INVALID_API_KEY": INVALID_TOKEN,
    "INVALID_SIGNATURE": NOT_FOUND,
    # The gateway's words for a path or verb that doesn't exist.
    "MISSING_AUTHENTICATION_TOKEN": NOT_FOUND,
    "QUOTA_EXCEEDED": RATE_LIMITED,
    "REQUEST_TOO_LARGE": TOO_LARGE,
    "RESOURCE_NOT_FOUND": NOT_FOUND,
    "THROTTLED": RATE_LIMITED,
    "UNAUTHORIZED": UNAUTHORIZED,
    "UNSUPPORTED_MEDIA_TYPE": MEDIA_TYPE,
    "WAF_FILTERED": FILTERED,
}
HEADERS = {
    # RFC 6750 §3: an error is named to whom sent a token.
    UNAUTHORIZED: {"WWW-Authenticate": "'Bearer realm=\"tollgate\"'"},
    INVALID_TOKEN: {"WWW-Authenticate": '\'Bearer realm="tollgate", error="invalid_token"\''},
    RATE_LIMITED: {"Retry-After": "'1'"},
}


def problem_body(problem: Problem, request_id: str) -> str:
    """The problem as JSON."""
    members = {
        "type": f"https://tollgate.dev/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "request_id": request_id,
        "retryable": problem.retryable,
    }
    return json.dumps(members)


def gateway_responses() -> dict[str, Any]:
    """The `x-amazon-apigateway-gateway-responses` member, by response type."""
    return {kind: _response(problem) for kind, problem in PROBLEMS.items()}


def _response(problem: Problem) -> dict[str, Any]:
    headers = {
        "Content-Type": "'application/problem+json'",
        "Cache-Control": "'no-store'",
        "X-Request-Id": "context.requestId",
        **HEADERS.get(problem, {}),
    }
    return {
        "statusCode": str(problem.status),
        "responseParameters": {f"gatewayresponse.header.{name}": value for name, value in headers.items()},
        "responseTemplates": {"application/json": problem_body(problem, "$context.requestId")},
    }
