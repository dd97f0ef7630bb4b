"""AWS Config: what the account's resources look like, how they changed, and whether they obey the rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket, BucketArgs
from infra.detection import statements
from infra.detection.config_rules import Rule
from infra.durability import Durability
from infra.settings.detection import Detection
from infra.stage import Stage


@dataclass(frozen=True)
class RecorderArgs:
    """`key`: of what is delivered. `access_logs`: gets a line for each request to the bucket."""

    stage: Stage
    durability: Durability
    settings: Detection
    key: aws.kms.Key
    access_logs: Bucket | None


class Recorder(pulumi.ComponentResource):
    """The account's one recorder in the Region, delivering to a bucket; `recording` once it runs.

    The bucket isn't the trail's: AWS Config doesn't deliver to one with Object Lock. It records with the
    service-linked role, whose rights are AWS's to keep right, which nobody else can be made to use, and
    without which Security Hub's control Config.1 fails.
    """

    def __init__(self, name: str, args: RecorderArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:Recorder", name, None, opts)
        stage, durability = args.stage, args.durability
        bucket = self._bucket(args)
        recorder = aws.cfg.Recorder(
            name,
            name=stage.physical("recorder"),
            # Of the account, and made by bootstrap/.
            role_arn=f"arn:aws:iam::{stage.account_id}:role/aws-service-role/config.amazonaws.com/"
            "AWSServiceRoleForConfig",
            recording_group=aws.cfg.RecorderRecordingGroupArgs(
                all_supported=True, include_global_resource_types=args.settings.global_resources
            ),
            opts=pulumi.ResourceOptions(parent=self, protect=durability.protect),
        )
        channel = aws.cfg.DeliveryChannel(
            name,
            name=stage.physical("recorder"),
            s3_bucket_name=bucket.bucket.bucket,
            s3_kms_key_arn=args.key.arn,
            snapshot_delivery_properties=aws.cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs(
                delivery_frequency="TwentyFour_Hours"
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[recorder, *bucket.secured]),
        )
        self.recording = aws.cfg.RecorderStatus(
            name,
            name=recorder.name,
            is_enabled=True,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[channel]),
        )
        self.register_outputs({})

    def _bucket(self, args: RecorderArgs) -> Bucket:
        physical_name, evidence = args.stage.bucket("configuration"), args.settings.evidence
        return Bucket(
            "configuration",
            BucketArgs(
                physical_name,
                args.durability,
                args.key,
                cold_after_days=evidence.cold_after_days,
                expire_after_days=evidence.kept_days,
                access_logs=args.access_logs,
                statements=statements.deliver_configuration(args.stage, physical_name),
            ),
            pulumi.ResourceOptions(parent=self),
        )


class Rules(pulumi.ComponentResource):
    """The rules, each by a name that its findings are recognized by.

    `recording`: what must run before AWS Config takes a rule, where it is the stage's own.
    """

    def __init__(
        self,
        name: str,
        stage: Stage,
        rules: Sequence[Rule],
        recording: pulumi.Resource | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("tollgate:detection:Rules", name, None, opts)
        for rule in rules:
            noun = rule.identifier.lower().replace("_", "-")
            aws.cfg.Rule(
                noun,
                name=stage.physical(noun),
                description=f"{rule.why} (PCI DSS 4.0.1: {', '.join(rule.requirements)})",
                source=aws.cfg.RuleSourceArgs(owner="AWS", source_identifier=rule.identifier),
                input_parameters=pulumi.Output.json_dumps(rule.parameters, sort_keys=True)
                if rule.parameters
                else None,
                opts=pulumi.ResourceOptions(parent=self, depends_on=recording),
            )
        self.register_outputs({})
