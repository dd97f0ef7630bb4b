"""Media types whose bodies are bytes, changed one by one.

Closes a gap of ministack: UpdateRestApi takes the list of them for an object with a member for each.
"""

from __future__ import annotations

from typing import Any

from ministack.services import apigateway_v1

PATH = "/binaryMediaTypes/"


def install() -> None:
    update_rest_api = apigateway_v1._update_rest_api

    def update_with_media_types(api_id: str, data: dict[str, Any]) -> Any:
        patches: list[dict[str, Any]] = data.get("patchOperations", [])
        ours = [patch for patch in patches if patch["path"].startswith(PATH)]
        api = apigateway_v1._rest_apis.get(api_id)
        if api is not None and ours:
            api["binaryMediaTypes"] = _changed(api.get("binaryMediaTypes") or [], ours)
        return update_rest_api(api_id, {"patchOperations": [each for each in patches if each not in ours]})

    apigateway_v1._update_rest_api = update_with_media_types


def _changed(media_types: list[str], patches: list[dict[str, Any]]) -> list[str]:
    for patch in patches:
        named = patch["path"].removeprefix(PATH).replace("~1", "/")
        media_types = [each for each in media_types if each != named]
        if patch["op"] == "add":
            media_types.append(named)
    return media_types
