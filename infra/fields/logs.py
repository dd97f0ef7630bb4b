"""Who fetched the card fields, and what their firewall refused: a bucket that AWS delivers both to."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket, BucketArgs
from infra.bucket_policy import WAF_LOGS
from infra.fields import statements
from infra.keys import Keys
from infra.settings import Settings
from infra.settings.card_fields import GLOBAL_REGION
from infra.stage import Stage

# IP address and browser are asked for, no cookie; the query names a merchant.
FIELDS = (
    "timestamp(ms)", "x-edge-location", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "cs-uri-query",
    "sc-status", "sc-bytes", "time-taken", "cs(User-Agent)", "x-edge-result-type", "x-edge-request-id",
    "cs-protocol", "ssl-protocol", "ssl-cipher", "cs-protocol-version",
)  # fmt: skip


def log_bucket_name(stage: Stage) -> str:
    """The prefix is AWS WAF's condition."""
    return f"{WAF_LOGS}{stage.bucket('fields')}"


@dataclass(frozen=True)
class LogsArgs:
    """`access_logs`: see `BucketArgs`."""

    settings: Settings
    keys: Keys
    access_logs: Bucket


class Logs(pulumi.ComponentResource):
    """`bucket`, kept as long as the archive, under its key; `ready`: what must exist before a delivery."""

    def __init__(self, name: str, args: LogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:fields:Logs", name, None, opts)
        self._stage = args.settings.stage
        keep = args.settings.archive
        physical_name = log_bucket_name(self._stage)
        made = Bucket(
            "card-fields-logs",
            BucketArgs(
                physical_name,
                args.settings.durability,
                args.keys.data["archive"],
                cold_after_days=keep.cold_after_days,
                expire_after_days=keep.expire_after_days,
                access_logs=args.access_logs,
                statements=statements.deliver_logs(self._stage, physical_name),
            ),
            pulumi.ResourceOptions(parent=self),
        )
        self.bucket, self.ready = made.bucket, made.secured
        self.register_outputs({})

    def deliver(self, distribution: aws.cloudfront.Distribution) -> None:
        """Have CloudFront write a line for each request."""
        child = pulumi.ResourceOptions(parent=self)
        physical_name = self._stage.physical("card-fields")
        source = aws.cloudwatch.LogDeliverySource(
            "card-fields",
            name=physical_name,
            log_type="ACCESS_LOGS",
            resource_arn=distribution.arn,
            region=GLOBAL_REGION,
            opts=child,
        )
        destination = aws.cloudwatch.LogDeliveryDestination(
            "card-fields",
            name=physical_name,
            output_format="json",
            delivery_destination_configuration=aws.cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
                destination_resource_arn=self.bucket.arn
            ),
            region=GLOBAL_REGION,
            opts=child,
        )
        aws.cloudwatch.LogDelivery(
            "card-fields",
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
            record_fields=list(FIELDS),
            s3_delivery_configurations=[
                aws.cloudwatch.LogDeliveryS3DeliveryConfigurationArgs(
                    suffix_path="{yyyy}/{MM}/{dd}", enable_hive_compatible_path=False
                )
            ],
            region=GLOBAL_REGION,
            opts=pulumi.ResourceOptions(parent=self, depends_on=self.ready),
        )
