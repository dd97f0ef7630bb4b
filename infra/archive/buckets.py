"""The buckets of records: the archive, and what Athena finds in it."""

from dataclasses import dataclass

import pulumi

from infra import access
from infra.archive import statements
from infra.bucket import Bucket, BucketArgs
from infra.identity import Identity
from infra.keys import Keys
from infra.settings import Settings

RESULT_DAYS = 30


@dataclass(frozen=True)
class BucketsArgs:
    """`access_logs`: see `BucketArgs`."""

    settings: Settings
    identity: Identity
    keys: Keys
    access_logs: Bucket


class Buckets(pulumi.ComponentResource):
    """`archive`, locked; `query_results`, kept for a month."""

    def __init__(self, name: str, args: BucketsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Buckets", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        stage, durability, keep = args.settings.stage, args.settings.durability, args.settings.archive
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
                access_logs=args.access_logs,
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
                access_logs=args.access_logs,
            ),
            child,
        )
        self.register_outputs({})
