"""What AWS's services of detection find, as far as somebody is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from infra.detection.finding import Finding, Topic
from infra.stage import Stage


def service_findings(stage: Stage, *, security_hub: bool) -> list[Finding]:
    """GuardDuty's, AWS Config's, IAM Access Analyzer's, AWS Backup's and, if it is on, Security Hub's."""
    return [
        *_guardduty(),
        *(_security_hub(stage) if security_hub else ()),
        _noncompliant(stage),
        _EXTERNAL_ACCESS,
        *_BACKUPS,
    ]


def _guardduty() -> Sequence[Finding]:
    """From severity 4 (medium) on; 7 and more is high. Lower ones are in GuardDuty."""
    bands: Mapping[str, tuple[Topic, list[Any]]] = {
        "high": ("urgent", [">=", 7]),
        "medium": ("notice", [">=", 4, "<", 7]),
    }
    return [
        Finding(
            f"guardduty-{band}",
            f"GuardDuty sees a {band} threat",
            topic,
            {
                "source": ["aws.guardduty"],
                "detail-type": ["GuardDuty Finding"],
                "detail": {"severity": [{"numeric": severity}]},
            },
            "<title> (severity <severity>, <type>) in <region>. Finding <id>.",
            {
                "title": "$.detail.title",
                "severity": "$.detail.severity",
                "type": "$.detail.type",
                "region": "$.region",
                "id": "$.detail.id",
            },
        )
        for band, (topic, severity) in bands.items()
    ]


def _security_hub(stage: Stage) -> Sequence[Finding]:
    """Failed checks that nobody has taken up. GuardDuty's findings, which are here too, have come already.

    By the product's ARN: AWS has changed its name.
    """
    product = f"arn:aws:securityhub:{stage.region}::product/aws/securityhub"
    topics: Mapping[str, Topic] = {"critical": "urgent", "high": "notice"}
    return [
        Finding(
            f"security-hub-{label}",
            f"A {label} check of Security Hub fails",
            topic,
            {
                "source": ["aws.securityhub"],
                "detail-type": ["Security Hub Findings - Imported"],
                "detail": {
                    "findings": {
                        "ProductArn": [product],
                        "Severity": {"Label": [label.upper()]},
                        "Compliance": {"Status": ["FAILED"]},
                        "Workflow": {"Status": ["NEW"]},
                        "RecordState": ["ACTIVE"],
                    }
                },
            },
            "<title>: <resource>. Finding <id>.",
            {
                "title": "$.detail.findings[0].Title",
                "resource": "$.detail.findings[0].Resources[0].Id",
                "id": "$.detail.findings[0].Id",
            },
        )
        for label, topic in topics.items()
    ]


def _noncompliant(stage: Stage) -> Finding:
    return Finding(
        "noncompliant",
        "A resource disobeys a rule of AWS Config",
        "notice",
        {
            "source": ["aws.config"],
            "detail-type": ["Config Rules Compliance Change"],
            "detail": {
                "messageType": ["ComplianceChangeNotification"],
                # Security Hub has rules of its own, which it tells about itself.
                "configRuleName": [{"prefix": stage.physical("")}],
                "newEvaluationResult": {"complianceType": ["NON_COMPLIANT"]},
            },
        },
        "<resource> (<type>) disobeys <rule> since <time>.",
        {
            "resource": "$.detail.resourceId",
            "type": "$.detail.resourceType",
            "rule": "$.detail.configRuleName",
            "time": "$.time",
        },
    )


_EXTERNAL_ACCESS = Finding(
    "external-access",
    "Somebody outside the account can reach a resource",
    "urgent",
    {
        "source": ["aws.access-analyzer"],
        "detail-type": ["Access Analyzer Finding"],
        "detail": {"status": ["ACTIVE"]},
    },
    "<resource> (<type>) can be reached from outside; by everybody: <public>. Finding <id>.",
    {
        "resource": "$.detail.resource",
        "type": "$.detail.resourceType",
        "public": "$.detail.isPublic",
        "id": "$.detail.id",
    },
)

# The events' states, by AWS Backup's developer guide (Monitoring events using EventBridge): a job that never
# began has expired, and copies tell theirs in capitals, too.
_BACKUPS = (
    Finding(
        "backup-failed",
        "A table wasn't backed up",
        "notice",
        {
            "source": ["aws.backup"],
            "detail-type": ["Backup Job State Change"],
            "detail": {"state": ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"]},
        },
        "<resource> in vault <vault>: <state>. <message> Job <id>.",
        {
            "resource": "$.detail.resourceArn",
            "vault": "$.detail.backupVaultName",
            "state": "$.detail.state",
            "message": "$.detail.statusMessage",
            "id": "$.detail.backupJobId",
        },
    ),
    Finding(
        "backup-copy-failed",
        "A backup wasn't copied to the other Region",
        "notice",
        {
            "source": ["aws.backup"],
            "detail-type": ["Copy Job State Change"],
            "detail": {"state": ["FAILED", "PARTIAL"]},
        },
        "<resource> to <vault>: <state>. <message> Job <id>.",
        {
            "resource": "$.detail.resourceArn",
            "vault": "$.detail.destinationBackupVaultArn",
            "state": "$.detail.state",
            "message": "$.detail.statusMessage",
            "id": "$.detail.copyJobId",
        },
    ),
)
