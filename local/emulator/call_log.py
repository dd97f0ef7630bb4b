"""What the functions ask of AWS, taken down where it is allowed or refused; and KMS's encryption contexts.

Closes two gaps of ministack: of a KMS request it shows the policies no condition key, so that a condition on
the encryption context is never evaluated; and it takes a call's permission for its name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.services import sts

from local.aws_calls import AwsCall, CallLog

# ministack makes this one up for every request of DynamoDB, whether it selects anything or not.
MADE_UP = "dynamodb:Select"
# Calls with the permission of another (Service Authorization Reference, "Actions defined by Amazon SQS").
PERMISSIONS = {"sqs:SendMessageBatch": "sqs:SendMessage"}


def install(path: Path) -> CallLog:
    """The log that is written from now on. What is left at the end, the caller writes."""
    log = CallLog(path)
    enforce = iam_evaluator.enforce
    request_tags = iam_actions.request_tag_context

    def context_with_encryption(service: str, action: str, body: bytes, parameters: Any) -> dict[str, Any]:
        context = request_tags(service, action, body, parameters)
        return {**context, **_encryption_context(body)} if service == "kms" else context

    def enforce_and_record(
        access_key: str,
        action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        action = PERMISSIONS.get(action, action)
        refused = enforce(access_key, action, service, region, resource_arn, service_context)
        if role := _function_role(access_key):
            context = service_context or {}
            keys = sorted(key for key in context if context[key] is not None and key != MADE_UP)
            log.record(AwsCall(role, action, resource_arn, tuple(keys), allowed=refused is None))
        return refused

    iam_actions.request_tag_context = context_with_encryption
    iam_evaluator.enforce = enforce_and_record
    return log


def _function_role(access_key: str) -> str | None:
    """The role in which a function itself calls. Lambda names the session after the function, and a function
    and its role have one name; another session of the role has another name."""
    session: Mapping[str, Any] = sts._sessions.get(access_key) or {}
    _, _, principal = str(session.get("Arn", "")).partition(":assumed-role/")
    role, _, name = principal.partition("/")
    return role if role and role == name else None


def _encryption_context(body: bytes) -> dict[str, Any]:
    """The request's `kms:EncryptionContext…` keys; none when it has no encryption context."""
    try:
        context = json.loads(body or b"{}").get("EncryptionContext")
    except (ValueError, AttributeError):
        return {}
    if not isinstance(context, dict) or not context:
        return {}
    pairs = {f"kms:EncryptionContext:{name}": value for name, value in context.items()}
    return {"kms:EncryptionContextKeys": list(context), **pairs}
