"""Reading IAM's documents, as people write them."""

import json
from typing import Any

import pytest
from pulumi_policy.proxy import unknown_checking_proxy

from policies.pack.documents import statements

STATEMENT = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "q", "Principal": "*"}


def _one(**changes: Any) -> Any:
    (statement,) = statements(json.dumps({"Statement": {**STATEMENT, **changes}}))
    return statement


def test_no_document_has_no_statements() -> None:
    assert statements(None) == statements("") == ()


def test_a_single_statement_and_single_texts_are_read_like_lists() -> None:
    listed = {"Statement": [{**STATEMENT, "Action": ["sqs:SendMessage"], "Resource": ["q"]}]}
    assert statements(json.dumps(listed)) == (_one(),)


def test_a_document_may_be_an_object() -> None:
    assert statements(unknown_checking_proxy({"Statement": [STATEMENT]})) == (_one(),)


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::1:root", "*"]}])
def test_everybody_may_be_written_in_several_ways(principal: Any) -> None:
    assert _one(Principal=principal).is_open()


def test_a_denial_opens_nothing() -> None:
    assert not _one(Effect="Deny").is_open()


@pytest.mark.parametrize(
    ("operator", "key", "value", "binds"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "o-1", True),
        ("ArnLike", "AWS:SourceArn", ["arn:aws:sns:eu-west-1:1:*"], True),
        ("StringEquals", "aws:SourceVpce", "vpce-1", True),
        ("ArnLike", "aws:SourceArn", "*", False),
        ("StringLike", "aws:PrincipalAccount", ["1", "*"], False),
        ("StringNotEquals", "aws:PrincipalAccount", "1", False),
        ("StringEqualsIfExists", "aws:SourceAccount", "1", False),
        ("Bool", "aws:SecureTransport", "true", False),
        ("StringEquals", "aws:RequestedRegion", "eu-west-1", False),
    ],
)
def test_only_a_condition_that_names_something_of_ours_binds(
    operator: str, key: str, value: Any, binds: bool
) -> None:
    assert _one(Condition={operator: {key: value}}).binds() is binds
