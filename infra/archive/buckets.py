"""The buckets of records: the archive, what Athena finds in it, and who has reached for them."""

from dataclasses import dataclass

import pulumi

from infra import access, bucket_policy
from infra.archive import statements
from infra.bucket import Bucket, BucketArgs
from infra.identity import Identity
from infra.keys import Keys
from infra.settings import Settings

RESULT_DAYS = 30


@dataclass(frozen=True)
class BucketsArgs:
    """What the buckets are made from."""

    settings: Settings
    identity: Identity
    keys: Keys


class Buckets(pulumi.ComponentResource):
    """`archive`, locked; `query_results`, kept for a month; `access_logs`, of every bucket of the stage."""

    def __init__(self, name: str, args: BucketsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Buckets", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        stage, durability, keep = args.settings.stage, args.settings.durability, args.settings.archive
        access_name = stage.bucket("access-logs")
        self.access_logs = Bucket(
            "access-logs",
            BucketArgs(
                access_name,
                durability,
                cold_after_days=keep.cold_after_days,
                expire_after_days=keep.expire_after_days,
                statements=[bucket_policy.receive_access_logs(stage, bucket_policy.bucket_arn(access_name))],
            ),
            child,
        )
        archive_name = stage.bucket(access.ARCHIVE)
        self.archive = Bucket(
            "archive",
            BucketArgs(
                archive_name,
                durability,
                args.keys.data["archive"],
                object_lock_days=keep.object_lock_days,
                cold_after_days=keep.cold_after_days,
                expire_after_days=keep.expire_after_days,
                expire_below={statements.EXPORTS: keep.export_days} if keep.export_days else {},
                access_logs=self.access_logs,
                events=True,
                statements=[
                    args.identity.arns(access.ARCHIVISTS).apply(
                        lambda arns: statements.refuse_other_writers(archive_name, arns)
                    ),
                    args.identity.investigator.arn.apply(
                        lambda arn: statements.refuse_other_readers(archive_name, [arn])
                    ),
                ],
            ),
            child,
        )
        # Not locked: Athena deletes parts of its results itself.
        self.query_results = Bucket(
            "query-results",
            BucketArgs(
                stage.bucket(access.QUERY_RESULTS),
                durability,
                args.keys.data["archive"],
                expire_after_days=RESULT_DAYS,
                access_logs=self.access_logs,
            ),
            child,
        )
        self.register_outputs({})
