"""IAM's decision on a call."""

from typing import Any

import pytest

from ops.iam.evaluation import Context, UnknownOperatorError, allowed

READ = {"Effect": "Allow", "Action": ["dynamodb:GetItem"], "Resource": "arn:table/a"}
KEYS = "kms:EncryptionContextKeys"


def under(condition: dict[str, Any], context: Context) -> bool:
    return allowed([{**READ, "Condition": condition}], "dynamodb:GetItem", "arn:table/a", context)


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("dynamodb:GetItem", "arn:table/a", True),
        ("DYNAMODB:getitem", "arn:table/a", True),
        ("dynamodb:PutItem", "arn:table/a", False),
        ("dynamodb:GetItem", "arn:table/A", False),
        ("dynamodb:GetItem", "arn:table/a/index/b", False),
    ],
)
def test_what_nobody_allows_is_refused(action: str, resource: str, expected: bool) -> None:
    assert allowed([READ], action, resource) is expected


def test_a_refusal_wins() -> None:
    assert not allowed([READ, {**READ, "Effect": "Deny"}], "dynamodb:GetItem", "arn:table/a")


@pytest.mark.parametrize(
    ("condition", "context", "expected"),
    [
        ({"StringEquals": {"k": "a"}}, {"k": "a"}, True),
        ({"StringEquals": {"k": "a"}}, {}, False),
        ({"StringNotEquals": {"k": "a"}}, {}, True),
        ({"ArnEquals": {"k": "arn:*"}}, {"k": "arn:x"}, True),
        ({"Null": {"k": "false"}}, {"k": "a"}, True),
        ({"Null": {"k": "true"}}, {"k": "a"}, False),
        ({"Bool": {"k": "true"}}, {"k": "false"}, False),
        ({"ForAllValues:StringEquals": {KEYS: ["merchant"]}}, {KEYS: ["merchant"]}, True),
        ({"ForAllValues:StringEquals": {KEYS: ["merchant"]}}, {KEYS: ["merchant", "more"]}, False),
        # IAM's own rule: all of none. KMS refuses such a call, since the key was wrapped with a context.
        ({"ForAllValues:StringEquals": {KEYS: ["merchant"]}}, {}, True),
    ],
)
def test_a_condition_holds_for_some_calls(
    condition: dict[str, Any], context: Context, expected: bool
) -> None:
    assert under(condition, context) is expected


def test_an_operator_without_a_rule_is_an_error() -> None:
    with pytest.raises(UnknownOperatorError, match="IpAddress"):
        under({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {})
