"""The most that the stage's roles may be allowed, whatever their own policies say: pure functions.

The roles' own policies name single tables, queues and keys. A boundary names the stage's own, so that neither
a mistake in the program nor a hand that adds a policy opens another service or the account itself.
"""

from collections.abc import Mapping
from typing import Any

from bootstrap.rights.grant import Grant
from infra.stage import Stage
from infra.statements import Statement

_KEYS = Grant("Decrypt Encrypt GenerateDataKey GenerateMac GetPublicKey Sign", ("key/*",))
# What the functions call, and what Lambda and its pollers call in their names.
_FUNCTIONS: tuple[tuple[str, Grant], ...] = (
    ("dynamodb", Grant("BatchGetItem GetItem PutItem Scan UpdateItem", ("table/NAMED*",))),
    ("dynamodb", Grant("Query", ("table/NAMED*/index/*",))),
    ("dynamodb", Grant("DescribeStream GetRecords GetShardIterator", ("table/NAMED*/stream/*",))),
    ("dynamodb", Grant("ListStreams")),
    ("sqs", Grant("DeleteMessage GetQueueAttributes ReceiveMessage SendMessage", ("NAMED*",))),
    ("secretsmanager", Grant("GetSecretValue", ("secret:NAMED*",))),
    ("kms", _KEYS),
    ("logs", Grant("CreateLogStream PutLogEvents", ("log-group:/aws/lambda/NAMED*",))),
    # Traces and network interfaces know no narrower resource.
    ("xray", Grant("PutTelemetryRecords PutTraceSegments")),
    (
        "ec2",
        Grant(
            "AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface"
            " DescribeNetworkInterfaces DescribeSubnets UnassignPrivateIpAddresses"
        ),
    ),
)
# What AWS services do in the stage's roles: deliver logs, export tables, back them up, write evidence. People
# read the archive in a role with this boundary as well.
_SERVICES: tuple[tuple[str, Grant], ...] = (
    (
        "logs",
        Grant(
            "CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents"
            " PutLogEvents"
        ),
    ),
    ("firehose", Grant("PutRecord PutRecordBatch", ("deliverystream/NAMED*",))),
    (
        "s3",
        Grant(
            "AbortMultipartUpload GetBucketAcl GetBucketLocation GetObject ListBucket"
            " ListBucketMultipartUploads ListMultipartUploadParts PutObject PutObjectAcl",
            ("arn:aws:s3:::NAMED*",),
        ),
    ),
    (
        "glue",
        Grant(
            "GetDatabase GetDatabases GetPartition GetPartitions GetTable GetTableVersion GetTableVersions"
            " GetTables",
            ("catalog", "database/tollgate*", "table/tollgate*/*"),
        ),
    ),
    (
        "athena",
        Grant(
            "BatchGetNamedQuery GetNamedQuery GetQueryExecution GetQueryResults GetQueryResultsStream"
            " GetWorkGroup ListNamedQueries ListQueryExecutions StartQueryExecution StopQueryExecution",
            ("workgroup/NAMED*",),
        ),
    ),
    ("athena", Grant("ListDataCatalogs ListDatabases ListWorkGroups")),
    (
        "kms",
        Grant(
            "CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext"
            " ReEncryptFrom ReEncryptTo",
            ("arn:aws:kms:*:ACCOUNT:key/*",),
        ),
    ),
    ("events", Grant("PutEvents", ("event-bus/default",))),
    ("sns", Grant("Publish", ("NAMED*",))),
    ("sqs", Grant("SendMessage", ("NAMED*",))),
    ("lambda", Grant("InvokeFunction", ("function:NAMED*",))),
    (
        "dynamodb",
        Grant(
            "CreateBackup DeleteBackup DescribeBackup DescribeContinuousBackups DescribeExport DescribeTable"
            " ExportTableToPointInTime ListTagsOfResource RestoreTableFromAwsBackup RestoreTableFromBackup"
            " StartAwsBackupJob",
            ("table/NAMED*",),
        ),
    ),
    (
        "backup",
        Grant(
            "CopyFromBackupVault CopyIntoBackupVault DescribeBackupVault TagResource",
            ("arn:aws:backup:*:ACCOUNT:backup-vault:NAMED*", "arn:aws:backup:*:ACCOUNT:recovery-point:*"),
        ),
    ),
    ("tag", Grant("GetResources")),
)
# No role of the stage has any business here, whatever a policy may one day allow.
_NEVER = (
    "account:*",
    "dynamodb:DeleteTable",
    "iam:*",
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "organizations:*",
    "sts:AssumeRole",
)


def functions(stage: Stage) -> list[Statement]:
    """For the roles of functions: in the stage's own Region, and never the account's own affairs."""
    elsewhere = {"StringNotEquals": {"aws:RequestedRegion": stage.region}}
    return [*_allowed(_FUNCTIONS, stage), _never(), _refusal("OtherRegions", ["*"], elsewhere)]


def services(stage: Stage) -> list[Statement]:
    """For the roles that AWS services take. Not bound to the Region: backups are copied to another one."""
    return [*_allowed(_SERVICES, stage), _never()]


def _allowed(grants: tuple[tuple[str, Grant], ...], stage: Stage) -> list[Statement]:
    return [grant.statement(service, stage) for service, grant in grants]


def _never() -> Statement:
    return _refusal("Never", _NEVER)


def _refusal(
    sid: str, actions: list[str] | tuple[str, ...], condition: Mapping[str, Any] | None = None
) -> Statement:
    statement = {"Sid": sid, "Effect": "Deny", "Action": list(actions), "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement
