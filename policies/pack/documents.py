"""IAM's policy documents, read into statements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .matching import account_or_principal, any_action_matches, names_something, resource_matches
from .stack import plain

# Where a document says what its bearer may do; property by type.
IDENTITY_POLICIES = {
    "aws:iam/rolePolicy:RolePolicy": "policy",
    "aws:iam/policy:Policy": "policy",
    "aws:iam/groupPolicy:GroupPolicy": "policy",
    "aws:iam/userPolicy:UserPolicy": "policy",
}
# Where a document says who may reach a resource.
RESOURCE_POLICIES = {
    "aws:apigateway/restApi:RestApi": "policy",
    "aws:apigateway/restApiPolicy:RestApiPolicy": "policy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:glue/resourcePolicy:ResourcePolicy": "policy",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:s3/bucketV2:BucketV2": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
}
# Conditions that bind a caller to an account, an organization, a resource or a network of ours.
BINDING_KEYS = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
)


@dataclass(frozen=True)
class Statement:
    """One statement, in one spelling: lists also where the document has a single text, keys of conditions in
    lower case, everybody as ("AWS", "*"), an account as its number. `principals`: (kind, value)."""

    allows: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    principals: tuple[tuple[str, str], ...]
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]]
    excluding: tuple[str, ...]
    sid: str

    def is_about(self, *actions: str) -> bool:
        """Whether one of the actions, `service:Verb`, is one of the statement's."""
        if self.not_actions:
            return any(not any_action_matches(self.not_actions, [each]) for each in actions)
        return any_action_matches(self.actions, actions)

    def reaches(self, arn: str) -> bool:
        """Whether it is about this, or something within it: a table's index, a bucket's object."""
        if self.not_resources:
            return not any(resource_matches(each, arn) for each in self.not_resources)
        return any(
            resource_matches(each, arn)
            or resource_matches("/".join(each.split("/")[: arn.count("/") + 1]), arn)
            for each in self.resources
        )

    def is_open(self) -> bool:
        """Whether it allows something to everybody."""
        return self.allows and any(value == "*" for _, value in self.principals)

    def binds(self) -> bool:
        """Whether a condition binds the caller to something of ours: a comparison that fails where the key is
        absent, with values that aren't any text at all."""
        return any(
            key in BINDING_KEYS and values and all(map(names_something, values))
            for operator, compared in self.conditions.items()
            if operator.startswith(("String", "Arn")) and "Not" not in operator and "IfExists" not in operator
            for key, values in compared.items()
        )

    def services(self) -> list[str]:
        return [value for kind, value in self.principals if kind == "Service"]

    def words(self) -> str:
        """How a message names the statement."""
        return f"statement {self.sid!r}" if self.sid else f"the statement on {', '.join(self.actions[:3])}"


def statements(document: Any) -> tuple[Statement, ...]:
    """The statements of a document, given as text or as an object; none for no document.

    Raises UnknownValueError, or ValueError for text that isn't JSON.
    """
    if not document:
        return ()
    return _parsed(document if isinstance(document, str) else json.dumps(plain(document)))


def refuses_plain_text(document: Any) -> bool:
    """Whether a statement denies something to everybody who comes without TLS."""
    return any(
        not statement.allows
        and ("AWS", "*") in statement.principals
        and statement.conditions.get("Bool", {}).get("aws:securetransport") == ("false",)
        for statement in statements(document)
    )


@cache
def _parsed(text: str) -> tuple[Statement, ...]:
    listed = json.loads(text).get("Statement", [])
    return tuple(_statement(each) for each in ([listed] if isinstance(listed, dict) else listed))


def _statement(raw: Mapping[str, Any]) -> Statement:
    return Statement(
        allows=raw.get("Effect") == "Allow",
        actions=_listed(raw.get("Action")),
        not_actions=_listed(raw.get("NotAction")),
        resources=_listed(raw.get("Resource")),
        not_resources=_listed(raw.get("NotResource")),
        principals=tuple(_principals(raw.get("Principal"))),
        conditions={
            operator: {key.lower(): _listed(value) for key, value in compared.items()}
            for operator, compared in (raw.get("Condition") or {}).items()
        },
        excluding=tuple(key for key in ("NotAction", "NotResource", "NotPrincipal") if key in raw),
        sid=raw.get("Sid", ""),
    )


def _principals(value: Any) -> Iterator[tuple[str, str]]:
    by_kind: Mapping[str, Any] = {"AWS": value} if isinstance(value, str | list) else value or {}
    for kind, given in by_kind.items():
        for each in _listed(given):
            yield ("AWS" if each == "*" else kind), account_or_principal(each)


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(_text(each) for each in (value if isinstance(value, list) else [value]))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
