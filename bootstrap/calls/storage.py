"""What keeps data: tables, keys, secrets, queues, buckets. Never the data itself."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls

# Copies of backups, and their key, are in another Region.
KEY = "arn:aws:kms:{region:*}:{account}:key/"
QUEUE = "{queueUrl/:NAMED*}"


# AWS WAF insists on how the name of a bucket for its log begins.
BUCKET = "arn:aws:s3:::{bucket:NAMED*|aws-waf-logs-NAMED*}"
TELLING_BUCKET = "arn:aws:s3:::{bucket:NAMED*}"


def _bucket(put: str, read: str, delete: str = "", on: str = BUCKET) -> tuple[Calls, ...]:
    """A part of a bucket's configuration: in S3 taking it away is mostly the right to set it."""
    return (Calls("s3", on, create=put, read=read, update=put, delete=delete or put, reads_bound=True),)


STORAGE: Mapping[str, Sequence[Calls]] = {
    "aws:dynamodb/table:Table": (
        Calls(
            "dynamodb",
            "table/{name:NAMED*}",
            create="CreateTable TagResource UpdateContinuousBackups UpdateTimeToLive",
            read="DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource",
            update="TagResource UntagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive",
            delete="DeleteTable",
        ),
        Calls("kms", ANY, read="DescribeKey"),
    ),
    # Keys have no names. What a key may be used for is its policy's affair, not that of these rights.
    "aws:kms/key:Key": (
        Calls("kms", ANY, create="CreateKey"),
        Calls(
            "kms",
            KEY + "{keyId:*}",
            create="EnableKeyRotation PutKeyPolicy TagResource",
            read="DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags",
            update="DisableKeyRotation EnableKeyRotation PutKeyPolicy TagResource UntagResource"
            " UpdateKeyDescription",
            delete="ScheduleKeyDeletion",
        ),
    ),
    "aws:kms/alias:Alias": (
        Calls(
            "kms",
            "arn:aws:kms:{region:*}:{account}:{name:alias/NAMED*}",
            create="CreateAlias",
            update="UpdateAlias",
            delete="DeleteAlias",
        ),
        Calls(
            "kms",
            KEY + "{targetKeyId:*}",
            create="CreateAlias",
            update="UpdateAlias",
            delete="DeleteAlias",
        ),
        Calls("kms", ANY, read="ListAliases"),
    ),
    "aws:secretsmanager/secret:Secret": (
        Calls(
            "secretsmanager",
            "secret:{name:NAMED*}-??????",
            create="CreateSecret TagResource",
            read="DescribeSecret GetResourcePolicy",
            update="TagResource UntagResource UpdateSecret",
            delete="DeleteSecret",
        ),
    ),
    "aws:sqs/queue:Queue": (
        Calls(
            "sqs",
            "{name:NAMED*}",
            create="CreateQueue TagQueue",
            read="GetQueueAttributes ListQueueTags",
            update="SetQueueAttributes TagQueue UntagQueue",
            delete="DeleteQueue",
        ),
    ),
    "aws:sqs/queuePolicy:QueuePolicy": (
        Calls(
            "sqs",
            QUEUE,
            create="SetQueueAttributes",
            read="GetQueueAttributes",
            update="SetQueueAttributes",
            delete="SetQueueAttributes",
        ),
    ),
    "aws:s3/bucket:Bucket": (
        Calls(
            "s3",
            BUCKET,
            # A bucket that is made with Object Lock takes the two `Put`s as well (S3's API reference).
            create="CreateBucket PutBucketObjectLockConfiguration PutBucketTagging PutBucketVersioning"
            " TagResource",
            read="GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLogging"
            " GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging"
            " GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration"
            # `HeadBucket`, with which the provider looks for a bucket, takes the right to list it.
            " GetReplicationConfiguration ListBucket ListTagsForResource",
            update="PutBucketTagging TagResource UntagResource",
            delete="DeleteBucket",
            reads_bound=True,
        ),
        # In a stage that may be thrown away the provider empties a bucket before it removes it.
        Calls("s3", BUCKET, delete="ListBucketVersions", given="forceDestroy"),
        Calls(
            "s3",
            f"{BUCKET}/*",
            delete="BypassGovernanceRetention DeleteObject DeleteObjectVersion",
            given="forceDestroy",
        ),
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _bucket(
        "PutLifecycleConfiguration", "GetLifecycleConfiguration"
    ),
    "aws:s3/bucketLogging:BucketLogging": _bucket("PutBucketLogging", "GetBucketLogging"),
    "aws:s3/bucketNotification:BucketNotification": _bucket(
        "PutBucketNotification", "GetBucketNotification", on=TELLING_BUCKET
    ),
    # The functions' package, and the card fields' files. They are retained, and nobody deletes one.
    "aws:s3/bucketObjectv2:BucketObjectv2": (
        Calls(
            "s3",
            "arn:aws:s3:::{bucket:NAMEDartifacts-ACCOUNT|NAMEDcard-fields-ACCOUNT}/{key:*}",
            create="PutObject PutObjectTagging",
            read="GetObject GetObjectTagging",
            update="PutObject PutObjectTagging",
            reads_bound=True,
        ),
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _bucket(
        "PutBucketObjectLockConfiguration", "GetBucketObjectLockConfiguration"
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _bucket(
        "PutBucketOwnershipControls", "GetBucketOwnershipControls"
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _bucket(
        "PutBucketPolicy", "GetBucketPolicy", delete="DeleteBucketPolicy"
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _bucket(
        "PutBucketPublicAccessBlock", "GetBucketPublicAccessBlock"
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _bucket(
        "PutEncryptionConfiguration", "GetEncryptionConfiguration"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _bucket("PutBucketVersioning", "GetBucketVersioning"),
}
