"""API Gateway's keys: each puts one client into a usage plan. None opens anything by itself."""

import secrets
from collections.abc import Iterator
from typing import Any

from onboarding.failure import Failure
from onboarding.stage import Stage

KEY_BYTES = 32


def create_api_key(stage: Stage, client_id: str, plan: str) -> str:
    """Make the client's key, attach it to the usage plan and return its value.

    Raises Failure, before anything is made, when the stage has no such plan.
    """
    plan_id = _plan_id(stage, plan)
    value = secrets.token_hex(KEY_BYTES)
    created = stage.apigateway.create_api_key(name=stage.physical_name(client_id), value=value, enabled=True)
    stage.apigateway.create_usage_plan_key(usagePlanId=plan_id, keyId=created["id"], keyType="API_KEY")
    return value


def delete_api_key(stage: Stage, client_id: str) -> None:
    """Delete the client's key. Without one, nothing happens."""
    name = stage.physical_name(client_id)
    for key in _items(stage, "get_api_keys", nameQuery=name):
        if key["name"] == name:
            stage.apigateway.delete_api_key(apiKey=key["id"])


def _plan_id(stage: Stage, plan: str) -> str:
    plans = {found["name"]: found["id"] for found in _items(stage, "get_usage_plans")}
    if stage.physical_name(plan) not in plans:
        prefix = stage.physical_name("")
        known = sorted(name.removeprefix(prefix) for name in plans if name.startswith(prefix))
        raise Failure(
            f"The stack '{stage.name}' has no usage plan '{plan}'.",
            f"Take one of: {', '.join(known) or 'none is deployed yet'}.",
        )
    return plans[stage.physical_name(plan)]


def _items(stage: Stage, operation: str, **query: str) -> Iterator[dict[str, Any]]:
    for page in stage.apigateway.get_paginator(operation).paginate(**query):
        yield from page["items"]
