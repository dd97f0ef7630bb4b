"""Resources for policies, as the SDK hands them over: behind its own proxy, which refuses unknown values."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import (
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
)
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

UNKNOWN = UNKNOWN_STRING_VALUE
STACK = "pulumi:pulumi:Stack"
KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/one"
ACCOUNT = {"StringEquals": {"aws:SourceAccount": "111111111111"}}


def resource(
    type_token: str,
    name: str = "it",
    /,
    *,
    protect: bool = False,
    provider: str = "aws",
    depends: Mapping[str, Sequence[PolicyResource]] | None = None,
    **props: Any,
) -> PolicyResource:
    """A resource with these properties. `name`: the logical one; `depends`: what properties are made from."""
    given = {key: value for key, value in props.items() if value is not None}
    return PolicyResource(
        type_token,
        unknown_checking_proxy(given),
        f"urn:pulumi:test::program::{type_token}::{name}",
        name,
        options(protect),
        PolicyProviderResource(
            "pulumi:providers:aws",
            unknown_checking_proxy({}),
            f"urn:pulumi:test::program::pulumi:providers:aws::{provider}",
            provider,
        ),
        None,
        [],
        {key: list(value) for key, value in (depends or {}).items()},
    )


def options(protect: bool) -> PolicyResourceOptions:
    return PolicyResourceOptions(protect, [], None, [], PolicyCustomTimeouts(0, 0, 0), [])


def document(*statements: Mapping[str, Any]) -> str:
    """A policy document of statements, which allow if they don't say otherwise."""
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **each} for each in statements]}
    )


def allow(action: str, to: str = "arn:aws:dynamodb:eu-west-1:111111111111:table/t", **rest: Any) -> str:
    """A document that allows one action on one resource."""
    return document({"Action": action, "Resource": to, **rest})


def root() -> PolicyResource:
    """The stack itself."""
    return resource(STACK, "program-test")
