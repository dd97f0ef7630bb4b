"""What an account as declared says of its data."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import ACCOUNT, RECENTLY, Inputs, one, to


@to("dynamodb:DescribeTable")
def table(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "dynamodb/table:Table", name=asked["TableName"])
    live: dict[str, Any] = {
        "TableStatus": "ACTIVE",
        "DeletionProtectionEnabled": declared["deletionProtectionEnabled"],
        "SSEDescription": {"Status": "ENABLED"},
        "GlobalSecondaryIndexes": [
            {"IndexName": each["name"]} for each in declared["globalSecondaryIndexes"]
        ],
    }
    if declared.get("streamEnabled"):
        live["StreamSpecification"] = {"StreamEnabled": True}
    return {"Table": live}


@to("dynamodb:DescribeContinuousBackups")
def continuous_backups(graph: Graph, asked: Inputs) -> dict[str, Any]:
    enabled = one(graph, "dynamodb/table:Table", name=asked["TableName"])["pointInTimeRecovery"]["enabled"]
    status = "ENABLED" if enabled else "DISABLED"
    return {
        "ContinuousBackupsDescription": {
            "ContinuousBackupsStatus": "ENABLED",
            "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status},
        }
    }


@to("dynamodb:DescribeTimeToLive")
def time_to_live(graph: Graph, asked: Inputs) -> dict[str, Any]:
    ttl = one(graph, "dynamodb/table:Table", name=asked["TableName"]).get("ttl")
    if not ttl:
        return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}
    live = {"TimeToLiveStatus": "ENABLED", "AttributeName": ttl["attributeName"]}
    return {"TimeToLiveDescription": live}


@to("kms:DescribeKey")
def key(graph: Graph, asked: Inputs) -> dict[str, Any]:
    # AWS's ids differ from the graph's, so the name makes one up.
    return {"KeyMetadata": {"KeyId": f"live-{asked['KeyId'].partition('/')[2]}", "KeyState": "Enabled"}}


@to("kms:GetKeyRotationStatus")
def rotation(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"KeyRotationEnabled": True}


@to("kms:GetKeyPolicy")
def key_policy(graph: Graph, asked: Inputs) -> dict[str, Any]:
    alias = one(graph, "kms/alias:Alias", name=f"alias/{asked['KeyId'].removeprefix('live-')}")
    keys = graph.of_type("aws:kms/key:Key")
    return {"Policy": next(key.inputs["policy"] for key in keys if key.id == alias["targetKeyId"])}


@to("secretsmanager:DescribeSecret")
def secret(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"LastChangedDate": RECENTLY, "VersionIdsToStages": {"0" * 32: ["AWSCURRENT"]}}


@to("sqs:GetQueueUrl")
def queue_url(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"QueueUrl": f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/{asked['QueueName']}"}


@to("sqs:GetQueueAttributes")
def queue(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "sqs/queue:Queue", name=asked["QueueUrl"].rpartition("/")[2])
    kept = str(declared.get("messageRetentionSeconds", 345_600))
    live = {"KmsMasterKeyId": "arn:aws:kms:x", "MessageRetentionPeriod": kept}
    return {"Attributes": live | ({"FifoQueue": "true"} if declared.get("fifoQueue") else {})}
