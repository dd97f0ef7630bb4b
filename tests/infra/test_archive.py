"""The archive: what gets there, and how long it stays."""

import json
from typing import Any

import pytest

from engine import Graph
from tests.infra.graphs import (
    LOG_GROUP,
    QUEUE,
    ROLE,
    ROLE_POLICY,
    TABLE,
    Graphs,
    archive_of,
    key_arns,
)

BUCKET = "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
SUBSCRIPTION = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
SCHEDULE = "aws:scheduler/schedule:Schedule"


def requests(graph: Graph) -> dict[str, dict[str, Any]]:
    """What the schedules ask of DynamoDB, by schedule."""
    return {node.name: json.loads(node.inputs["target"]["input"]) for node in graph.of_type(SCHEDULE)}


def test_every_log_group_is_archived_whole(graph: Graph) -> None:
    subscribed = {node.inputs["logGroup"]: node.inputs for node in graph.of_type(SUBSCRIPTION)}
    names = {node.inputs["name"] for node in graph.of_type(LOG_GROUP)}
    assert names - subscribed.keys() == {
        # The delivery's own errors can't go where delivery fails.
        f"/aws/kinesisfirehose/tollgate-{graph.stack}-logs",
        # CloudTrail itself keeps its files in a bucket.
        f"/aws/cloudtrail/tollgate-{graph.stack}-trail",
    }
    assert subscribed.keys() <= names
    for inputs in subscribed.values():
        assert inputs["filterPattern"] == ""
        assert inputs["destinationArn"] == graph.one(STREAM, "logs").outputs["arn"]
        assert inputs["roleArn"] == graph.one(ROLE, "log-subscription").outputs["arn"]


def test_the_access_log_and_the_execution_log_are_archived(graph: Graph) -> None:
    assert {"access", "execution"} <= {node.name for node in graph.of_type(SUBSCRIPTION)}


def test_a_subscription_waits_for_the_right_to_deliver(graph: Graph) -> None:
    feeding = graph.one(ROLE_POLICY, "log-subscription")
    for node in graph.of_type(SUBSCRIPTION):
        assert feeding.urn in node.dependencies


def test_logs_are_delivered_by_date_packed_and_encrypted(graph: Graph) -> None:
    stream = graph.one(STREAM, "logs")
    target = stream.inputs["extendedS3Configuration"]
    key = key_arns(graph)["archive"]
    assert target["bucketArn"] == f"arn:aws:s3:::{archive_of(graph)}"
    assert target["prefix"] == "logs/!{timestamp:yyyy/MM/dd}/"
    assert target["errorOutputPrefix"].startswith("failed/!{firehose:error-output-type}/")
    assert (target["compressionFormat"], target["kmsKeyArn"]) == ("GZIP", key)
    assert stream.inputs["serverSideEncryption"] == {
        "enabled": True,
        "keyType": "CUSTOMER_MANAGED_CMK",
        "keyArn": key,
    }
    logging = target["cloudwatchLoggingOptions"]
    assert logging["logGroupName"] == graph.one(LOG_GROUP, "log-delivery").inputs["name"]
    assert graph.one(ROLE_POLICY, "log-delivery").urn in stream.dependencies


def test_nothing_is_put_into_the_archive_before_it_is_locked(graph: Graph) -> None:
    lock = graph.one(LOCK, "archive").urn
    for node in (graph.one(STREAM, "logs"), *graph.of_type(SCHEDULE)):
        assert lock in node.dependencies
        assert graph.one(BUCKET_POLICY, "archive").urn in node.dependencies


