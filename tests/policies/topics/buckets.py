"""Cases of `policies/pack/buckets.py`."""

from typing import Any

from policies.pack import buckets
from policies.pack.aws import BUCKET, BUCKETS, TRAIL, split
from policies.pack.buckets import BLOCK, LOCK, LOGGING, OWNERSHIP, POLICY
from tests.policies.case import Case
from tests.policies.patches import change, drop, without_statement
from tests.policies.resources import KEY_ARN, UNKNOWN, document, resource

ENCRYPTION = split("ServerSideEncryptionConfiguration")[0]
VERSIONING = split("Versioning")[0]
ALL_BLOCKED: dict[str, Any] = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}
TLS_ONLY = document(
    {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::b/*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
)


def _bucket(**props: Any) -> Any:
    return resource(BUCKET, id="b", bucket="b", **props)


def _rules(key: str) -> list[dict[str, Any]]:
    return [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key}}]


def _lock(days: int, mode: str = "COMPLIANCE") -> Any:
    return resource(LOCK[0], bucket="b", rule={"defaultRetention": {"mode": mode, "days": days}})


CASES = [
    Case(
        buckets.bucket_uses_customer_key,
        passes=[
            _bucket(),
            resource(ENCRYPTION, bucket="b", rules=_rules(KEY_ARN)),
            resource(
                BUCKETS[1],
                "version-six",
                serverSideEncryptionConfigurations=[{"rules": _rules(KEY_ARN)}],
            ),
            resource(BUCKET, "access-logs", bucket="logs"),
            resource(LOGGING[0], bucket="b", targetBucket="logs"),
        ],
        fails=[_bucket(), resource(ENCRYPTION, bucket="b", rules=_rules("alias/aws/s3"))],
        unknown=[_bucket(), resource(ENCRYPTION, bucket="b", rules=_rules(UNKNOWN))],
        broken=drop(ENCRYPTION, "archive"),
    ),
    Case(
        buckets.bucket_blocks_public_access,
        passes=[_bucket(), resource(BLOCK, bucket="b", **ALL_BLOCKED)],
        fails=[_bucket(), resource(BLOCK, bucket="b", **{**ALL_BLOCKED, "blockPublicPolicy": False})],
        unknown=[_bucket(), resource(BLOCK, bucket="b", **{**ALL_BLOCKED, "blockPublicPolicy": UNKNOWN})],
        broken=drop(BLOCK, "archive"),
    ),
    Case(
        buckets.bucket_requires_tls,
        passes=[_bucket(), resource(POLICY, bucket="b", policy=TLS_ONLY)],
        fails=[_bucket(), resource(POLICY, bucket="c", policy=TLS_ONLY)],
        unknown=[_bucket(), resource(POLICY, bucket="b", policy=UNKNOWN)],
        broken=without_statement(POLICY, "archive", "TlsOnly"),
    ),
    Case(
        buckets.bucket_has_no_lists,
        passes=[_bucket(), resource(OWNERSHIP, bucket="b", rule={"objectOwnership": "BucketOwnerEnforced"})],
        fails=[_bucket(), resource(OWNERSHIP, bucket="b", rule={"objectOwnership": "ObjectWriter"})],
        unknown=[_bucket(), resource(OWNERSHIP, bucket="b", rule=UNKNOWN)],
        broken=change(OWNERSHIP, "archive", {"rule.objectOwnership": "ObjectWriter"}),
    ),
    Case(
        buckets.bucket_is_versioned,
        passes=[
            _bucket(),
            resource(VERSIONING, bucket="b", versioningConfiguration={"status": "Enabled"}),
            resource(BUCKET, "inline", versioning={"enabled": True}),
        ],
        fails=[_bucket(), resource(VERSIONING, bucket="b", versioningConfiguration={"status": "Suspended"})],
        unknown=[_bucket(), resource(VERSIONING, bucket="b", versioningConfiguration={"status": UNKNOWN})],
        broken=change(VERSIONING, "archive", {"versioningConfiguration.status": "Suspended"}),
    ),
    Case(
        buckets.bucket_logs_access,
        passes=[
            _bucket(),
            resource(LOGGING[0], bucket="b", targetBucket="l"),
            resource(BUCKET, "l", bucket="l"),
        ],
        fails=[_bucket(), resource(LOGGING[0], bucket="c", targetBucket="l")],
        unknown=[
            bucket := resource(BUCKET, id=UNKNOWN),
            resource(LOGGING[0], bucket=UNKNOWN, targetBucket="l", depends={"bucket": [bucket]}),
        ],
        unknown_is="passes",
        broken=drop(LOGGING[0], "archive"),
    ),
    Case(
        buckets.evidence_bucket_is_locked,
        passes=[_bucket(), resource(TRAIL, s3BucketName="b"), _lock(400), resource(BUCKET, "cache")],
        fails=[_bucket(), resource(TRAIL, s3BucketName="b"), _lock(400, "GOVERNANCE")],
        unknown=[_bucket(), resource(TRAIL, s3BucketName="b"), resource(LOCK[0], bucket="b", rule=UNKNOWN)],
        broken=change(LOCK[0], "evidence", {"rule.defaultRetention.days": 30}),
    ),
]
