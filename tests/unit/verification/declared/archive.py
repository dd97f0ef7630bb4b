"""What an account as declared says of its archive."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import RECENTLY, Inputs, all_of, one, to


@to("s3:GetPublicAccessBlock")
def public_access(graph: Graph, asked: Inputs) -> dict[str, Any]:
    guards = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    return {"PublicAccessBlockConfiguration": dict.fromkeys(guards, True)}


@to("s3:GetBucketVersioning")
def versioning(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Status": "Enabled"}


@to("s3:GetBucketEncryption")
def encryption(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (rule,) = one(graph, kind, bucket=asked["Bucket"])["rules"]
    algorithm = rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"]
    by_default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}
    return {"ServerSideEncryptionConfiguration": {"Rules": [by_default]}}


@to("s3:GetObjectLockConfiguration")
def object_lock(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    kept = one(graph, kind, bucket=asked["Bucket"])["rule"]["defaultRetention"]
    rule = {"DefaultRetention": {"Mode": kept["mode"], "Days": kept["days"]}}
    return {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": rule}}


@to("firehose:DescribeDeliveryStream")
def log_delivery(graph: Graph, asked: Inputs) -> dict[str, Any]:
    name = asked["DeliveryStreamName"]
    live = {
        "DeliveryStreamName": name,
        "DeliveryStreamARN": f"arn:aws:firehose:x:y:{name}",
        "DeliveryStreamStatus": "ACTIVE",
        "DeliveryStreamEncryptionConfiguration": {"Status": "ENABLED"},
        "DeliveryStreamType": "DirectPut",
        "VersionId": "1",
        "Destinations": [],
        "HasMoreDestinations": False,
    }
    return {"DeliveryStreamDescription": live}


@to("s3:ListObjectsV2")
def objects(graph: Graph, asked: Inputs) -> dict[str, Any]:
    # Nothing of today yet.
    packages = {each["key"] for each in all_of(graph, "s3/bucketObjectv2:BucketObjectv2")}
    return {"KeyCount": 1 if asked["Prefix"] in {"logs/2026/11/21/", *packages} else 0}


@to("logs:DescribeLogGroups")
def log_groups(graph: Graph, asked: Inputs) -> dict[str, Any]:
    groups = all_of(graph, "cloudwatch/logGroup:LogGroup")
    live = [
        {
            "logGroupName": each["name"],
            "retentionInDays": each["retentionInDays"],
            "kmsKeyId": "arn:aws:kms:x",
        }
        for each in groups
        if each["name"].startswith(asked["logGroupNamePrefix"])
    ]
    return {"logGroups": live}


@to("logs:DescribeSubscriptionFilters")
def subscriptions(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
    declared = one(graph, kind, logGroup=asked["logGroupName"])
    live = {"filterName": declared["name"], "destinationArn": declared["destinationArn"], "filterPattern": ""}
    return {"subscriptionFilters": [live]}


@to("scheduler:GetSchedule")
def schedule(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "scheduler/schedule:Schedule", name=asked["Name"])
    return {"State": "ENABLED", "ScheduleExpression": declared["scheduleExpression"]}


@to("dynamodb:ListExports")
def exports(graph: Graph, asked: Inputs) -> dict[str, Any]:
    arns = [f"{asked['TableArn']}/export/{number}-abcdef" for number in ("01690000000000", "01790000000000")]
    return {"ExportSummaries": [{"ExportArn": arn} for arn in arns]}


@to("dynamodb:DescribeExport")
def export(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert "01790000000000" in asked["ExportArn"]
    return {"ExportDescription": {"ExportStatus": "COMPLETED", "ExportTime": RECENTLY}}
