"""Buckets. What belongs to one is within it, or, since version 7 of the provider, a resource of its own."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from .aws import BUCKETS, TRAIL, split
from .declaring import CRITICAL, HIGH, MEDIUM, Violations, number, policy, words
from .documents import refuses_plain_text
from .encryption import is_customer_key
from .stack import Member, Stack, value_at, values_at

S3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
LOCK = split("ObjectLockConfiguration")
LOGGING = split("Logging")


def _takes_access_logs(bucket: Member, stack: Stack) -> bool:
    """Whether S3 writes other buckets' access logs into it."""
    return bool(stack.naming(LOGGING, "targetBucket", bucket))


@policy(
    on=BUCKETS,
    severity=HIGH,
    pci=["3.5.1", "10.3.1"],
    remedy="Add a BucketServerSideEncryptionConfiguration with aws:kms and a key's ARN.",
    url=f"{S3}/UsingKMSEncryption.html",
)
def bucket_uses_customer_key(bucket: Member, stack: Stack) -> Violations:
    """Every bucket is encrypted with a customer managed key.

    Only a bucket that takes other buckets' access logs is not: S3 can't write them under a customer's key.
    """
    if not _takes_access_logs(bucket, stack) and not any(
        is_customer_key(key) for key in _encryption_keys(bucket, stack)
    ):
        yield "the bucket isn't encrypted with a customer managed key"


def _encryption_keys(bucket: Member, stack: Stack) -> Iterator[str]:
    key = "applyServerSideEncryptionByDefault.kmsMasterKeyId"
    yield from values_at(bucket.props, f"serverSideEncryptionConfiguration.rule.{key}")
    yield from values_at(bucket.props, f"serverSideEncryptionConfigurations.rules.{key}")
    for part in stack.naming(split("ServerSideEncryptionConfiguration"), "bucket", bucket):
        yield from values_at(part.props, f"rules.{key}")


@policy(
    on=BUCKETS,
    severity=CRITICAL,
    pci=["1.4.4", "7.3.3"],
    remedy="Add a BucketPublicAccessBlock with all four settings on.",
    url=f"{S3}/access-control-block-public-access.html",
)
def bucket_blocks_public_access(bucket: Member, stack: Stack) -> Violations:
    """No bucket can be made public, by whatever policy or list."""
    blocks = stack.naming(BLOCK, "bucket", bucket)
    if not blocks:
        yield "nothing blocks public access"
    for block in blocks:
        for key in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"):
            if not block.props.get(key):
                yield f"{key} is off"


@policy(
    on=BUCKETS,
    severity=HIGH,
    pci=["4.2.1", "2.2.7"],
    remedy="Add a bucket policy that denies everything when `aws:SecureTransport` is false.",
    url=f"{S3}/security-best-practices.html",
)
def bucket_requires_tls(bucket: Member, stack: Stack) -> Violations:
    """Every bucket refuses plain text."""
    documents = [bucket.props.get("policy")]
    documents += [each.props.get("policy") for each in stack.naming(POLICY, "bucket", bucket)]
    if not any(refuses_plain_text(document) for document in documents):
        yield "nothing denies access without TLS"


@policy(
    on=BUCKETS,
    severity=MEDIUM,
    pci=["7.2.5", "7.3.3"],
    remedy="Add BucketOwnershipControls with BucketOwnerEnforced.",
    url=f"{S3}/about-object-ownership.html",
)
def bucket_has_no_lists(bucket: Member, stack: Stack) -> Violations:
    """Access control lists are off: who may read a bucket stands in policies only."""
    for controls in stack.naming(OWNERSHIP, "bucket", bucket):
        if value_at(controls.props, "rule.objectOwnership") == "BucketOwnerEnforced":
            return
    yield "access control lists are in force"


@policy(
    on=BUCKETS,
    severity=MEDIUM,
    pci=["10.3.2"],
    remedy="Add a BucketVersioning that is Enabled.",
    url=f"{S3}/Versioning.html",
)
def bucket_is_versioned(bucket: Member, stack: Stack) -> Violations:
    """What is overwritten or deleted in a bucket can be had again."""
    if value_at(bucket.props, "versioning.enabled") or value_at(bucket.props, "versionings.0.enabled"):
        return
    for part in stack.naming(split("Versioning"), "bucket", bucket):
        if value_at(part.props, "versioningConfiguration.status") == "Enabled":
            return
    yield "the bucket isn't versioned"


@policy(
    on=BUCKETS,
    severity=MEDIUM,
    pci=["10.2.1.1", "10.2.1.3"],
    remedy="Add a BucketLogging with a bucket for access logs.",
    url=f"{S3}/ServerLogs.html",
)
def bucket_logs_access(bucket: Member, stack: Stack) -> Violations:
    """Who reads a bucket is written down, but for the bucket where it is written down."""
    if not stack.naming(LOGGING, "bucket", bucket) and not (
        _takes_access_logs(bucket, stack) or value_at(bucket.props, "logging.targetBucket")
    ):
        yield "its access isn't logged"


@policy(
    on=BUCKETS,
    severity=HIGH,
    pci=["10.3.2", "10.5.1"],
    remedy="Enable object lock, and add a BucketObjectLockConfiguration with a default retention.",
    url=f"{S3}/object-lock.html",
    settings={
        "buckets": words(["*audit*", "*archive*"], "Patterns of names of buckets that keep evidence."),
        "mode": words(["COMPLIANCE"], "Modes that count."),
        "days": number(365, "How long nobody can delete an object."),
    },
)
def evidence_bucket_is_locked(
    bucket: Member, stack: Stack, buckets: list[str], mode: list[str], days: float
) -> Violations:
    """Nobody can change or delete what a trail wrote, nor what an archive keeps, before its time."""
    if not stack.naming(TRAIL, "s3BucketName", bucket) and not any(
        fnmatchcase(bucket.name, each) for each in buckets
    ):
        return
    for part in stack.naming(LOCK, "bucket", bucket):
        retention = value_at(part.props, "rule.defaultRetention") or {}
        kept = (retention.get("days") or 0) + 365 * (retention.get("years") or 0)
        if retention.get("mode") in mode and kept >= days:
            return
    yield f"its objects aren't locked for {days:.0f} days"
