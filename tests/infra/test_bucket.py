"""The hardened bucket, in a small program of its own: durable and throw-away, with and without options."""

from typing import Any

import pytest

from engine import Graph, Node, up
from infra import bucket_policy
from infra.stage import Stage
from tests.infra.graphs import statements
from tests.infra.iam import findings

ACCOUNT = "222222222222"
STAGE = Stage("dev", ACCOUNT, "eu-west-1")
NAME = STAGE.bucket("archive")
ARN = f"arn:aws:s3:::{NAME}"
KEY_ARN = STAGE.arn("kms", "key/1f1dbb5e-7f56-4b3c-9d4b-0c8ab6a3a7b1")
PARTS = {
    "BucketLifecycleConfiguration",
    "BucketLogging",
    "BucketObjectLockConfiguration",
    "BucketOwnershipControls",
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
}
PROGRAM = """
import pulumi
import pulumi_aws as aws
from infra import bucket_policy
from infra.bucket import Bucket, BucketArgs
from infra.durability import Durability
from infra.stage import Stage

provider = aws.Provider("aws", region="eu-west-1", allowed_account_ids=["222222222222"])
options = pulumi.ResourceOptions(provider=provider)
stage = Stage("dev", "222222222222", "eu-west-1")
key = aws.kms.Key("key", opts=options)
name = stage.bucket("access-logs")
statement = bucket_policy.receive_access_logs(stage, bucket_policy.bucket_arn(name))
access_logs = Bucket(
    "access-logs",
    BucketArgs(name, Durability.EPHEMERAL, expire_after_days=400, statements=[statement]),
    options,
)
for durability in Durability:
    Bucket(
        durability.value,
        BucketArgs(
            stage.bucket("archive"),
            durability,
            key,
            object_lock_days=365,
            cold_after_days=90,
            expire_after_days=730,
            access_logs=access_logs,
        ),
        options,
    )
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    root = tmp_path_factory.mktemp("buckets")
    (root / "program").mkdir()
    (root / "Pulumi.yaml").write_text("name: buckets\nruntime: python\nmain: program\n")
    (root / "Pulumi.dev.yaml").write_text("config: {}\n")
    (root / "program" / "__main__.py").write_text(PROGRAM)
    return up(root, "dev", preview=False)


def part(graph: Graph, kind: str, name: str) -> Node:
    return graph.one(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}", name)


def policy(graph: Graph, name: str) -> dict[str, dict[str, Any]]:
    document = part(graph, "BucketPolicy", name).inputs["policy"]
    return {statement["Sid"]: statement for statement in statements(document)}


@pytest.mark.parametrize("name", ["durable", "ephemeral"])
def test_a_bucket_has_every_part_that_hardens_it(graph: Graph, name: str) -> None:
    bucket = part(graph, "Bucket", name)
    assert {node.type.partition(":Bucket")[2] for node in graph.children(bucket.urn)} == {
        kind.removeprefix("Bucket") for kind in PARTS
    }
    for kind in PARTS:
        assert part(graph, kind, name).inputs["bucket"] == NAME


def test_a_bucket_is_private_versioned_and_its_owners(graph: Graph) -> None:
    for name in ("durable", "ephemeral", "access-logs"):
        private = part(graph, "BucketPublicAccessBlock", name).inputs
        assert {key: value for key, value in private.items() if key != "bucket"} == {
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        }
        ownership = part(graph, "BucketOwnershipControls", name).inputs["rule"]
        assert ownership == {"objectOwnership": "BucketOwnerEnforced"}
        versioning = part(graph, "BucketVersioning", name).inputs["versioningConfiguration"]
        assert versioning == {"status": "Enabled"}


def test_a_bucket_is_encrypted_with_its_key_at_one_call_for_many_objects(graph: Graph) -> None:
    (rule,) = part(graph, "BucketServerSideEncryptionConfiguration", "durable").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": graph.one("aws:kms/key:Key", "key").outputs["arn"],
    }
    assert rule["bucketKeyEnabled"] is True
    assert rule["blockedEncryptionTypes"] == ["SSE-C"]


def test_an_access_log_bucket_is_as_s3s_log_delivery_wants_it(graph: Graph) -> None:
    # From S3's documentation: encryption with its own keys, no default retention, a right for its service.
    (rule,) = part(graph, "BucketServerSideEncryptionConfiguration", "access-logs").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
    assert part(graph, "Bucket", "access-logs").inputs["objectLockEnabled"] is False
    delivery = policy(graph, "access-logs")["AccessLogs"]
    assert delivery["Principal"] == {"Service": "logging.s3.amazonaws.com"}
    assert delivery["Action"] == ["s3:PutObject"]
    logged = [f"arn:aws:s3:::{prefix}tollgate-dev-*-{ACCOUNT}" for prefix in ("", bucket_policy.WAF_LOGS)]
    assert delivery["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": logged},
    }
    assert "NoOtherEncryption" not in policy(graph, "access-logs")


@pytest.mark.parametrize(("name", "mode"), [("durable", "COMPLIANCE"), ("ephemeral", "GOVERNANCE")])
def test_what_is_locked_can_be_removed_in_a_throw_away_stage_only(graph: Graph, name: str, mode: str) -> None:
    bucket = part(graph, "Bucket", name)
    lock = part(graph, "BucketObjectLockConfiguration", name)
    assert lock.inputs["rule"] == {"defaultRetention": {"mode": mode, "days": 365}}
    assert part(graph, "BucketVersioning", name).urn in lock.dependencies
    assert bucket.inputs["objectLockEnabled"] is True
    assert bucket.protect is (name == "durable")
    assert bucket.inputs["forceDestroy"] is (name == "ephemeral")


def test_objects_get_cheaper_and_end(graph: Graph) -> None:
    (rule,) = part(graph, "BucketLifecycleConfiguration", "durable").inputs["rules"]
    # The only cold class that Athena reads without a restore.
    assert rule["transitions"] == [{"days": 90, "storageClass": "GLACIER_IR"}]
    assert rule["expiration"] == {"days": 730}
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}
    assert (rule["status"], rule["filter"]) == ("Enabled", {"prefix": ""})
    (kept,) = part(graph, "BucketLifecycleConfiguration", "access-logs").inputs["rules"]
    assert "transitions" not in kept


def test_access_is_logged_by_date(graph: Graph) -> None:
    logging = part(graph, "BucketLogging", "durable").inputs
    assert logging["targetBucket"] == STAGE.bucket("access-logs")
    assert logging["targetObjectKeyFormat"] == {"partitionedPrefix": {"partitionDateSource": "EventTime"}}


def test_a_policy_is_set_after_the_bucket_is_private(graph: Graph) -> None:
    private = part(graph, "BucketPublicAccessBlock", "durable")
    assert private.urn in part(graph, "BucketPolicy", "durable").dependencies


def test_everybody_is_refused_without_modern_tls(graph: Graph) -> None:
    for name in ("durable", "access-logs"):
        arn = f"arn:aws:s3:::{part(graph, 'Bucket', name).inputs['bucket']}"
        refused = policy(graph, name)
        for sid in ("TlsOnly", "NoOldTls"):
            statement = refused[sid]
            assert (statement["Effect"], statement["Principal"]) == ("Deny", {"AWS": "*"})
            assert (statement["Action"], statement["Resource"]) == (["s3:*"], [arn, f"{arn}/*"])
        assert refused["TlsOnly"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert refused["NoOldTls"]["Condition"] == {"NumericLessThan": {"s3:TlsVersion": "1.2"}}


def test_no_other_encryption_can_be_asked_for(graph: Graph) -> None:
    refused = policy(graph, "durable")["NoOtherEncryption"]
    assert (refused["Effect"], refused["Principal"]) == ("Deny", {"AWS": "*"})
    # Both must hold: some encryption is asked for, and the key that is named, if any, isn't the bucket's.
    assert refused["Condition"] == {
        "Null": {"s3:x-amz-server-side-encryption": "false"},
        "ArnNotEquals": {
            "s3:x-amz-server-side-encryption-aws-kms-key-id": graph.one("aws:kms/key:Key", "key").outputs[
                "arn"
            ]
        },
    }


@pytest.mark.parametrize(
    "statement",
    [
        bucket_policy.refuse_plain_text(ARN),
        bucket_policy.refuse_other_encryption(ARN, KEY_ARN),
        bucket_policy.receive_access_logs(STAGE, ARN),
    ],
    ids=lambda statement: statement["Sid"],
)
def test_a_bucket_statement_names_existing_actions_and_conditions(statement: dict[str, Any]) -> None:
    assert findings(statement) == set()


def test_the_one_condition_that_the_linter_does_not_know_is_s3s_own() -> None:
    # s3:TlsVersion, numeric, is documented for every action; parliament's list is older.
    known = {"UNKNOWN_CONDITION_FOR_ACTION", "MISMATCHED_TYPE"}
    assert findings(bucket_policy.refuse_old_tls(ARN)) <= known
