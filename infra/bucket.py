"""A bucket as every store of the stage wants it: private, versioned, encrypted, over TLS only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from infra import bucket_policy
from infra.durability import Durability
from infra.statements import Statement, document

ABANDONED_UPLOAD_DAYS = 7
# Replaced and deleted objects can be had back for so long; a lock may keep them longer.
OLD_VERSION_DAYS = 30


@dataclass(frozen=True)
class BucketArgs:
    """`physical_name`: see `Stage.bucket`. Times are days from an object's creation; None means never.

    `key`: without one S3 encrypts with its own, which it insists on where it delivers access logs.
    `object_lock_days`: for so long nobody deletes or replaces an object (see `Durability.object_lock_mode`).
    A bucket never loses its lock again, and one for access logs can't have it. `cold_after_days`: then
    objects are kept for less, still readable at once. `access_logs`: gets a line for each request, once its
    policy lets S3 deliver them.
    `expire_below`: by prefix, where objects are kept for less. `events`: whether EventBridge is told of them.
    `statements`: of the bucket's policy, beside the refusals that every bucket has.
    """

    physical_name: str
    durability: Durability
    key: aws.kms.Key | None = None
    object_lock_days: int | None = None
    cold_after_days: int | None = None
    expire_after_days: int | None = None
    expire_below: Mapping[str, int] = field(default_factory=dict)
    events: bool = False
    access_logs: "Bucket | None" = None
    statements: Sequence[pulumi.Input[Statement]] = ()


class Bucket(pulumi.ComponentResource):
    """`bucket` itself, with all that hardens it; `secured`: what must exist before anything is put in."""

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:bucket:Bucket", name, None, opts)
        self._name, self._args = name, args
        self.bucket = aws.s3.Bucket(
            name,
            bucket=args.physical_name,
            force_destroy=not args.durability.deletion_protection,
            object_lock_enabled=args.object_lock_days is not None,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        self._child = pulumi.ResourceOptions(parent=self.bucket)
        private = self._make_private()
        encrypted = self._encrypt()
        versioning = aws.s3.BucketVersioning(
            name,
            bucket=self.bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self._child,
        )
        policy = self._policy(private)
        self.secured: list[pulumi.Resource] = [private, encrypted, versioning, policy]
        after = pulumi.ResourceOptions(parent=self.bucket, depends_on=[versioning])
        self._lifecycle(after)
        if args.object_lock_days is not None:
            self.secured.append(self._lock(args.object_lock_days, after))
        if args.access_logs is not None:
            self._log_access(args.access_logs)
        if args.events:
            aws.s3.BucketNotification(name, bucket=self.bucket.bucket, eventbridge=True, opts=self._child)
        self.register_outputs({})

    def _make_private(self) -> aws.s3.BucketPublicAccessBlock:
        aws.s3.BucketOwnershipControls(
            self._name,
            bucket=self.bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self._child,
        )
        return aws.s3.BucketPublicAccessBlock(
            self._name,
            bucket=self.bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child,
        )

    def _encrypt(self) -> aws.s3.BucketServerSideEncryptionConfiguration:
        key = self._args.key
        default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="AES256" if key is None else "aws:kms",
            kms_master_key_id=None if key is None else key.arn,
        )
        return aws.s3.BucketServerSideEncryptionConfiguration(
            self._name,
            bucket=self.bucket.bucket,
            rules=[
                aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=default,
                    # One data key for many objects: KMS is asked, and paid, a hundredth as often.
                    bucket_key_enabled=key is not None,
                    # Keys that callers bring along would lock everybody else out.
                    blocked_encryption_types=["SSE-C"],
                )
            ],
            opts=self._child,
        )

    def _policy(self, private: pulumi.Resource) -> aws.s3.BucketPolicy:
        args, arn = self._args, bucket_policy.bucket_arn(self._args.physical_name)
        granted: list[pulumi.Input[Statement]] = [
            bucket_policy.refuse_plain_text(arn),
            bucket_policy.refuse_old_tls(arn),
            *args.statements,
        ]
        if args.key is not None:
            granted.append(
                args.key.arn.apply(lambda key_arn: bucket_policy.refuse_other_encryption(arn, key_arn))
            )
        return aws.s3.BucketPolicy(
            self._name,
            bucket=self.bucket.bucket,
            policy=pulumi.Output.all(*granted).apply(document),
            # S3 refuses two changes of a bucket's access at once.
            opts=pulumi.ResourceOptions(parent=self.bucket, depends_on=[private]),
        )

    def _lifecycle(self, opts: pulumi.ResourceOptions) -> None:
        args = self._args
        cold, expire = args.cold_after_days, args.expire_after_days
        rule = aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="age",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=ABANDONED_UPLOAD_DAYS
            ),
            noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=OLD_VERSION_DAYS
            ),
            transitions=None
            if cold is None
            else [
                aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=cold, storage_class="GLACIER_IR")
            ],
            expiration=None
            if expire is None
            else aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=expire),
        )
        earlier = [_expire_below(prefix, days) for prefix, days in args.expire_below.items()]
        aws.s3.BucketLifecycleConfiguration(
            self._name, bucket=self.bucket.bucket, rules=[rule, *earlier], opts=opts
        )

    def _lock(self, days: int, opts: pulumi.ResourceOptions) -> aws.s3.BucketObjectLockConfiguration:
        retention = aws.s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(
            mode=self._args.durability.object_lock_mode, days=days
        )
        return aws.s3.BucketObjectLockConfiguration(
            self._name,
            bucket=self.bucket.bucket,
            rule=aws.s3.BucketObjectLockConfigurationRuleArgs(default_retention=retention),
            opts=opts,
        )

    def _log_access(self, access_logs: "Bucket") -> None:
        aws.s3.BucketLogging(
            self._name,
            bucket=self.bucket.bucket,
            target_bucket=access_logs.bucket.bucket,
            target_prefix="",
            target_object_key_format=aws.s3.BucketLoggingTargetObjectKeyFormatArgs(
                partitioned_prefix=aws.s3.BucketLoggingTargetObjectKeyFormatPartitionedPrefixArgs(
                    partition_date_source="EventTime"
                )
            ),
            # S3 refuses a target whose policy doesn't let it deliver.
            opts=pulumi.ResourceOptions(parent=self.bucket, depends_on=access_logs.secured),
        )


def _expire_below(prefix: str, days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Of two rules about an object, S3 follows the one that expires it earlier."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id=prefix.strip("/"),
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
    )
