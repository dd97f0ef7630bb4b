"""IAM statements: pure functions from ARNs to documents, each in the smallest form that does the job.

A statement is a plain mapping in IAM's JSON grammar. Those on keys' policies are in `key_policy`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from infra.stage import Stage

Statement = Mapping[str, Any]

# A wrapped vault key is bound to its merchant by the encryption context that it was made with: asking to
# open it without that context, or with another, fails in KMS.
MERCHANT_CONTEXT_ONLY = {"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["merchant"]}}

# An endpoint's signing secret is bound to its endpoint in the same way.
ENDPOINT_CONTEXT_ONLY = {"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["endpoint"]}}

# What SQS asks of a sender's role; it also reads, to use a data key again that it has made before.
WRITING = ("Decrypt", "GenerateDataKey")


def document(statements: Iterable[Statement]) -> str:
    """A policy document with a stable order: equal permissions are equal text."""
    ordered = sorted(statements, key=lambda statement: json.dumps(statement, sort_keys=True))
    return json.dumps({"Version": "2012-10-17", "Statement": ordered}, sort_keys=True)


def allow(
    actions: Sequence[str], resource: str | Sequence[str], condition: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The right to `actions` on one resource, or on each of several."""
    named = resource if isinstance(resource, str) else sorted(resource)
    statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": named}
    return {**statement, "Condition": condition} if condition else statement


def through(stage: Stage, service: str) -> dict[str, Any]:
    """The condition that a key is used by an AWS service (`dynamodb`, …) of the stage, for its data."""
    return {
        "StringEquals": {"kms:CallerAccount": stage.account_id, "kms:ViaService": stage.endpoint(service)}
    }


# --- what a function's role may do


def use_table(table_arn: str, *operations: str) -> Statement:
    """The named DynamoDB operations (`GetItem`, …) on a table; never `Scan`."""
    return allow([f"dynamodb:{operation}" for operation in operations], table_arn)


def query_index(table_arn: str, index: str) -> Statement:
    """Reading one secondary index."""
    return allow(["dynamodb:Query"], f"{table_arn}/index/{index}")


def scan_table(table_arn: str) -> Statement:
    """Reading every row of a table: for a rare job that needs all of a small table, never for a request."""
    return allow(["dynamodb:Scan"], table_arn)


def read_stream(stream_arn: str) -> Statement:
    """What Lambda's poller needs, in the function's name, to read a table's stream."""
    operations = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
    return allow([f"dynamodb:{operation}" for operation in operations], stream_arn)


def send_messages(queue_arn: str) -> Statement:
    """Putting messages on one queue."""
    return allow(["sqs:SendMessage"], queue_arn)


def receive_messages(queue_arn: str) -> Statement:
    """What Lambda's poller needs, in the function's name, to work a queue off."""
    operations = ("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
    return allow([f"sqs:{operation}" for operation in operations], queue_arn)


def read_secret(secret_arn: str) -> Statement:
    """Reading one secret's value."""
    return allow(["secretsmanager:GetSecretValue"], secret_arn)


def use_key(key_arn: str, *operations: str) -> Statement:
    """The named KMS operations (`Sign`, …) with one key."""
    return allow([f"kms:{operation}" for operation in operations], key_arn)


def decrypt_through(key_arn: str, stage: Stage, service: str) -> Statement:
    """Reading what `service` (`dynamodb`, …) has encrypted with a key; never with the key itself."""
    return allow(["kms:Decrypt"], key_arn, through(stage, service))


def encrypt_through(key_arn: str, stage: Stage, service: str) -> Statement:
    """Having `service` (`sqs`, …) encrypt with a key what the caller sends; never with the key itself."""
    return allow([f"kms:{operation}" for operation in WRITING], key_arn, through(stage, service))


def unwrap_merchant_key(key_arn: str) -> Statement:
    """Opening a merchant's wrapped vault key, with no other encryption context than the merchant."""
    return allow(["kms:Decrypt"], key_arn, MERCHANT_CONTEXT_ONLY)


def use_endpoint_secrets(key_arn: str, *operations: str) -> Statement:
    """Seal or open endpoints' signing secrets, each bound to its endpoint."""
    return allow([f"kms:{operation}" for operation in operations], key_arn, ENDPOINT_CONTEXT_ONLY)


def write_traces() -> Statement:
    """Handing segments to X-Ray, which has no resources to name for this."""
    return allow(["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*")


def write_log(group_arn: str) -> Statement:
    """Writing to the streams of one log group."""
    return allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group_arn}:*")


# --- who may become a role, who may write a log, and who may not reach a queue


def trust_principals(principals: Sequence[str]) -> Statement:
    """The IAM principals may take the role."""
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": sorted(principals)}}


def trust(service: str, source_account: str | None = None) -> Statement:
    """The AWS service (`lambda`, …) may take the role, if `source_account` is given on its behalf only."""
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": f"{service}.amazonaws.com"},
    }
    if source_account is None:
        return statement
    # Firehose proves on whose behalf it comes by an external id (Data Firehose's developer guide).
    proof = "sts:ExternalId" if service == "firehose" else "aws:SourceAccount"
    return {**statement, "Condition": {"StringEquals": {proof: source_account}}}


def deliver_logs(stage: Stage, group_arn: str) -> Statement:
    """AWS's log delivery writes to the streams of one log group, on behalf of the stage's account."""
    condition = {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": stage.arn("logs", "*")},
    }
    granted = allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group_arn}:*", condition)
    return {"Sid": "LogDelivery", "Principal": {"Service": "delivery.logs.amazonaws.com"}, **granted}


def keep_events(group_arn: str) -> Statement:
    """EventBridge writes events to the streams of one log group. AWS's own statement has no condition on the
    source (EventBridge User Guide, Using resource-based policies)."""
    granted = allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group_arn}:*")
    services = ["delivery.logs.amazonaws.com", "events.amazonaws.com"]
    return {"Sid": "Events", "Principal": {"Service": services}, **granted}


def refuse_plain_text(queue_arn: str, *operations: str) -> Statement:
    """Nobody performs the named SQS operations (`SendMessage`, …) without TLS."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": sorted(f"sqs:{operation}" for operation in operations),
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
