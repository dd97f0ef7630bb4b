"""Statements of key policies. Nobody uses a key that doesn't name them: IAM policies alone open nothing.

`Resource` is `*` throughout, which means the key that the policy is on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from infra.stage import Stage
from infra.statements import ENDPOINT_CONTEXT_ONLY, MERCHANT_CONTEXT_ONLY, WRITING, Statement, allow, through

# What the account's administrators may do with a key: everything but use it.
ADMINISTRATION = (
    "CancelKeyDeletion",
    "CreateAlias",
    "DeleteAlias",
    "DescribeKey",
    "DisableKey",
    "DisableKeyRotation",
    "EnableKey",
    "EnableKeyRotation",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "GetPublicKey",
    "ListGrants",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListResourceTags",
    "PutKeyPolicy",
    "RevokeGrant",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateKeyDescription",
)
# What AWS services do with a key, in their own name or in that of whoever creates or fills a resource.
ENCRYPTION = (
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
)


def administer(stage: Stage) -> Statement:
    """The account's administrators look after the key, and can't use it."""
    return _grant("Administration", f"arn:aws:iam::{stage.account_id}:root", ADMINISTRATION)


def read_through(stage: Stage, service: str, roles: Sequence[str]) -> Statement:
    """The roles read what `service` (`dynamodb`, …) has encrypted with the key."""
    return _grant("Reading", roles, ["Decrypt"], through(stage, service))


def write_through(stage: Stage, service: str, roles: Sequence[str]) -> Statement:
    """The roles have `service` (`sqs`, …) encrypt with the key what they send."""
    return _grant("Writing", roles, WRITING, through(stage, service))


def provision_through(stage: Stage, service: str, operators: Sequence[str]) -> Statement:
    """The operators create and fill resources that `service` encrypts with the key."""
    return _grant("Provisioning", operators, ["DescribeKey", *ENCRYPTION], through(stage, service))


def delegate_to(stage: Stage, service: str, operators: Sequence[str]) -> Statement:
    """The operators grant the key to `service`, which works with grants, and to nobody else."""
    condition = {**through(stage, service), "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return _grant("Delegation", operators, ["CreateGrant"], condition)


def encrypt_logs(stage: Stage, log_groups: Sequence[str]) -> Statement:
    """CloudWatch Logs encrypts the groups with these names (`*` stands for any text), and no others."""
    arns = [stage.arn("logs", f"log-group:{name}") for name in log_groups]
    condition = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": arns}}
    granted = _grant("Logs", [], ENCRYPTION, condition)
    return {**granted, "Principal": {"Service": stage.endpoint("logs")}}


def use_for_buckets(
    sid: str, stage: Stage, buckets: Sequence[str], roles: Sequence[str], operations: Sequence[str]
) -> Statement:
    """The roles have S3 use the key for the objects of these buckets (names), and of no others.

    With a bucket key S3 binds what it encrypts to the bucket, else to the object.
    """
    arns = [f"arn:aws:s3:::{bucket}{rest}" for bucket in sorted(buckets) for rest in ("", "/*")]
    condition = {**through(stage, "s3"), "StringLike": {"kms:EncryptionContext:aws:s3:arn": arns}}
    return _grant(sid, roles, operations, condition)


def back_up_through(stage: Stage, service: str, roles: Sequence[str]) -> Statement:
    """The roles have `service` read the data and write its backup (AWS's own policy for AWS Backup)."""
    return _grant("Backup", roles, WRITING, through(stage, service))


def export_through(stage: Stage, roles: Sequence[str]) -> Statement:
    """The roles have DynamoDB read a table for its export.

    "That KMS key's policies must give DynamoDB permission … through the IAM User/Role that triggers the
    export job" (DynamoDB's developer guide, Requesting a table export).
    """
    return _grant("Export", roles, ["DescribeKey", *WRITING], through(stage, "dynamodb"))


def keep_backups(stage: Stage, roles: Sequence[str]) -> Statement:
    """The roles have AWS Backup encrypt backups with the key, and open them again."""
    return _grant("Backups", roles, ["DescribeKey", *WRITING], through(stage, "backup"))


def delegate_backups(stage: Stage, roles: Sequence[str]) -> Statement:
    """The roles grant the key to AWS Backup while it works for them, and to nobody else."""
    condition = {**through(stage, "backup"), "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return _grant("BackupGrants", roles, ["CreateGrant"], condition)


def deliver_trail(*trail_arns: str) -> Statement:
    """CloudTrail encrypts the files of these trails, and reads the bucket's data key that they share.

    A trail is bound by the source alone: what S3 does for a bucket with a shared data key has the bucket
    for its encryption context, not the trail.
    """
    operations = ("Decrypt", "DescribeKey", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext")
    granted = _grant("Trail", [], operations, {"StringEquals": {"aws:SourceArn": [*trail_arns]}})
    return {**granted, "Principal": {"Service": "cloudtrail.amazonaws.com"}}


def deliver_configuration(stage: Stage) -> Statement:
    """AWS Config encrypts what it delivers for the stage's account."""
    granted = _grant("Config", [], WRITING, {"StringEquals": {"aws:SourceAccount": stage.account_id}})
    return {**granted, "Principal": {"Service": "config.amazonaws.com"}}


def unwrap_merchant_keys(roles: Sequence[str]) -> Statement:
    """The roles open merchants' wrapped vault keys."""
    return _grant("Unwrapping", roles, ["Decrypt"], MERCHANT_CONTEXT_ONLY)


def wrap_merchant_keys(operators: Sequence[str]) -> Statement:
    """The operators make merchants' vault keys, wrapped from birth and bound to their merchant."""
    condition = {**MERCHANT_CONTEXT_ONLY, "Null": {"kms:EncryptionContext:merchant": "false"}}
    return _grant("Wrapping", operators, ["GenerateDataKeyWithoutPlaintext"], condition)


def seal_endpoint_secrets(roles: Sequence[str]) -> Statement:
    """The roles seal endpoints' signing secrets."""
    return _grant("Sealing", roles, ["Encrypt"], ENDPOINT_CONTEXT_ONLY)


def open_endpoint_secrets(roles: Sequence[str]) -> Statement:
    """The roles open endpoints' signing secrets."""
    return _grant("Opening", roles, ["Decrypt"], ENDPOINT_CONTEXT_ONLY)


def use_directly(roles: Sequence[str], operation: str) -> Statement:
    """The roles perform one operation (`Sign`, …) with the key itself."""
    return _grant(operation, roles, [operation])


def _grant(
    sid: str,
    principals: str | Sequence[str],
    operations: Sequence[str],
    condition: Mapping[str, Any] | None = None,
) -> Statement:
    named = principals if isinstance(principals, str) else sorted(principals)
    allowed = allow([f"kms:{operation}" for operation in operations], "*", condition)
    return {"Sid": sid, "Principal": {"AWS": named}, **allowed}
