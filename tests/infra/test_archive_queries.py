"""Asking the archive: where, what of, and at which cost."""

import json
from typing import Any

import pytest

from engine import Graph, Node
from infra.archive.queries import saved_queries
from tests.infra.graphs import (
    key_arns,
)

LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
SCHEDULE = "aws:scheduler/schedule:Schedule"
GLUE_TABLE = "aws:glue/catalogTable:CatalogTable"
WORKGROUP = "aws:athena/workgroup:Workgroup"
NAMED_QUERY = "aws:athena/namedQuery:NamedQuery"


def archive_of(graph: Graph) -> str:
    return f"tollgate-{graph.stack}-archive-{graph.exports['account_id']}"


def requests(graph: Graph) -> dict[str, dict[str, Any]]:
    """What the schedules ask of DynamoDB, by schedule."""
    return {node.name: json.loads(node.inputs["target"]["input"]) for node in graph.of_type(SCHEDULE)}


def test_answers_are_kept_encrypted_in_their_own_bucket_and_questions_are_bounded(graph: Graph) -> None:
    configuration = graph.one(WORKGROUP, "archive").inputs["configuration"]
    results = f"tollgate-{graph.stack}-query-results-{graph.exports['account_id']}"
    assert configuration["enforceWorkgroupConfiguration"] is True
    assert configuration["bytesScannedCutoffPerQuery"] == 200 * 1024**3
    assert configuration["resultConfiguration"] == {
        "outputLocation": f"s3://{results}/",
        "expectedBucketOwner": graph.exports["account_id"],
        "encryptionConfiguration": {
            "encryptionOption": "SSE_KMS",
            "kmsKeyArn": key_arns(graph)["archive"],
        },
    }
    (rule,) = graph.one(LIFECYCLE, "query-results").inputs["rules"]
    assert rule["expiration"] == {"days": 30}


def test_tables_find_what_delivery_and_exports_write(graph: Graph) -> None:
    bucket = archive_of(graph)
    templates = {
        node.name: node.inputs["parameters"]["storage.location.template"]
        for node in graph.of_type(GLUE_TABLE)
    }
    assert templates == {
        "logs": f"s3://{bucket}/logs/${{day}}/",
        "payments": f"s3://{bucket}/exports/payments/AWSDynamoDB/${{export_id}}/data/",
        "audits": f"s3://{bucket}/exports/audits/AWSDynamoDB/${{export_id}}/data/",
    }
    assert graph.one(STREAM, "logs").inputs["extendedS3Configuration"]["prefix"].startswith("logs/")
    for name, request in requests(graph).items():
        assert templates[name].startswith(f"s3://{bucket}/{request['S3Prefix']}/AWSDynamoDB/")


def test_the_usual_questions_are_saved(graph: Graph) -> None:
    saved = {node.name: node for node in graph.of_type(NAMED_QUERY)}
    assert saved.keys() == {
        "payment-history",
        "declines-by-day",
        "refunds-by-client",
        "reconciliation-differences",
        "payment-readers",
    }
    for node in saved.values():
        assert node.inputs["workgroup"] == graph.one(WORKGROUP, "archive").inputs["name"]
        assert node.inputs["database"] == f"tollgate_{graph.stack}_archive"


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_a_saved_query_asks_one_export_and_says_what_it_answers(query: Any) -> None:
    assert "WHERE export_id = ?\n" in query.sql
    assert query.description.endswith(".")
    assert "Fill in: export of" in query.description
    assert query.description.partition("Fill in: ")[2].count(",") == query.sql.count("?") - 1


def columns(node: Node) -> str:
    return json.dumps(node.inputs["storageDescriptor"]["columns"])


def test_the_catalog_leaves_out_the_card_fingerprint(graph: Graph) -> None:
    assert "operations:" in columns(graph.one(GLUE_TABLE, "payments"))
    for node in graph.of_type(GLUE_TABLE):
        for kept_back in ("pan_mac", "jwe", "cvc", "number"):
            assert kept_back not in columns(node)
