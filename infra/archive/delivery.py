"""From CloudWatch Logs to the archive: one delivery stream that every log group feeds.

Subscriptions are the only way that is continuous, needs no code of ours and no job to watch: export tasks run
one at a time per account and read groups late, and a log class only changes a group's price.
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
from infra.settings import Settings
from infra.stage import Stage
from infra.statements import document

# A pattern that every event matches.
EVERYTHING = ""
BUFFER_SECONDS = 300
BUFFER_MIB = 64


def error_log_name(stage: Stage) -> str:
    """Where the delivery stream says what it couldn't deliver, and why."""
    return f"/aws/kinesisfirehose/{stage.physical('logs')}"


@dataclass(frozen=True)
class DeliveryArgs:
    """`log_groups`: all that are archived, by a name of their own."""

    settings: Settings
    identity: Identity
    keys: Keys
    buckets: Buckets
    log_groups: Mapping[str, aws.cloudwatch.LogGroup]


class Delivery(pulumi.ComponentResource):
    """`stream`, and `error_log`: the one group that isn't archived, for it tells of failures to."""

    def __init__(self, name: str, args: DeliveryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Delivery", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.error_log, errors = self._error_log()
        self.stream = self._stream(errors, self._deliver_policy(errors))
        feeding = self._feed_policy()
        for group_name, group in args.log_groups.items():
            self._subscribe(group_name, group, feeding)
        self.register_outputs({})

    def _error_log(self) -> tuple[aws.cloudwatch.LogGroup, aws.cloudwatch.LogStream]:
        settings = self._args.settings
        group = aws.cloudwatch.LogGroup(
            "log-delivery",
            name=error_log_name(settings.stage),
            retention_in_days=settings.log_retention_days,
            kms_key_id=self._args.keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )
        stream = aws.cloudwatch.LogStream(
            "log-delivery", name="errors", log_group_name=group.name, opts=self._child
        )
        return group, stream

    def _deliver_policy(self, errors: aws.cloudwatch.LogStream) -> aws.iam.RolePolicy:
        """What Firehose may do with what it is given."""
        stage, key = self._args.settings.stage, self._args.keys.data["archive"]
        archive = stage.bucket(access.ARCHIVE)
        granted = [
            statements.find(archive),
            statements.store(archive, statements.LOGS),
            statements.store(archive, statements.FAILED),
            key.arn.apply(lambda arn: statements.use_archive_key(arn, stage)),
            errors.arn.apply(statements.write_stream),
        ]
        return self._policy("log-delivery", granted)

    def _feed_policy(self) -> aws.iam.RolePolicy:
        """What CloudWatch Logs may do with the stream."""
        return self._policy("log-subscription", [self.stream.arn.apply(statements.put_records)])

    def _policy(self, role: str, granted: list[pulumi.Input[statements.Statement]]) -> aws.iam.RolePolicy:
        return sole_policy(
            role, self._args.identity.services[role], pulumi.Output.all(*granted).apply(document), self._child
        )

    def _stream(
        self, errors: aws.cloudwatch.LogStream, policy: aws.iam.RolePolicy
    ) -> aws.kinesis.FirehoseDeliveryStream:
        args, key = self._args, self._args.keys.data["archive"]
        target = aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs(
            role_arn=args.identity.services["log-delivery"].arn,
            bucket_arn=args.buckets.archive.bucket.arn,
            prefix=f"{statements.LOGS}!{{timestamp:yyyy/MM/dd}}/",
            error_output_prefix=f"{statements.FAILED}!{{firehose:error-output-type}}/!{{timestamp:yyyy/MM/dd}}/",
            buffering_interval=BUFFER_SECONDS,
            buffering_size=BUFFER_MIB,
            compression_format="GZIP",
            kms_key_arn=key.arn,
            processing_configuration=_one_line_each(),
            cloudwatch_logging_options=aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptionsArgs(
                enabled=True, log_group_name=self.error_log.name, log_stream_name=errors.name
            ),
        )
        return aws.kinesis.FirehoseDeliveryStream(
            "logs",
            name=args.settings.stage.physical("logs"),
            destination="extended_s3",
            extended_s3_configuration=target,
            server_side_encryption=aws.kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs(
                enabled=True, key_type="CUSTOMER_MANAGED_CMK", key_arn=key.arn
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *args.buckets.archive.secured]),
        )

    def _subscribe(self, name: str, group: aws.cloudwatch.LogGroup, feeding: aws.iam.RolePolicy) -> None:
        aws.cloudwatch.LogSubscriptionFilter(
            name,
            name="archive",
            log_group=group.name,
            filter_pattern=EVERYTHING,
            destination_arn=self.stream.arn,
            role_arn=self._args.identity.services["log-subscription"].arn,
            # CloudWatch Logs tries its rights out with a test message.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[feeding]),
        )


def _one_line_each() -> aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationArgs:
    """CloudWatch Logs sends gzipped JSON: it is unpacked, put on a line (Athena's form), and packed again."""
    step = aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArgs
    setting = (
        aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArgs
    )
    return aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationArgs(
        enabled=True,
        processors=[
            step(
                type="Decompression",
                parameters=[setting(parameter_name="CompressionFormat", parameter_value="GZIP")],
            ),
            step(
                type="AppendDelimiterToRecord",
                parameters=[setting(parameter_name="Delimiter", parameter_value="\\n")],
            ),
        ],
    )
