"""What watches the account, and what it has found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ops.verification.account import Account
from ops.verification.check import UnclearError, check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

DAY = timedelta(days=1)
# Analyzers of who outside the account has access; the others tell of rights that nobody uses.
EXTERNAL = ("ACCOUNT", "ORGANIZATION")


def _detector(account: Account) -> Any:
    ids = account.every("guardduty", "ListDetectors", "DetectorIds")
    if not ids:
        raise UnclearError("the account has no detector in the region")
    return account.ask("guardduty", "GetDetector", DetectorId=ids[0])


@check(
    "aws:guardduty/detector:Detector",
    "guardduty:ListDetectors",
    "guardduty:GetDetector",
    shows="GuardDuty is on",
    remedy=DEPLOY,
)
def detector(account: Account, node: Node) -> Iterator[str]:
    declared = "ENABLED" if node.inputs["enable"] else "DISABLED"
    yield from differ("its state", _detector(account)["Status"], declared)


@check(
    "aws:guardduty/detectorFeature:DetectorFeature",
    "guardduty:ListDetectors",
    "guardduty:GetDetector",
    shows="Each of GuardDuty's features is on or off as declared",
    remedy="If the organization's administrator decides, say so in the setting `detection`. " + DEPLOY,
)
def features(account: Account, node: Node) -> Iterator[str]:
    live = {each["Name"]: each["Status"] for each in _detector(account)["Features"]}
    yield from differ("its state", live.get(node.inputs["name"]), node.inputs["status"])


@check(
    "aws:cfg/recorder:Recorder",
    "config:DescribeConfigurationRecorderStatus",
    shows="AWS Config records, without errors",
    remedy="`aws configservice start-configuration-recorder`; errors come from role or bucket policy.",
)
def recorder(account: Account, node: Node) -> Iterator[str]:
    names = [node.inputs["name"]]
    answer = account.ask("config", "DescribeConfigurationRecorderStatus", ConfigurationRecorderNames=names)
    for live in answer["ConfigurationRecordersStatus"]:
        yield from differ("recording", live["recording"], True)
        if live.get("lastStatus") == "Failure":
            yield f"its last record: {live.get('lastErrorMessage', 'failed')}"


@check(
    "aws:cfg/deliveryChannel:DeliveryChannel",
    "config:DescribeDeliveryChannelStatus",
    shows="Configurations and their history are delivered to the bucket",
    remedy="Look at the bucket's policy and at its key's.",
)
def delivery(account: Account, node: Node) -> Iterator[str]:
    names = [node.inputs["name"]]
    answer = account.ask("config", "DescribeDeliveryChannelStatus", DeliveryChannelNames=names)
    (live,) = answer["DeliveryChannelsStatus"]
    told = {
        kind: live[kind]
        for kind in ("configHistoryDeliveryInfo", "configSnapshotDeliveryInfo")
        if kind in live
    }
    for kind, last in told.items():
        if last.get("lastStatus") == "Failure":
            yield f"{kind}: {last.get('lastErrorMessage', 'failed')}"
    if not any(last.get("lastStatus") == "Success" for last in told.values()):
        raise UnclearError("nothing has been delivered yet")


@check(
    "aws:cfg/rule:Rule",
    "config:DescribeComplianceByConfigRule",
    shows="The account obeys the rules of AWS Config",
    remedy="`aws configservice get-compliance-details-by-config-rule` names the resources of a rule.",
)
def rules(account: Account, node: Node) -> Iterator[str]:
    listed = account.every("config", "DescribeComplianceByConfigRule", "ComplianceByConfigRules")
    live = {each["ConfigRuleName"]: each["Compliance"]["ComplianceType"] for each in listed}
    state = live.get(node.inputs["name"], "not there")
    if state not in ("COMPLIANT", "INSUFFICIENT_DATA"):
        yield state.lower().replace("_", " ")


@check(
    "aws:securityhub/standardsSubscription:StandardsSubscription",
    "securityhub:GetEnabledStandards",
    shows="The account is measured by the declared standards",
    remedy="A standard takes some hours to be ready. " + DEPLOY,
)
def standards(account: Account, node: Node) -> Iterator[str]:
    listed = account.every("securityhub", "GetEnabledStandards", "StandardsSubscriptions")
    live = {each["StandardsArn"]: each["StandardsStatus"] for each in listed}
    yield from differ("its state", live.get(node.inputs["standardsArn"]), "READY")


@check(
    "aws:cloudtrail/trail:Trail",
    "cloudtrail:GetTrail",
    "cloudtrail:GetTrailStatus",
    shows="The trail is of all regions, validated, encrypted, on, and was delivered within a day",
    remedy="An error of delivery comes from the bucket's policy, its key's or the role's. " + DEPLOY,
)
def trail(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    live = account.ask("cloudtrail", "GetTrail", Name=declared["name"])["Trail"]
    yield from differ("validation", live["LogFileValidationEnabled"], declared["enableLogFileValidation"])
    yield from differ("of all regions", live["IsMultiRegionTrail"], declared["isMultiRegionTrail"])
    yield from differ("its bucket", live["S3BucketName"], declared["s3BucketName"])
    if "KmsKeyId" not in live:
        yield "it isn't under a key of ours"
    status = account.ask("cloudtrail", "GetTrailStatus", Name=declared["name"])
    yield from differ("logging", status["IsLogging"], True)
    for error in ("LatestDeliveryError", "LatestDigestDeliveryError", "LatestCloudWatchLogsDeliveryError"):
        if status.get(error):
            yield f"{error}: {status[error]}"
    if "LatestDeliveryTime" not in status:
        raise UnclearError("nothing has been delivered yet")
    if (age := account.now - status["LatestDeliveryTime"]) > DAY:
        yield f"its last delivery was {age.days} days ago"


@check(
    "aws:accessanalyzer/analyzer:Analyzer",
    "accessanalyzer:GetAnalyzer",
    shows="The analyzers of access work",
    remedy=DEPLOY,
)
def analyzers(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("accessanalyzer", "GetAnalyzer", analyzerName=node.inputs["analyzerName"])["analyzer"]
    yield from differ("its state", live["status"], "ACTIVE")
    yield from differ("its kind", live["type"], node.inputs["type"])


@check(
    "aws:accessanalyzer/analyzer:Analyzer",
    "accessanalyzer:GetAnalyzer",
    "accessanalyzer:ListFindingsV2",
    shows="Nobody outside the account has access that somebody has not accepted",
    remedy="Take the access away, or archive the finding with the reason for it.",
)
def access_from_outside(account: Account, node: Node) -> Iterator[str]:
    if node.inputs["type"] not in EXTERNAL:
        return
    live = account.ask("accessanalyzer", "GetAnalyzer", analyzerName=node.inputs["analyzerName"])["analyzer"]
    active = {"status": {"eq": ["ACTIVE"]}}
    found = account.every(
        "accessanalyzer", "ListFindingsV2", "findings", analyzerArn=live["arn"], filter=active
    )
    for finding in found:
        yield f"{finding.get('resource', finding['id'])} ({finding['resourceType']})"


CHECKS = (
    detector,
    features,
    recorder,
    delivery,
    rules,
    standards,
    trail,
    analyzers,
    access_from_outside,
)
