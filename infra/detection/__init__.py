"""Detection: what watches the account, and who is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket
from infra.detection.access_analyzer import AccessAnalyzer
from infra.detection.config import Recorder, RecorderArgs, Rules
from infra.detection.config_rules import Fitting, Need, Rule, fitted
from infra.detection.finding import Topic
from infra.detection.findings import GLOBAL_REGION, Findings, FindingsArgs, findings_of, heartbeat_rule_arn
from infra.detection.guardduty import GuardDuty
from infra.detection.security_hub import SecurityHub, SecurityHubArgs
from infra.detection.statements import trail_arns
from infra.detection.trail import Trail, TrailArgs, trail_log_group_name
from infra.keys import Keys
from infra.settings import Settings

__all__ = [
    "GLOBAL_REGION",
    "Detection",
    "DetectionArgs",
    "findings_of",
    "heartbeat_rule_arn",
    "trail_arns",
    "trail_log_group_name",
]


@dataclass(frozen=True)
class DetectionArgs:
    """`tables`: by class of data; their use is recorded and their keys are checked.

    `topics`, `readers`, `open_to_publishers`: see `FindingsArgs`. `access_logs`: the bucket that gets a line
    for each request to the stage's other buckets.
    """

    settings: Settings
    keys: Keys
    tables: Mapping[str, aws.dynamodb.Table]
    readers: pulumi.Input[list[str]]
    topics: Mapping[Topic, pulumi.Input[str]]
    open_to_publishers: Sequence[pulumi.Resource]
    access_logs: Bucket | None = None


class Detection(pulumi.ComponentResource):
    """Every service of detection that the settings make the stage's own, our rules, and the findings."""

    def __init__(self, name: str, args: DetectionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:Detection", name, None, opts)
        settings, detection = args.settings, args.settings.detection
        stage, durability = settings.stage, settings.durability
        child = pulumi.ResourceOptions(parent=self)
        if detection.guardduty == "standalone":
            GuardDuty("guardduty", durability, child)
        if detection.security_hub != "off":
            SecurityHub(
                "security-hub",
                SecurityHubArgs(stage, detection.standards, detection.security_hub == "standalone"),
                child,
            )
        if detection.access_analyzer == "standalone":
            AccessAnalyzer("access-analyzer", stage, detection.unused_access_days, child)
        if detection.trail == "standalone":
            tables = {name: table.arn for name, table in args.tables.items()}
            Trail(
                "trail",
                TrailArgs(
                    stage,
                    durability,
                    detection,
                    settings.log_retention_days,
                    args.keys,
                    tables,
                    args.access_logs,
                ),
                child,
            )
        recording = self._record(args) if detection.config == "standalone" else None
        Rules("rules", stage, _rules(args), recording, child)
        security_hub = detection.security_hub != "off"
        Findings(
            "findings",
            FindingsArgs(stage, args.topics, args.readers, security_hub, args.open_to_publishers),
            child,
        )
        self.register_outputs({})

    def _record(self, args: DetectionArgs) -> pulumi.Resource:
        settings = args.settings
        recorder = Recorder(
            "recorder",
            RecorderArgs(
                settings.stage,
                settings.durability,
                settings.detection,
                args.keys.data["evidence"],
                args.access_logs,
            ),
            pulumi.ResourceOptions(parent=self),
        )
        return recorder.recording


def _rules(args: DetectionArgs) -> list[Rule]:
    settings, detection = args.settings, args.settings.detection
    met: dict[Need, bool] = {
        "durable": settings.durability.protect,
        "global_resources": detection.global_resources,
        "security_hub": detection.security_hub != "off",
    }
    return fitted(
        Fitting(
            detection.limits,
            settings.log_retention_days,
            pulumi.Output.all(*(args.keys.data[name].arn for name in args.tables)).apply(",".join),
            frozenset(need for need, holds in met.items() if holds),
        )
    )
