"""What no workflow may do, whatever else it is allowed: pure functions. In IAM a refusal always wins."""

from collections.abc import Sequence
from typing import Any

from bootstrap.names import MADE_HERE
from infra.durability import Durability
from infra.stage import Stage
from infra.statements import Statement

# Deploying sets up what holds data, and never touches the data.
DATA = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
    "lambda:InvokeAsync",
    "lambda:InvokeFunction",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:StartLiveTail",
    "logs:StartQuery",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "sqs:DeleteMessage",
    "sqs:PurgeQueue",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
)
READING = ("s3:GetObject", "s3:GetObjectVersion")
WRITING = ("s3:PutObject", "s3:PutObjectLegalHold", "s3:PutObjectRetention")
REMOVAL = ("s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion")
# What can't be made again, and what tells of it. An administrator removes these from a durable stage.
IRREVOCABLE = (
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "config:DeleteConfigurationRecorder",
    "config:StopConfigurationRecorder",
    "dynamodb:DeleteBackup",
    "dynamodb:DeleteTable",
    "guardduty:DeleteDetector",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "logs:DeleteLogGroup",
    "s3:DeleteBucket",
    "secretsmanager:DeleteSecret",
    "securityhub:DisableSecurityHub",
)
# All that Pulumi does with its state, from its documentation of the S3 backend, and with the keys of it.
STATE_CALLS = ("s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject")
KEY_CALLS = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")


def no_data(
    bucket_arn: str,
    key_arns: Sequence[str],
    *,
    read: Sequence[str] = (),
    put: Sequence[str] = (),
    emptied: Sequence[str] = (),
) -> list[Statement]:
    """Neither reading nor writing what the stage holds; Pulumi's own state is the exception.

    Keys are used through AWS services only, which ask for the data's own rights as well. `read`: ARNs of
    objects that AWS reads in the caller's name, or a comparison. `put`: of those that deploying puts.
    `emptied`: patterns of objects that go with their bucket.
    """
    return [
        _deny("Data", DATA, "*"),
        _deny_elsewhere("Reading", READING, [f"{bucket_arn}/*", *read]),
        _deny_elsewhere("Writing", WRITING, [f"{bucket_arn}/*", *put]),
        _deny_elsewhere("Removal", REMOVAL, [f"{bucket_arn}/*", *emptied]),
        {
            "Sid": "Keys",
            "Effect": "Deny",
            "Action": ["kms:Decrypt", "kms:GenerateMac", "kms:Sign"],
            "NotResource": sorted(key_arns),
            "Condition": {"Null": {"kms:ViaService": "true"}},
        },
    ]


def no_authority(stage: Stage, bucket_arn: str, key_arns: Sequence[str]) -> list[Statement]:
    """Neither the roles and policies made here nor who may take them; of Pulumi's state only its use."""
    account = f"arn:aws:iam::{stage.account_id}:"
    return [
        _deny("OwnRights", ["iam:*"], [account + made for made in MADE_HERE]),
        _deny("Boundaries", ["iam:DeleteRolePermissionsBoundary"], "*"),
        _deny_but("StateStore", STATE_CALLS, [bucket_arn, f"{bucket_arn}/*"]),
        _deny_but("StateKeys", KEY_CALLS, key_arns),
    ]


def no_loss(durability: Durability) -> list[Statement]:
    """In a durable stage: no deletion that can't be taken back, and no end of the records."""
    return [_deny("Irrevocable", IRREVOCABLE, "*")] if durability is Durability.DURABLE else []


def _deny(sid: str, actions: Sequence[str], resource: str | Sequence[str]) -> dict[str, Any]:
    named = resource if isinstance(resource, str) else sorted(resource)
    return {"Sid": sid, "Effect": "Deny", "Action": list(actions), "Resource": named}


def _deny_elsewhere(sid: str, actions: Sequence[str], resources: Sequence[str]) -> Statement:
    return {"Sid": sid, "Effect": "Deny", "Action": list(actions), "NotResource": sorted(resources)}


def _deny_but(sid: str, actions: Sequence[str], resources: Sequence[str]) -> Statement:
    return {"Sid": sid, "Effect": "Deny", "NotAction": list(actions), "Resource": sorted(resources)}
