"""The functions' package is uploaded once, under its digest, and never replaced."""

import base64
import hashlib
import re
from pathlib import Path

from engine import Graph
from tests.infra.graphs import FUNCTION, Graphs, key_arns, statements

BUCKET = "aws:s3/bucket:Bucket"
KEY = "aws:kms/key:Key"
LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"


def test_all_functions_run_one_object_which_is_named_by_its_content(graph: Graph, package: Path) -> None:
    uploaded = graph.one(OBJECT, "package")
    digest = hashlib.sha256(package.read_bytes())
    assert uploaded.inputs["key"] == f"tollgate-{digest.hexdigest()}.zip"
    for function in graph.of_type(FUNCTION):
        inputs = function.inputs
        assert "code" not in inputs
        assert inputs["s3Bucket"] == graph.one(BUCKET, "artifacts").inputs["bucket"]
        assert (inputs["s3Key"], inputs["s3ObjectVersion"]) == (
            uploaded.inputs["key"],
            uploaded.outputs["versionId"],
        )
        # What Lambda says of the code that runs, so that both can be compared.
        assert inputs["sourceCodeHash"] == base64.b64encode(digest.digest()).decode()
        assert uploaded.urn in function.dependencies


def test_a_package_is_put_into_a_locked_encrypted_logged_bucket(graph: Graph) -> None:
    assert graph.one(BUCKET, "artifacts").inputs["objectLockEnabled"] is True
    assert graph.one(LOCK, "artifacts").urn in graph.one(OBJECT, "package").dependencies
    assert graph.one("aws:s3/bucketLogging:BucketLogging", "artifacts")
    (rule,) = graph.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "artifacts"
    ).inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == key_arns(graph)["artifacts"]


def test_packages_of_earlier_deployments_never_expire(graph: Graph) -> None:
    lifecycle = graph.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "artifacts")
    for rule in lifecycle.inputs["rules"]:
        assert "expiration" not in rule


def test_a_durable_stages_packages_cant_be_removed_by_anybody(graphs: Graphs) -> None:
    modes = {
        stack: graphs(stack).one(LOCK, "artifacts").inputs["rule"]["defaultRetention"]
        for stack in ("dev", "prod")
    }
    assert modes == {"dev": {"mode": "GOVERNANCE", "days": 1}, "prod": {"mode": "COMPLIANCE", "days": 400}}


def test_only_who_deploys_or_compares_opens_a_package(graphs: Graphs) -> None:
    granted = [
        statement
        for statement in statements(graphs("prod").one(KEY, "artifacts").inputs["policy"])
        if "kms:Decrypt" in statement["Action"] and "AWS" in statement["Principal"]
    ]
    named = {arn for statement in granted for arn in statement["Principal"]["AWS"]}
    assert {re.sub(r".*:role/", "", arn) for arn in named} == {
        "tollgate-deploy",
        "tollgate-operator",
        "tollgate-preview",
    }
    for statement in granted:
        assert statement["Condition"]["StringEquals"]["kms:ViaService"] == "s3.eu-west-1.amazonaws.com"
