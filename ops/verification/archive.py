"""The archive: logs and tables that arrive where nobody changes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from infra.settings.kinds import longest_between
from ops.verification.account import Account
from ops.verification.check import UnclearError, check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
EXPORT = "aws:scheduler/schedule:Schedule"
# What an export may take, beside the time between two.
FOR_AN_EXPORT = timedelta(days=1)


@check(
    "aws:s3/bucket:Bucket",
    "s3:GetPublicAccessBlock",
    "s3:GetBucketVersioning",
    "s3:GetBucketEncryption",
    shows="Buckets are private, keep every version, and are encrypted as declared",
    remedy=DEPLOY,
)
def buckets(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["bucket"]
    blocked = account.ask("s3", "GetPublicAccessBlock", Bucket=name)["PublicAccessBlockConfiguration"]
    for guard, on in blocked.items():
        yield from differ(guard, on, True)
    versioning = account.ask("s3", "GetBucketVersioning", Bucket=name).get("Status", "never enabled")
    yield from differ("versioning", versioning, "Enabled")
    answer = account.ask("s3", "GetBucketEncryption", Bucket=name)["ServerSideEncryptionConfiguration"]
    (rule,) = answer["Rules"]
    algorithm = rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]
    part = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (declared,) = _part(account, name, part)["rules"]
    by_default = declared["applyServerSideEncryptionByDefault"]
    yield from differ("encryption", algorithm, by_default["sseAlgorithm"])


def _part(account: Account, bucket: str, kind: str) -> dict[str, Any]:
    nodes = account.graph.of_type(f"aws:s3/{kind}")
    return next(node.inputs for node in nodes if node.inputs["bucket"] == bucket)


@check(
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "s3:GetObjectLockConfiguration",
    shows="What is to be kept can't be removed before its time",
    remedy=DEPLOY,
)
def object_lock(account: Account, node: Node) -> Iterator[str]:
    answer = account.ask("s3", "GetObjectLockConfiguration", Bucket=node.inputs["bucket"])
    live = answer["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    declared = node.inputs["rule"]["defaultRetention"]
    yield from differ("its mode", live["Mode"], declared["mode"])
    yield from differ("its days", live.get("Days"), declared["days"])


@check(
    DELIVERY,
    "firehose:DescribeDeliveryStream",
    shows="Logs are on their way to the archive, encrypted",
    remedy="Its failures are in the log group of log delivery: docs/runbook/alarms.md. " + DEPLOY,
)
def log_delivery(account: Account, node: Node) -> Iterator[str]:
    answer = account.ask("firehose", "DescribeDeliveryStream", DeliveryStreamName=node.inputs["name"])
    live = answer["DeliveryStreamDescription"]
    yield from differ("its state", live["DeliveryStreamStatus"], "ACTIVE")
    encryption = live.get("DeliveryStreamEncryptionConfiguration", {}).get("Status")
    yield from differ("its encryption", encryption, "ENABLED")


@check(
    DELIVERY,
    "s3:ListObjectsV2",
    shows="Logs of yesterday or today are in the archive",
    remedy="No traffic writes no logs; otherwise the log group of log delivery tells what failed.",
)
def logs_arrive(account: Account, node: Node) -> Iterator[str]:
    to = node.inputs["extendedS3Configuration"]
    bucket = to["bucketArn"].rpartition(":")[2]
    prefix = to["prefix"].partition("!{")[0]
    days = [account.now, account.now - timedelta(days=1)]
    found = [
        account.ask("s3", "ListObjectsV2", Bucket=bucket, Prefix=f"{prefix}{day:%Y/%m/%d}/", MaxKeys=1)[
            "KeyCount"
        ]
        for day in days
    ]
    if not any(found):
        yield f"no object below {prefix} since yesterday"


@check(
    "aws:cloudwatch/logGroup:LogGroup",
    "logs:DescribeLogGroups",
    shows="Log groups are encrypted with a key of ours, and kept as long as declared",
    remedy=DEPLOY,
)
def log_groups(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["name"]
    listed = account.every("logs", "DescribeLogGroups", "logGroups", logGroupNamePrefix=name)
    live = [group for group in listed if group["logGroupName"] == name]
    yield from differ("their number", len(live), 1)
    for group in live:
        yield from differ("its days", group.get("retentionInDays"), node.inputs["retentionInDays"])
        if "kmsKeyId" not in group:
            yield "it isn't encrypted with a key of ours"


@check(
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    "logs:DescribeSubscriptionFilters",
    shows="Every log group feeds the archive, whole",
    remedy=DEPLOY,
)
def subscriptions(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    answer = account.ask("logs", "DescribeSubscriptionFilters", logGroupName=declared["logGroup"])
    live = [each for each in answer["subscriptionFilters"] if each["filterName"] == declared["name"]]
    to = [(each["destinationArn"], each["filterPattern"]) for each in live]
    yield from differ("where it leads", to, [(declared["destinationArn"], declared["filterPattern"])])


@check(
    EXPORT,
    "scheduler:GetSchedule",
    shows="Exports of payments and audits are on, at the declared time",
    remedy=DEPLOY,
)
def schedules(account: Account, node: Node) -> Iterator[str]:
    name, group = node.inputs["name"], node.inputs["groupName"]
    live = account.ask("scheduler", "GetSchedule", Name=name, GroupName=group)
    yield from differ("its state", live["State"], "ENABLED")
    yield from differ("its time", live["ScheduleExpression"], node.inputs["scheduleExpression"])


@check(
    EXPORT,
    "dynamodb:ListExports",
    "dynamodb:DescribeExport",
    shows="The last export of each table is no older than its schedule says, and complete",
    remedy="Why an export wasn't begun is in the queue of exports that failed: docs/runbook/alarms.md.",
)
def exports(account: Account, node: Node) -> Iterator[str]:
    table = json.loads(node.inputs["target"]["input"])["TableArn"]
    listed = account.ask("dynamodb", "ListExports", TableArn=table)["ExportSummaries"]
    if not listed:
        raise UnclearError("nothing has been exported yet")
    # An export's ARN ends in the time when it began.
    newest = max(each["ExportArn"] for each in listed)
    live = account.ask("dynamodb", "DescribeExport", ExportArn=newest)["ExportDescription"]
    if live["ExportStatus"] == "FAILED":
        yield f"the last one failed: {live.get('FailureMessage', '')}"
    between = timedelta(days=longest_between(node.inputs["scheduleExpression"]))
    if (age := account.now - live["ExportTime"]) > between + FOR_AN_EXPORT:
        yield f"the last one is {age.days} days old"


CHECKS = (
    buckets,
    object_lock,
    log_delivery,
    logs_arrive,
    log_groups,
    subscriptions,
    schedules,
    exports,
)
