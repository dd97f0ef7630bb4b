"""GuardDuty: a detector of the stage's own, with every feature decided."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.durability import Durability


@dataclass(frozen=True)
class Feature:
    """`name`: of GuardDuty's API. `why`: it is on, or off."""

    name: str
    enabled: bool
    why: str
    parts: tuple[str, ...] = ()
    """Its `additional_configurations`, as on or off as itself. AWS names them also where they are off."""


# One by one: those that aren't mentioned are on, and one that is removed from here stays as it was. Left out
# is EKS_RUNTIME_MONITORING, which can't be set beside RUNTIME_MONITORING.
FEATURES = (
    Feature("S3_DATA_EVENTS", True, "the archive and the evidence are in S3"),
    Feature("LAMBDA_NETWORK_LOGS", True, "all code runs in functions; some of them reach the Internet"),
    Feature("EBS_MALWARE_PROTECTION", False, "there are no instances and no volumes"),
    Feature("EKS_AUDIT_LOGS", False, "there is no Kubernetes"),
    Feature("RDS_LOGIN_EVENTS", False, "there is no relational database"),
    Feature(
        "RUNTIME_MONITORING",
        False,
        "it watches EC2, ECS and EKS, of which there is nothing",
        ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"),
    ),
)


class GuardDuty(pulumi.ComponentResource):
    """`detector` and its features. New findings are told at once, repeated ones every fifteen minutes."""

    def __init__(self, name: str, durability: Durability, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:GuardDuty", name, None, opts)
        self.detector = aws.guardduty.Detector(
            name,
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES",
            opts=pulumi.ResourceOptions(parent=self, protect=durability.protect),
        )
        for feature in FEATURES:
            status = "ENABLED" if feature.enabled else "DISABLED"
            aws.guardduty.DetectorFeature(
                feature.name.lower().replace("_", "-"),
                detector_id=self.detector.id,
                name=feature.name,
                status=status,
                additional_configurations=[
                    aws.guardduty.DetectorFeatureAdditionalConfigurationArgs(name=part, status=status)
                    for part in feature.parts
                ]
                or None,
                opts=pulumi.ResourceOptions(parent=self.detector),
            )
        self.register_outputs({})
