"""Usage plans chosen by the authorizer.

Closes a gap of ministack: an authorizer's `usageIdentifierKey` is ignored, so that only an `x-api-key`
header, which any caller can set, selects a usage plan.
"""

from __future__ import annotations

from typing import Any

from ministack.services import apigateway_v1

from local.emulator.payload import answer

CARRIER = "_usage_identifier_key"  # the context is the part of an authorizer's answer that gets cached


def install() -> None:
    invoke_authorizer = apigateway_v1._invoke_authorizer_lambda
    authorize = apigateway_v1._authorize_request_v1

    async def invoke_with_key(authorizer: Any, event: Any, account: Any, region: Any) -> Any:
        result: Any = await invoke_authorizer(authorizer, event, account, region)
        policy = answer(result)
        if "usageIdentifierKey" not in policy:
            return result
        context = {**(policy.get("context") or {}), CARRIER: policy["usageIdentifierKey"]}
        return {**result, "body": {**policy, "context": context}}

    async def authorize_with_key(
        api: str,
        stage: str,
        method_of: Any,
        method: str,
        path: str,
        resource: Any,
        headers: dict[str, Any],
        *rest: Any,
    ) -> Any:
        error, context = await authorize(api, stage, method_of, method, path, resource, headers, *rest)
        if apigateway_v1._rest_apis.get(api, {}).get("apiKeySource") != "AUTHORIZER":
            return error, context
        headers.pop("x-api-key", None)
        if context and CARRIER in context:
            context = dict(context)
            headers["x-api-key"] = context.pop(CARRIER)
        return error, context

    apigateway_v1._invoke_authorizer_lambda = invoke_with_key
    apigateway_v1._authorize_request_v1 = authorize_with_key
