"""What a function is told of a request, and a caller of its answer, as API Gateway tells it.

Closes three gaps of ministack: several lines of one header arrive as one; the path of the request's context
has the stage before it, though at the front there is none; `WWW-Authenticate` of a function's answer keeps
its name.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from ministack.core.sigv4 import decode_header_value
from ministack.services import apigateway_v1

CHALLENGE = "www-authenticate"
REMAPPED = "x-amzn-Remapped-WWW-Authenticate"
OWN_KEY = "x-api-key"

RawHeaders = list[tuple[bytes, bytes]]

_at_the_front: ContextVar[RawHeaders | None] = ContextVar("at_the_front", default=None)


def arrived(headers: RawHeaders) -> None:
    """Remember the header lines of the request that is being served."""
    _at_the_front.set(headers)


def install() -> None:
    build = apigateway_v1._build_lambda_event_v1
    invoke = apigateway_v1._invoke_lambda_proxy_v1

    def build_event(*arguments: Any, **keywords: Any) -> dict[str, Any]:
        event: dict[str, Any] = build(*arguments, **keywords)
        headers = _at_the_front.get()
        if headers is None:
            return event
        lines = _lines(headers)
        event["requestContext"]["path"] = event["path"]
        return {
            **event,
            "headers": {name: each[-1] for name, each in lines.items()},
            "multiValueHeaders": lines,
        }

    async def invoke_and_rename(*arguments: Any, **keywords: Any) -> Any:
        response = await invoke(*arguments, **keywords)
        if not isinstance(response, tuple):
            return response
        status, headers, body = response
        renamed = {REMAPPED if name.lower() == CHALLENGE else name: value for name, value in headers.items()}
        return status, renamed, body

    apigateway_v1._build_lambda_event_v1 = build_event
    apigateway_v1._invoke_lambda_proxy_v1 = invoke_and_rename


def _lines(headers: RawHeaders) -> dict[str, list[str]]:
    """A caller's own API key is not among them: which plan it has is the authorizer's word."""
    lines: dict[str, list[str]] = {}
    for name, value in headers:
        lines.setdefault(name.decode("latin-1").lower(), []).append(decode_header_value(value))
    lines.pop(OWN_KEY, None)
    return lines
