"""Statements about the archive: who writes to it, who reads it, who exports what. Pure functions of ARNs."""

from collections.abc import Sequence
from typing import Any

from infra.bucket_policy import bucket_arn
from infra.stage import Stage
from infra.statements import WRITING, Statement, allow, through

LOGS = "logs/"
FAILED = "failed/"
EXPORTS = "exports/"


# --- the archive's own policy


def refuse_other_writers(bucket: str, roles: Sequence[str]) -> Statement:
    """Nobody but the roles puts an object into the bucket, whatever else allows it."""
    return _refuse_others("OtherWriters", ["s3:PutObject"], bucket, roles)


def refuse_other_readers(bucket: str, roles: Sequence[str]) -> Statement:
    """Nobody but the roles reads an object of the bucket, whatever else allows it."""
    return _refuse_others("OtherReaders", ["s3:GetObject", "s3:GetObjectVersion"], bucket, roles)


def _refuse_others(sid: str, actions: Sequence[str], bucket: str, roles: Sequence[str]) -> Statement:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": sorted(actions),
        "Resource": f"{bucket_arn(bucket)}/*",
        "Condition": {"ArnNotEquals": {"aws:PrincipalArn": sorted(roles)}},
    }


# --- what roles may do


def find(bucket: str) -> Statement:
    """What Firehose asks of the bucket itself (Data Firehose's developer guide)."""
    operations = ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads")
    return allow(operations, bucket_arn(bucket))


def store(bucket: str, prefix: str) -> Statement:
    """Putting objects below a prefix of the bucket, in parts if they are large; not reading them."""
    return allow(["s3:AbortMultipartUpload", "s3:PutObject"], f"{bucket_arn(bucket)}/{prefix}*")


def store_export(bucket: str, prefix: str) -> Statement:
    """As `store`, with the owner's ACL, which DynamoDB names for the case of another account's bucket."""
    operations = ("s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl")
    return allow(operations, f"{bucket_arn(bucket)}/{prefix}*")


def read(bucket: str) -> list[Statement]:
    """Finding and reading the objects of the bucket."""
    arn = bucket_arn(bucket)
    return [allow(["s3:GetBucketLocation", "s3:ListBucket"], arn), allow(["s3:GetObject"], f"{arn}/*")]


def keep_results(bucket: str) -> list[Statement]:
    """What Athena does in the caller's name with the bucket of results."""
    arn = bucket_arn(bucket)
    uploads = ("s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject")
    return [allow(["s3:GetBucketLocation", "s3:ListBucket"], arn), allow(uploads, f"{arn}/*")]


def use_archive_key(key_arn: str, stage: Stage, operations: Sequence[str] = WRITING) -> Statement:
    """Having S3 encrypt or decrypt with the archive's key; for which buckets, says the key's policy."""
    return allow([f"kms:{operation}" for operation in operations], key_arn, through(stage, "s3"))


def put_records(stream_arn: str) -> Statement:
    """What CloudWatch Logs does to hand log events to a delivery stream."""
    return allow(["firehose:PutRecord", "firehose:PutRecordBatch"], stream_arn)


def write_stream(stream_arn: str) -> Statement:
    """Writing to one stream of a log group."""
    return allow(["logs:PutLogEvents"], stream_arn)


def export_table(table_arn: str) -> Statement:
    """Exporting one table as it was at a point in time."""
    return allow(["dynamodb:ExportTableToPointInTime"], table_arn)


def read_for_export(key_arn: str, stage: Stage) -> Statement:
    """Having DynamoDB read a table that is encrypted with the key, for its export."""
    operations = ("DescribeKey", *WRITING)
    return allow([f"kms:{operation}" for operation in operations], key_arn, through(stage, "dynamodb"))


def query(workgroup_arn: str) -> Statement:
    """Running queries in one Athena workgroup, its saved queries included."""
    operations = (
        "BatchGetNamedQuery",
        "GetNamedQuery",
        "GetQueryExecution",
        "GetQueryResults",
        "GetQueryResultsStream",
        "GetWorkGroup",
        "ListNamedQueries",
        "ListQueryExecutions",
        "StartQueryExecution",
        "StopQueryExecution",
    )
    return allow([f"athena:{operation}" for operation in operations], workgroup_arn)


def look_around() -> Statement:
    """What Athena's console lists before it asks anything: names, and no resource to bind them to."""
    return allow(["athena:ListDataCatalogs", "athena:ListWorkGroups"], "*")


def list_databases(stage: Stage) -> Statement:
    """Listing the databases of the account's own catalog, as Athena's console does."""
    return allow(["athena:ListDatabases"], stage.arn("athena", "datacatalog/AwsDataCatalog"))


def read_catalog(stage: Stage, database: str) -> dict[str, Any]:
    """Reading the tables' definitions, of one Glue database."""
    operations = ("GetDatabase", "GetDatabases", "GetPartition", "GetPartitions", "GetTable", "GetTables")
    resources = [
        stage.arn("glue", "catalog"),
        stage.arn("glue", f"database/{database}"),
        stage.arn("glue", f"table/{database}/*"),
    ]
    statement = allow([f"glue:{operation}" for operation in operations], "")
    return {**statement, "Resource": resources}
