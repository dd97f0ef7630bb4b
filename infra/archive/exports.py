"""The regular export of payments and audits to the archive.

Full exports: each is a whole by itself, needs nothing between the clock and DynamoDB, and is what an
investigator wants to ask. An incremental one needs the times of the one before, thus code that remembers
them. The vault is never exported: see `access.EXPORTED`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import access
from infra.archive import statements
from infra.archive.buckets import Buckets
from infra.exclusive import sole_policy
from infra.identity import Identity
from infra.keys import Keys
from infra.messaging import DAY, QUEUE_OPERATIONS
from infra.settings import Settings
from infra.statements import document, encrypt_through, refuse_plain_text, send_messages

TARGET = "arn:aws:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime"
HOUR = 3600


@dataclass(frozen=True)
class ExportsArgs:
    """`tables`: those that are exported, by class of data."""

    settings: Settings
    identity: Identity
    keys: Keys
    buckets: Buckets
    tables: Mapping[str, aws.dynamodb.Table]


class Exports(pulumi.ComponentResource):
    """A schedule per table; `dead`: the queue of exports that couldn't be started."""

    def __init__(self, name: str, args: ExportsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Exports", name, None, opts)
        self._args = args
        settings = args.settings
        stage = settings.stage
        self.dead = self._dead_letters()
        group = aws.scheduler.ScheduleGroup(
            "exports", name=stage.physical("exports"), opts=pulumi.ResourceOptions(parent=self)
        )
        allowed = self._permissions()
        for place, (table_name, table) in enumerate(args.tables.items()):
            at = settings.archive.export_schedule(place, len(args.tables))
            self._schedule(table_name, table, at, group, allowed)
        self.register_outputs({})

    def _dead_letters(self) -> aws.sqs.Queue:
        """The scheduler takes no FIFO queue."""
        settings = self._args.settings
        queue = aws.sqs.Queue(
            "exports-dead",
            name=settings.stage.physical("exports-dead"),
            kms_master_key_id=self._args.keys.data["messages"].arn,
            kms_data_key_reuse_period_seconds=300,
            message_retention_seconds=14 * DAY,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )
        aws.sqs.QueuePolicy(
            "exports-dead",
            queue_url=queue.url,
            policy=queue.arn.apply(lambda arn: document([refuse_plain_text(arn, *QUEUE_OPERATIONS)])),
            opts=pulumi.ResourceOptions(parent=queue),
        )
        return queue

    def _permissions(self) -> aws.iam.RolePolicy:
        args, stage = self._args, self._args.settings.stage
        keys = args.keys.data
        granted = [
            *(table.arn.apply(statements.export_table) for table in args.tables.values()),
            statements.store_export(stage.bucket(access.ARCHIVE), statements.EXPORTS),
            keys["archive"].arn.apply(lambda arn: statements.use_archive_key(arn, stage)),
            *(
                keys[table].arn.apply(lambda arn: statements.read_for_export(arn, stage))
                for table in args.tables
            ),
            self.dead.arn.apply(send_messages),
            keys["messages"].arn.apply(lambda arn: encrypt_through(arn, stage, "sqs")),
        ]
        return sole_policy(
            "export",
            args.identity.services["export"],
            pulumi.Output.all(*granted).apply(document),
            pulumi.ResourceOptions(parent=self),
        )

    def _schedule(
        self,
        name: str,
        table: aws.dynamodb.Table,
        at: str,
        group: aws.scheduler.ScheduleGroup,
        allowed: aws.iam.RolePolicy,
    ) -> None:
        args = self._args
        stage = args.settings.stage
        # DynamoDB's parameters as its API has them, which is how the scheduler's universal targets take them.
        request = {
            "TableArn": table.arn,
            "S3Bucket": args.buckets.archive.bucket.bucket,
            "S3BucketOwner": stage.account_id,
            "S3Prefix": f"{statements.EXPORTS}{name}",
            "S3SseAlgorithm": "KMS",
            "S3SseKmsKeyId": args.keys.data["archive"].arn,
            "ExportFormat": "DYNAMODB_JSON",
            "ExportType": "FULL_EXPORT",
        }
        aws.scheduler.Schedule(
            name,
            name=stage.physical(f"export-{name}"),
            group_name=group.name,
            description=f"Exports the table {name} to the archive",
            schedule_expression=at,
            flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
            target=aws.scheduler.ScheduleTargetArgs(
                arn=TARGET,
                role_arn=args.identity.services["export"].arn,
                input=pulumi.Output.json_dumps(request, sort_keys=True),
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_event_age_in_seconds=6 * HOUR, maximum_retry_attempts=5
                ),
                dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=self.dead.arn),
            ),
            # A schedule that fires before the bucket is locked would leave an export that anybody may delete.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed, *args.buckets.archive.secured]),
        )
