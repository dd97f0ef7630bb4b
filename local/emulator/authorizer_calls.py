"""One authorizer call for one token at a time.

Closes a gap of ministack: requests that arrive with a token before its first answer is there each call the
authorizer, which starts as many processes.
"""

from __future__ import annotations

import asyncio
from typing import Any

from ministack.services import apigateway_v1

_under_way: dict[tuple[str, str], asyncio.Future[Any]] = {}


def install() -> None:
    call = apigateway_v1._invoke_authorizer_lambda

    async def call_once(authorizer: Any, event: dict[str, Any], account: Any, region: Any) -> Any:
        key = (authorizer["id"], event["authorizationToken"])
        if key not in _under_way:
            _under_way[key] = asyncio.ensure_future(call(authorizer, event, account, region))
            _under_way[key].add_done_callback(lambda _: _under_way.pop(key))
        return await asyncio.shield(_under_way[key])  # others wait for it though this caller has gone

    apigateway_v1._invoke_authorizer_lambda = call_once