def test_exactly_payments_and_audits_are_exported_when_the_stage_says(graph: Graph) -> None:
    tables = {node.outputs["arn"]: node.name for node in graph.of_type(TABLE)}
    asked = requests(graph)
    assert {name: tables[request["TableArn"]] for name, request in asked.items()} == {
        "payments": "payments",
        "audits": "audits",
    }
    for node in graph.of_type(SCHEDULE):
        at = "cron(30 2 ? * WED,SUN *)" if graph.stack == "prod" else "cron(30 2 * * ? *)"
        assert node.inputs["scheduleExpression"] == at
        assert node.inputs["flexibleTimeWindow"] == {"mode": "OFF"}
        target = node.inputs["target"]
        assert target["arn"] == "arn:aws:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime"
        assert target["roleArn"] == graph.one(ROLE, "export").outputs["arn"]


def test_an_export_is_whole_encrypted_and_goes_to_the_archive(graph: Graph) -> None:
    for name, request in requests(graph).items():
        assert request == {
            "TableArn": graph.one(TABLE, name).outputs["arn"],
            "S3Bucket": archive_of(graph),
            "S3BucketOwner": graph.exports["account_id"],
            "S3Prefix": f"exports/{name}",
            "S3SseAlgorithm": "KMS",
            "S3SseKmsKeyId": key_arns(graph)["archive"],
            "ExportFormat": "DYNAMODB_JSON",
            "ExportType": "FULL_EXPORT",
        }


def test_an_export_that_fails_is_kept_for_somebody_to_see(graph: Graph) -> None:
    dead = graph.one(QUEUE, "exports-dead")
    # The scheduler refuses a FIFO queue.
    assert not dead.inputs.get("fifoQueue")
    for node in graph.of_type(SCHEDULE):
        assert node.inputs["target"]["deadLetterConfig"] == {"arn": dead.outputs["arn"]}
        assert node.inputs["target"]["retryPolicy"]["maximumRetryAttempts"] == 5


@pytest.mark.parametrize(
    ("stack", "mode", "days", "cold", "expire"),
    [("dev", "GOVERNANCE", 1, None, 60), ("prod", "COMPLIANCE", 400, 90, 730)],
)
def test_records_stay_as_long_as_the_stage_says(
    graphs: Graphs, stack: str, mode: str, days: int, cold: int | None, expire: int
) -> None:
    graph = graphs(stack)
    assert graph.one(LOCK, "archive").inputs["rule"] == {"defaultRetention": {"mode": mode, "days": days}}
    for name in ("archive", "access-logs"):
        rule = graph.one(LIFECYCLE, name).inputs["rules"][0]
        # The cold class asks for ninety days at least: what goes earlier is cheaper without.
        moved = [{"days": cold, "storageClass": "GLACIER_IR"}] if cold else None
        assert rule.get("transitions") == moved
        assert rule["expiration"] == {"days": expire}


def test_production_exports_twice_a_week_and_lets_exports_go_as_soon_as_their_lock(graphs: Graphs) -> None:
    """Each is the whole table, and stays as long as the lock says whatever it costs."""
    graph = graphs("prod")
    for node in graph.of_type(SCHEDULE):
        assert node.inputs["scheduleExpression"] == "cron(30 2 ? * WED,SUN *)"
    _, exports = graph.one(LIFECYCLE, "archive").inputs["rules"]
    assert exports["filter"] == {"prefix": "exports/"}
    assert exports["expiration"] == {
        "days": graph.one(LOCK, "archive").inputs["rule"]["defaultRetention"]["days"]
    }


def test_a_durable_stage_protects_its_buckets_and_another_can_be_removed(graphs: Graphs) -> None:
    for stack, durable in (("prod", True), ("dev", False)):
        for bucket in graphs(stack).of_type(BUCKET):
            assert bucket.protect is durable
            assert bucket.inputs["forceDestroy"] is not durable


def test_whoever_reaches_for_records_is_logged(graph: Graph) -> None:
    logged = {node.name: node.inputs for node in graph.of_type("aws:s3/bucketLogging:BucketLogging")}
    assert {"archive", "query-results"} <= logged.keys()
    for inputs in logged.values():
        assert inputs["targetBucket"] == graph.one(BUCKET, "access-logs").inputs["bucket"]
