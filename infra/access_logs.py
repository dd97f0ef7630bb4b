"""Who has reached for an object: the bucket that S3 delivers a line to for each request to the others."""

import pulumi

from infra import bucket_policy
from infra.bucket import Bucket, BucketArgs
from infra.settings import Settings

ACCESS_LOGS = "access-logs"


def access_log_bucket(settings: Settings, opts: pulumi.ResourceOptions) -> Bucket:
    """The bucket, which can have neither a lock nor a key of ours: S3 delivers to none that has."""
    name, keep = settings.stage.bucket(ACCESS_LOGS), settings.archive
    return Bucket(
        ACCESS_LOGS,
        BucketArgs(
            name,
            settings.durability,
            cold_after_days=keep.cold_after_days,
            expire_after_days=keep.expire_after_days,
            statements=[bucket_policy.receive_access_logs(settings.stage, bucket_policy.bucket_arn(name))],
        ),
        opts,
    )
