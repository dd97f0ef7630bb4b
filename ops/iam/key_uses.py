"""Who must be able to use which key: whoever does something with a resource that is encrypted with it.

A service that encrypts in its caller's name asks KMS as that caller, so a right to a resource is worth
nothing without the right to its key, and a right to a key that follows from none is one too many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bootstrap.calls.arns import value_of
from engine import Graph, Node
from ops.iam.evaluation import fits, many

READING = ("kms:Decrypt",)
WRITING = ("kms:Decrypt", "kms:GenerateDataKey")
LOOKING_FIRST = ("kms:DescribeKey", *WRITING)
GRANTING = ("kms:CreateGrant", *LOOKING_FIRST)
PROVISIONING = (
    *GRANTING,
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
ROLE, ROLE_POLICY = "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"


@dataclass(frozen=True)
class KeyUse:
    """Whoever may do one of `actions` on a resource of Pulumi's type `kind` has `service` do `operations`.

    `key`: the input that names the key. `on`: what is acted on, by the resource's values.
    """

    kind: str
    key: str
    actions: Sequence[str]
    service: str
    operations: Sequence[str]
    guide: str
    on: Sequence[str] = ("{arn}",)


TABLE_KEY = "serverSideEncryption.kmsKeyArn"
BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
BUCKET_KEY = "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId"
DYNAMODB = "DynamoDB Developer Guide, Encryption at rest: usage notes"
KEY_USES = (
    KeyUse(
        "aws:dynamodb/table:Table",
        TABLE_KEY,
        tuple(
            f"dynamodb:{name}"
            for name in "BatchGetItem DeleteItem GetItem GetRecords PutItem Query Scan UpdateItem".split()
        ),
        "dynamodb",
        READING,
        DYNAMODB,
        on=("{arn}", "{arn}/index/*", "{arn}/stream/*"),
    ),
    KeyUse(
        "aws:dynamodb/table:Table",
        TABLE_KEY,
        ("dynamodb:ExportTableToPointInTime",),
        "dynamodb",
        LOOKING_FIRST,
        "DynamoDB Developer Guide, Requesting a table export in DynamoDB",
    ),
    KeyUse(
        "aws:dynamodb/table:Table",
        TABLE_KEY,
        ("dynamodb:StartAwsBackupJob",),
        "dynamodb",
        WRITING,
        "AWS managed policy AWSBackupServiceRolePolicyForBackup",
    ),
    KeyUse(
        "aws:dynamodb/table:Table",
        TABLE_KEY,
        ("dynamodb:RestoreTableFromAwsBackup",),
        "dynamodb",
        PROVISIONING,
        "AWS managed policy AWSBackupServiceRolePolicyForRestores",
    ),
    KeyUse(
        "aws:backup/vault:Vault",
        "kmsKeyArn",
        ("backup:CopyIntoBackupVault",),
        "backup",
        GRANTING,
        "AWS managed policy AWSBackupServiceRolePolicyForBackup",
    ),
    # What a table is restored from is in the stage's own vault.
    KeyUse(
        "aws:backup/vault:Vault",
        "kmsKeyArn",
        ("dynamodb:RestoreTableFromAwsBackup",),
        "backup",
        GRANTING,
        "AWS managed policy AWSBackupServiceRolePolicyForRestores",
        on=("arn:aws:dynamodb:{region}:*",),
    ),
    KeyUse(
        BUCKET_ENCRYPTION,
        BUCKET_KEY,
        ("s3:PutObject",),
        "s3",
        WRITING,
        "S3 User Guide, Using server-side encryption with AWS KMS keys",
        on=("arn:aws:s3:::{bucket}/*",),
    ),
    KeyUse(
        BUCKET_ENCRYPTION,
        BUCKET_KEY,
        ("s3:GetObject",),
        "s3",
        READING,
        "S3 User Guide, Using server-side encryption with AWS KMS keys",
        on=("arn:aws:s3:::{bucket}/*",),
    ),
    KeyUse(
        "aws:sqs/queue:Queue",
        "kmsMasterKeyId",
        ("sqs:SendMessage",),
        "sqs",
        WRITING,
        "SQS Developer Guide, Key management",
    ),
    KeyUse(
        "aws:sqs/queue:Queue",
        "kmsMasterKeyId",
        ("sqs:ReceiveMessage",),
        "sqs",
        READING,
        "SQS Developer Guide, Key management",
    ),
    KeyUse(
        "aws:secretsmanager/secret:Secret",
        "kmsKeyId",
        ("secretsmanager:GetSecretValue",),
        "secretsmanager",
        READING,
        "Secrets Manager User Guide, Secret encryption and decryption",
    ),
)


@dataclass(frozen=True)
class Use:
    """`role` has `service`, in the key's Region, do `operation` with `key`. Role and key are ARNs."""

    role: str
    service: str
    operation: str
    key: str


def uses(graph: Graph) -> Iterator[Use]:
    """All that follow from what the stack's roles are allowed."""
    allowed = _allowed(graph)
    for rule in KEY_USES:
        for node in graph.of_type(rule.kind):
            key = _key(rule, node)
            for role, statements in allowed.items():
                if key and _acts(rule, node, statements, graph.exports["region"]):
                    yield from (Use(role, rule.service, operation, key) for operation in rule.operations)
    for function in graph.of_type("aws:lambda/function:Function"):
        # Lambda opens a function's environment in the function's name.
        yield Use(function.inputs["role"], "lambda", "kms:Decrypt", function.inputs["kmsKeyArn"])


def _key(rule: KeyUse, node: Node) -> str | None:
    try:
        return value_of(node.inputs, rule.key)
    except KeyError:
        return None  # a bucket for access logs has a key of S3's own


def _acts(rule: KeyUse, node: Node, statements: Sequence[Mapping[str, Any]], region: str) -> bool:
    values = {"region": region, **node.outputs}
    resources = [pattern.format_map(values) for pattern in rule.on]
    return any(
        action in rule.actions and any(fits(pattern, each) or fits(each, pattern) for each in resources)
        for statement in statements
        for action in many(statement["Action"])
        for pattern in many(statement["Resource"])
    )


def _allowed(graph: Graph) -> dict[str, list[Mapping[str, Any]]]:
    """What each role's own policy allows, by the role's ARN."""
    arns = {node.inputs["name"]: node.outputs["arn"] for node in graph.of_type(ROLE)}
    return {
        arns[policy.inputs["role"]]: [
            each for each in json.loads(policy.inputs["policy"])["Statement"] if each["Effect"] == "Allow"
        ]
        for policy in graph.of_type(ROLE_POLICY)
    }
