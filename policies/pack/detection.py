"""What watches the account."""

import json

from .aws import EVENT_RULE, EVENT_TARGET, TOPIC, TRAIL
from .declaring import HIGH, MEDIUM, Violations, flag, policy, text, words
from .stack import Member, Stack

GUARDDUTY = "https://docs.aws.amazon.com/guardduty/latest/ug"
CONFIG = "https://docs.aws.amazon.com/config/latest/developerguide"
DETECTOR = "aws:guardduty/detector:Detector"
FEATURE = "aws:guardduty/detectorFeature:DetectorFeature"
RECORDER = "aws:cfg/recorder:Recorder"
RECORDER_STATUS = "aws:cfg/recorderStatus:RecorderStatus"
CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel"
CENTRAL = flag(
    False, "Whether another stack (a security account) has it, and this one is a member that only benefits."
)


@policy(
    severity=HIGH,
    pci=["10.2.1"],
    remedy="Add a Trail, or set `central` if the organization has one.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
    settings={"central": CENTRAL},
)
def account_has_trail(_root: Member, stack: Stack, central: bool) -> Violations:
    """Calls to AWS are recorded by a trail."""
    if not central and not stack.of_type(TRAIL):
        yield "the stack has no trail"


@policy(
    severity=HIGH,
    pci=["11.5.1", "10.4.1.1"],
    remedy="Add a Detector that is enabled, or set `central` if the organization's administrator does so.",
    url=f"{GUARDDUTY}/what-is-guardduty.html",
    settings={"central": CENTRAL},
)
def account_has_detector(_root: Member, stack: Stack, central: bool) -> Violations:
    """GuardDuty watches the account."""
    if not central and not any(each.props.get("enable", True) for each in stack.of_type(DETECTOR)):
        yield "the stack has no detector that is on"


@policy(
    on=DETECTOR,
    severity=MEDIUM,
    pci=["11.5.1"],
    remedy="Add a DetectorFeature that is ENABLED.",
    url=f"{GUARDDUTY}/guardduty-features-activation-model.html",
    settings={"features": words(["S3_DATA_EVENTS", "LAMBDA_NETWORK_LOGS"], "Features that must be on.")},
)
def detector_has_features(detector: Member, stack: Stack, features: list[str]) -> Violations:
    """GuardDuty looks at what this platform uses: functions' connections and reads of buckets."""
    enabled = {
        each.props.get("name")
        for each in stack.naming(FEATURE, "detectorId", detector)
        if each.props.get("status") == "ENABLED"
    }
    yield from (f"{feature} is off" for feature in features if feature not in enabled)


@policy(
    severity=HIGH,
    pci=["2.2.1", "11.5.2", "12.5.1"],
    remedy="Add a Recorder of all types, its RecorderStatus and its DeliveryChannel.",
    url=f"{CONFIG}/stop-start-recorder.html",
    settings={"central": CENTRAL},
)
def account_is_recorded(_root: Member, stack: Stack, central: bool) -> Violations:
    """AWS Config records every resource of the account, whoever made it."""
    if central:
        return
    recorders = stack.of_type(RECORDER)
    if not any((each.props.get("recordingGroup") or {}).get("allSupported", True) for each in recorders):
        yield "no recorder takes all types of resources"
    if not any(each.props.get("isEnabled") for each in stack.of_type(RECORDER_STATUS)):
        yield "no recorder is switched on"
    if not stack.of_type(CHANNEL):
        yield "what is recorded is delivered nowhere"


@policy(
    severity=HIGH,
    pci=["2.2.1", "6.3.1", "10.4.1.1"],
    remedy="Add securityhub.Account and a StandardsSubscription.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html",
    settings={
        "central": CENTRAL,
        "standard": text("aws-foundational-security-best-practices", "A part of a standard's ARN."),
    },
)
def account_is_scored(_root: Member, stack: Stack, central: bool, standard: str) -> Violations:
    """Security Hub holds the account against a standard."""
    if central:
        return
    if not stack.of_type("aws:securityhub/account:Account"):
        yield "Security Hub is off"
    subscriptions = stack.of_type("aws:securityhub/standardsSubscription:StandardsSubscription")
    if not any(standard in (each.props.get("standardsArn") or "") for each in subscriptions):
        yield f"no subscription is for {standard}"


@policy(
    severity=MEDIUM,
    pci=["7.2.4", "1.4.4"],
    remedy="Add an Analyzer of the type ACCOUNT.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
    settings={"central": CENTRAL},
)
def account_has_access_analyzer(_root: Member, stack: Stack, central: bool) -> Violations:
    """Access Analyzer looks for what the account opens to others."""
    analyzers = stack.of_type("aws:accessanalyzer/analyzer:Analyzer")
    if not central and not any(each.props.get("type", "ACCOUNT") in EXTERNAL for each in analyzers):
        yield "no analyzer looks for access from outside"


EXTERNAL = ("ACCOUNT", "ORGANIZATION")


@policy(
    severity=HIGH,
    pci=["10.4.1.1", "12.10.5"],
    remedy="Add an EventRule for the source, with a target that people hear of.",
    url=f"{GUARDDUTY}/guardduty_findings_eventbridge.html",
    settings={
        "sources": words(["aws.guardduty", "aws.securityhub"], "Sources of events whose findings count."),
        "central": CENTRAL,
    },
)
def findings_reach_people(_root: Member, stack: Stack, sources: list[str], central: bool) -> Violations:
    """Findings of GuardDuty and Security Hub are sent to a topic."""
    heard = {
        source
        for rule in stack.of_type(EVENT_RULE)
        if rule.props.get("eventPattern")
        for target in stack.naming(EVENT_TARGET, "rule", rule)
        if stack.named(target, "arn", TOPIC)
        for source in json.loads(rule.props["eventPattern"]).get("source", ())
    }
    if not central:
        yield from (f"nobody hears of findings of {source}" for source in sources if source not in heard)
