"""Tables, keys, queues and secrets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.documents import same
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

# docs/runbook/rotate-keys.md: what people rotate, they rotate yearly.
OLDEST_SECRET = timedelta(days=365)


@check(
    "aws:dynamodb/table:Table",
    "dynamodb:DescribeTable",
    shows="Tables are active, under their keys, hard to delete, and streamed only where declared",
    remedy=DEPLOY,
)
def tables(account: Account, node: Node) -> Iterator[str]:
    table = account.ask("dynamodb", "DescribeTable", TableName=node.inputs["name"])["Table"]
    declared = node.inputs
    yield from differ("its state", table["TableStatus"], "ACTIVE")
    protected = declared.get("deletionProtectionEnabled", False)
    yield from differ("deletion protection", table["DeletionProtectionEnabled"], protected)
    streamed = table.get("StreamSpecification", {}).get("StreamEnabled", False)
    yield from differ("its stream", streamed, declared.get("streamEnabled", False))
    yield from differ("encryption by KMS", table.get("SSEDescription", {}).get("Status"), "ENABLED")
    indexes = {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
    yield from differ("its indexes", indexes, {i["name"] for i in declared["globalSecondaryIndexes"]})


@check(
    "aws:dynamodb/table:Table",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTimeToLive",
    shows="Tables can be restored to any second, and rows expire only where losing them is right",
    remedy=DEPLOY,
)
def recovery(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["name"]
    backups = account.ask("dynamodb", "DescribeContinuousBackups", TableName=name)
    to_a_second = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    declared = "ENABLED" if node.inputs["pointInTimeRecovery"]["enabled"] else "DISABLED"
    yield from differ("point-in-time recovery", to_a_second["PointInTimeRecoveryStatus"], declared)
    expiring = account.ask("dynamodb", "DescribeTimeToLive", TableName=name)["TimeToLiveDescription"]
    ttl = node.inputs.get("ttl") or {}
    live = expiring.get("AttributeName") if expiring["TimeToLiveStatus"] == "ENABLED" else None
    yield from differ("what lets rows expire", live, ttl.get("attributeName") if ttl.get("enabled") else None)


@check(
    "aws:kms/alias:Alias",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    shows="Keys are enabled, rotate, aren't about to be deleted, and open for whom the program names",
    remedy="A key that is to be deleted: `aws kms cancel-key-deletion`, then `aws kms enable-key`. " + DEPLOY,
)
def keys(account: Account, node: Node) -> Iterator[str]:
    declared = _key_behind(account, node)
    live = account.ask("kms", "DescribeKey", KeyId=node.inputs["name"])["KeyMetadata"]
    yield from differ("its state", live["KeyState"], "Enabled")
    if declared.inputs.get("enableKeyRotation"):
        rotation = account.ask("kms", "GetKeyRotationStatus", KeyId=live["KeyId"])
        yield from differ("rotation", rotation["KeyRotationEnabled"], True)
    policy = account.ask("kms", "GetKeyPolicy", KeyId=live["KeyId"], PolicyName="default")["Policy"]
    if not same(policy, declared.inputs["policy"]):
        yield "its policy isn't the program's"


def _key_behind(account: Account, alias: Node) -> Node:
    target = alias.inputs["targetKeyId"]
    return next(
        key for key in account.graph.of_type("aws:kms/key:Key") if target in (key.id, key.outputs["arn"])
    )


@check(
    "aws:secretsmanager/secret:Secret",
    "secretsmanager:DescribeSecret",
    shows="Secrets have a value, not older than a year, and aren't about to be deleted",
    remedy="`tollgate keys rotate-card`, `tollgate processor set-credentials`; docs/runbook/rotate-keys.md.",
)
def secrets(account: Account, node: Node) -> Iterator[str]:
    secret = account.ask("secretsmanager", "DescribeSecret", SecretId=node.inputs["name"])
    if "DeletedDate" in secret:
        yield "it is about to be deleted"
    stages = [stage for held in secret.get("VersionIdsToStages", {}).values() for stage in held]
    if "AWSCURRENT" not in stages:
        yield "it has no value"
    elif (age := account.now - secret["LastChangedDate"]) > OLDEST_SECRET:
        yield f"its value is {age.days} days old"


@check(
    "aws:sqs/queue:Queue",
    "sqs:GetQueueUrl",
    "sqs:GetQueueAttributes",
    shows="Queues are encrypted with a key of ours, in order where declared, and keep what they should",
    remedy=DEPLOY,
)
def queues(account: Account, node: Node) -> Iterator[str]:
    url = account.ask("sqs", "GetQueueUrl", QueueName=node.inputs["name"])["QueueUrl"]
    live = account.ask("sqs", "GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]
    if "KmsMasterKeyId" not in live:
        yield "it isn't encrypted with a key of ours"
    yield from differ("in order", live.get("FifoQueue") == "true", node.inputs.get("fifoQueue", False))
    kept = node.inputs.get("messageRetentionSeconds", 345_600)
    yield from differ("seconds that messages are kept", int(live["MessageRetentionPeriod"]), kept)


CHECKS = (tables, recovery, keys, secrets, queues)
