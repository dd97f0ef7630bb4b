"""Failures of an integration, and oversized requests, answered as API Gateway does.

Closes three gaps of ministack: an integration's timeout is ignored; a failed function is answered past the
gateway responses, with the exception's text; a body of any size is accepted (API Gateway: 10 MB).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from ministack.services import apigateway_v1

DEFAULT_TIMEOUT_MS = 29_000  # API Gateway's own default and maximum for a regional REST API
MAX_BODY_BYTES = 10 * 1024 * 1024

Call = Callable[..., Awaitable[Any]]


def install() -> None:
    apigateway_v1._invoke_lambda_proxy_v1 = _in_time(apigateway_v1._invoke_lambda_proxy_v1)
    apigateway_v1._execute_in_scope = _within_size(apigateway_v1._execute_in_scope)


def _in_time(proxy: Call) -> Call:
    async def proxy_in_time(
        integration: dict[str, Any],
        api: str,
        stage_name: str,
        stage: Any,
        resource: Any,
        path: str,
        method: str,
        headers: dict[str, Any],
        *rest: Any,
        **keywords: Any,
    ) -> Any:
        headers.pop("x-api-key", None)  # put there by the authorizer's answer, not by the caller
        timeout = float(integration.get("timeoutInMillis") or DEFAULT_TIMEOUT_MS) / 1000
        call = proxy(integration, api, stage_name, stage, resource, path, method, headers, *rest, **keywords)
        try:
            response = await asyncio.wait_for(call, timeout)
        except TimeoutError:
            return apigateway_v1._GatewayError("INTEGRATION_TIMEOUT", "Endpoint request timed out")
        if _is_failed_function(response):
            return apigateway_v1._GatewayError("DEFAULT_5XX", "Internal server error")
        return response

    return proxy_in_time


def _within_size(execute: Call) -> Call:
    async def execute_within_size(
        request: dict[str, Any],
        api: str,
        stage: str,
        method: str,
        path: str,
        headers: Any,
        body: bytes | None,
        *rest: Any,
    ) -> Any:
        if len(body or b"") > MAX_BODY_BYTES:
            request["stage"] = apigateway_v1._stages_v1.get(api, {}).get(stage) or {}
            return apigateway_v1._GatewayError("REQUEST_TOO_LARGE", "Request Too Long")
        return await execute(request, api, stage, method, path, headers, body, *rest)

    return execute_within_size


def _is_failed_function(response: Any) -> bool:
    # A function that answers 502 itself has its own headers; only ministack's own 502 has exactly these.
    return isinstance(response, tuple) and response[:2] == (502, {"Content-Type": "application/json"})
