"""The archive: what gets there, who puts it there, who reads it, and how long it stays."""

import json
from typing import Any

import pytest

from engine import Graph
from infra import access
from infra.archive import statements as about
from infra.stage import Stage
from tests.infra.graphs import (
    KEY,
    LOG_GROUP,
    QUEUE,
    ROLE,
    ROLE_POLICY,
    TABLE,
    Graphs,
    actions,
    key_arns,
    policy_of,
    statements,
)
from tests.infra.iam import USING_A_KEY, findings

BUCKET = "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
SUBSCRIPTION = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
SCHEDULE = "aws:scheduler/schedule:Schedule"
GLUE_TABLE = "aws:glue/catalogTable:CatalogTable"
ROLES = ("log-delivery", "log-subscription", "export", "investigator")
STAGE = Stage("dev", "222222222222", "eu-west-1")


def archive_of(graph: Graph) -> str:
    return f"tollgate-{graph.stack}-archive-{graph.exports['account_id']}"


def role_arns(graph: Graph, *names: str) -> list[str]:
    return sorted(graph.one(ROLE, name).outputs["arn"] for name in names)


def by_sid(document: str) -> dict[str, dict[str, Any]]:
    return {statement["Sid"]: statement for statement in statements(document)}


def requests(graph: Graph) -> dict[str, dict[str, Any]]:
    """What the schedules ask of DynamoDB, by schedule."""
    return {node.name: json.loads(node.inputs["target"]["input"]) for node in graph.of_type(SCHEDULE)}


# --- what gets there


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


# --- exports


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


def test_the_export_may_export_two_tables_and_read_none(graph: Graph) -> None:
    allowed = policy_of(graph, "export")
    exporting = {
        statement["Resource"] for statement in allowed if actions(statement)[0].startswith("dynamodb:")
    }
    assert exporting == {graph.one(TABLE, name).outputs["arn"] for name in ("payments", "audits")}
    named = {action for statement in allowed for action in actions(statement)}
    assert {action for action in named if action.startswith("dynamodb:")} == {
        "dynamodb:ExportTableToPointInTime"
    }
    assert "s3:GetObject" not in named


def test_the_vault_is_never_exported_nor_known_to_the_catalog(graph: Graph) -> None:
    vault, key = graph.one(TABLE, "vault"), key_arns(graph)["vault"]
    assert "vault" not in access.EXPORTED
    for role in ROLES:
        text = graph.one(ROLE_POLICY, role).inputs["policy"]
        assert vault.outputs["arn"] not in text
        assert key not in text
    for node in graph.of_type(GLUE_TABLE):
        assert vault.inputs["name"] not in json.dumps(node.inputs)


# --- who writes, who reads


def test_only_delivery_and_export_write_and_only_the_investigator_reads(graph: Graph) -> None:
    policy = by_sid(graph.one(BUCKET_POLICY, "archive").inputs["policy"])
    for sid, denied, roles in (
        ("OtherWriters", ["s3:PutObject"], ("export", "log-delivery")),
        ("OtherReaders", ["s3:GetObject", "s3:GetObjectVersion"], ("investigator",)),
    ):
        refused = policy[sid]
        assert (refused["Effect"], refused["Principal"]) == ("Deny", {"AWS": "*"})
        assert refused["Action"] == denied
        assert refused["Resource"] == f"arn:aws:s3:::{archive_of(graph)}/*"
        assert refused["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": role_arns(graph, *roles)}}


def test_the_archives_key_says_the_same(graph: Graph) -> None:
    policy = by_sid(graph.one(KEY, "archive").inputs["policy"])
    archive = f"arn:aws:s3:::{archive_of(graph)}"
    results = f"arn:aws:s3:::tollgate-{graph.stack}-query-results-{graph.exports['account_id']}"
    for sid, roles, bucket in (
        ("Storing", ("export", "log-delivery"), archive),
        ("Reading", ("investigator",), archive),
        ("Results", ("investigator",), results),
    ):
        statement = policy[sid]
        assert statement["Principal"]["AWS"] == role_arns(graph, *roles)
        assert statement["Condition"]["StringLike"] == {
            "kms:EncryptionContext:aws:s3:arn": [bucket, f"{bucket}/*"]
        }
        via = statement["Condition"]["StringEquals"]["kms:ViaService"]
        assert via == f"s3.{graph.exports['region']}.amazonaws.com"
    assert actions(policy["Reading"]) == ["kms:Decrypt"]
    # Those who deploy let Firehose use the key, and can't use it themselves.
    others = {sid for sid in policy if sid not in {"Storing", "Reading", "Results"}}
    assert others == {"Administration", "Delegation"}
    assert not [action for action in actions(policy["Administration"]) if USING_A_KEY.match(action)]


@pytest.mark.parametrize(("stack", "investigator"), [("dev", "tollgate-audit"), ("prod", "tollgate-audit")])
def test_the_named_investigators_take_the_role_that_reads(
    graphs: Graphs, stack: str, investigator: str
) -> None:
    graph = graphs(stack)
    (trusted,) = statements(graph.one(ROLE, "investigator").inputs["assumeRolePolicy"])
    account = graph.exports["account_id"]
    assert trusted["Principal"] == {"AWS": [f"arn:aws:iam::{account}:role/{investigator}"]}


def test_the_investigator_reads_and_changes_nothing_but_results(graph: Graph) -> None:
    results = f"arn:aws:s3:::tollgate-{graph.stack}-query-results-{graph.exports['account_id']}/*"
    for statement in policy_of(graph, "investigator"):
        writing = [action for action in actions(statement) if action.startswith(("s3:Put", "s3:Delete"))]
        assert not writing or statement["Resource"] == results
        assert not [action for action in actions(statement) if action.startswith("dynamodb:")]


def test_a_service_takes_its_role_for_this_account_only(graph: Graph) -> None:
    for name, service, proof in (
        ("log-delivery", "firehose", "sts:ExternalId"),
        ("log-subscription", "logs", "aws:SourceAccount"),
        ("export", "scheduler", "aws:SourceAccount"),
    ):
        (trusted,) = statements(graph.one(ROLE, name).inputs["assumeRolePolicy"])
        assert trusted["Principal"] == {"Service": f"{service}.amazonaws.com"}
        assert trusted["Condition"] == {"StringEquals": {proof: graph.exports["account_id"]}}


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_policy_is_clean_and_without_wildcards(graph: Graph, role: str) -> None:
    for statement in policy_of(graph, role):
        if statement == about.look_around():
            continue  # AWS knows no resource for these
        assert findings(statement) == set()
        assert not [action for action in actions(statement) if "*" in action]
        resources = statement["Resource"]
        for resource in [resources] if isinstance(resources, str) else resources:
            assert "*" not in resource[:-1]
            assert resource.rstrip("*").endswith("/") or not resource.endswith("*")


@pytest.mark.parametrize(
    "statement",
    [
        about.refuse_other_writers(STAGE.bucket("archive"), ["arn:aws:iam::222222222222:role/a"]),
        about.refuse_other_readers(STAGE.bucket("archive"), ["arn:aws:iam::222222222222:role/a"]),
    ],
    ids=lambda statement: statement["Sid"],
)
def test_a_refusal_names_existing_actions_and_conditions(statement: dict[str, Any]) -> None:
    assert findings(statement) == set()


# --- how long it stays


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
