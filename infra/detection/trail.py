"""CloudTrail: who did what in the account, in a place where nobody can change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from infra import statements as iam
from infra.access import FUNCTIONS
from infra.boundary import services_boundary
from infra.bucket import Bucket, BucketArgs
from infra.detection import event_selectors, statements
from infra.durability import Durability
from infra.exclusive import sole_policy
from infra.keys import Keys
from infra.settings.detection import Detection
from infra.stage import Stage


def trail_log_group_name(stage: Stage) -> str:
    """Where the trail can be searched."""
    return f"/aws/cloudtrail/{statements.trail_name(stage)}"


@dataclass(frozen=True)
class TrailArgs:
    """`tables`: ARNs of those whose items' use is recorded, by name. `access_logs`: see `BucketArgs`."""

    stage: Stage
    durability: Durability
    settings: Detection
    log_retention_days: int
    keys: Keys
    tables: Mapping[str, pulumi.Input[str]]
    access_logs: Bucket | None


@dataclass(frozen=True)
class Evidence:
    """Where the trails' files are, and what encrypts them."""

    bucket: Bucket
    key: aws.kms.Key


class Trail(pulumi.ComponentResource):
    """The trails of all Regions, in a locked bucket: one of management, in a log group too, and one of data.

    The use of data is a hundred times as much, and a copy of it in a log group costs more than the trail; it
    is found in the bucket when it is asked for. There are no metric filters on the log group: what they would
    count, `findings` hears from EventBridge, sooner and one by one. That is deaf to Regions other than the
    stage's and us-east-1, where all of root's and IAM's doings are; the trails aren't.
    """

    def __init__(self, name: str, args: TrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:Trail", name, None, opts)
        self._args = args
        stage, key = args.stage, args.keys.data["evidence"]
        bucket = self._bucket(key)
        group = aws.cloudwatch.LogGroup(
            name,
            name=trail_log_group_name(stage),
            retention_in_days=args.log_retention_days,
            kms_key_id=args.keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        role, policy = self._log_writer(group)
        evidence = Evidence(bucket, key)
        self._trail(
            name,
            statements.trail_name(stage),
            evidence,
            event_selectors.management(),
            # Tried out at once.
            depends_on=[policy],
            cloud_watch_logs_group_arn=group.arn.apply(lambda arn: f"{arn}:*"),
            cloud_watch_logs_role_arn=role.arn,
            insight_selectors=[
                aws.cloudtrail.TrailInsightSelectorArgs(insight_type=kind)
                for kind in ("ApiCallRateInsight", "ApiErrorRateInsight")
                if args.settings.insights
            ],
        )
        selectors = event_selectors.data(stage, self._tables())
        self._trail("data", statements.data_trail_name(stage), evidence, selectors)
        self.register_outputs({})

    def _tables(self) -> event_selectors.Tables:
        args = self._args
        recorded = args.settings.record_functions
        return event_selectors.Tables(
            [arn for name, arn in args.tables.items() if name in recorded],
            [arn for name, arn in args.tables.items() if name not in recorded],
            [args.stage.physical(function) for function in FUNCTIONS],
        )

    def _trail(
        self,
        name: str,
        physical_name: str,
        evidence: "Evidence",
        selectors: Sequence[event_selectors.Selector],
        *,
        depends_on: Sequence[pulumi.Resource] = (),
        **more: Any,
    ) -> None:
        aws.cloudtrail.Trail(
            name,
            name=physical_name,
            s3_bucket_name=evidence.bucket.bucket.bucket,
            kms_key_id=evidence.key.arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_logging=True,
            enable_log_file_validation=True,
            advanced_event_selectors=selectors,
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=self._args.durability.protect,
                depends_on=[*depends_on, *evidence.bucket.secured],
            ),
            **more,
        )

    def _bucket(self, key: aws.kms.Key) -> Bucket:
        args, evidence = self._args, self._args.settings.evidence
        physical_name = args.stage.bucket("evidence")
        return Bucket(
            "evidence",
            BucketArgs(
                physical_name,
                args.durability,
                key,
                object_lock_days=evidence.locked_days,
                cold_after_days=evidence.cold_after_days,
                expire_after_days=evidence.kept_days,
                access_logs=args.access_logs,
                statements=statements.deliver_trail(args.stage, physical_name),
            ),
            pulumi.ResourceOptions(parent=self),
        )

    def _log_writer(self, group: aws.cloudwatch.LogGroup) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        role = aws.iam.Role(
            "trail",
            name=statements.trail_name(self._args.stage),
            description="How CloudTrail writes its log group",
            # CloudTrail names no source when it takes the role, so a condition on one would lock it out
            # (prowler-cloud/prowler#4714). All the role can do is add to this log group.
            assume_role_policy=iam.document([iam.trust("cloudtrail")]),
            max_session_duration=3600,
            permissions_boundary=services_boundary(self._args.stage),
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = sole_policy(
            "trail",
            role,
            group.arn.apply(lambda arn: iam.document([iam.write_log(arn)])),
            pulumi.ResourceOptions(parent=role),
        )
        return role, policy
