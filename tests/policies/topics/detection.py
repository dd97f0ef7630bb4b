"""Cases of `policies/pack/detection.py`."""

import json
from typing import Any

from engine import Graph
from policies.pack import detection
from policies.pack.aws import EVENT_RULE, EVENT_TARGET, TOPIC, TRAIL
from policies.pack.detection import CHANNEL, DETECTOR, FEATURE, RECORDER, RECORDER_STATUS
from tests.policies.case import Case
from tests.policies.patches import change, drop, drop_all
from tests.policies.resources import UNKNOWN, resource, root

HUB = "aws:securityhub/account:Account"
STANDARD = "aws:securityhub/standardsSubscription:StandardsSubscription"
ANALYZER = "aws:accessanalyzer/analyzer:Analyzer"
FOUNDATIONAL = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
TOPIC_ARN = "arn:aws:sns:eu-west-1:111111111111:t"
SOURCES = json.dumps({"source": ["aws.guardduty", "aws.securityhub"]})


def _features(*names: str) -> list[Any]:
    return [resource(FEATURE, name, detectorId="d", name=name, status="ENABLED") for name in names]


def _nobody_hears_of_guardduty(graph: Graph) -> None:
    for rule in graph.of_type(EVENT_RULE):
        if "aws.guardduty" in rule.inputs.get("eventPattern", ""):
            drop(EVENT_TARGET, rule.name)(graph)


CASES = [
    Case(
        detection.account_has_trail,
        passes=[root(), resource(TRAIL)],
        fails=[root()],
        unknown=[root(), resource(TRAIL, name=UNKNOWN)],
        unknown_is="passes",
        broken=drop_all(TRAIL),
    ),
    Case(
        detection.account_has_detector,
        passes=[root(), resource(DETECTOR, enable=True)],
        fails=[root(), resource(DETECTOR, enable=False)],
        unknown=[root(), resource(DETECTOR, enable=UNKNOWN)],
        broken=change(DETECTOR, "guardduty", {"enable": False}),
    ),
    Case(
        detection.detector_has_features,
        passes=[resource(DETECTOR, id="d"), *_features("S3_DATA_EVENTS", "LAMBDA_NETWORK_LOGS")],
        fails=[resource(DETECTOR, id="d"), *_features("S3_DATA_EVENTS")],
        unknown=[resource(DETECTOR, id="d"), resource(FEATURE, detectorId="d", name="x", status=UNKNOWN)],
        broken=change(FEATURE, "lambda-network-logs", {"status": "DISABLED"}),
    ),
    Case(
        detection.account_is_recorded,
        passes=[root(), resource(RECORDER), resource(RECORDER_STATUS, isEnabled=True), resource(CHANNEL)],
        fails=[root(), resource(RECORDER), resource(RECORDER_STATUS, isEnabled=False), resource(CHANNEL)],
        unknown=[root(), resource(RECORDER), resource(RECORDER_STATUS, isEnabled=UNKNOWN), resource(CHANNEL)],
        broken=change(RECORDER, "recorder", {"recordingGroup.allSupported": False}),
    ),
    Case(
        detection.account_is_scored,
        passes=[root(), resource(HUB), resource(STANDARD, standardsArn=FOUNDATIONAL)],
        fails=[root(), resource(HUB)],
        unknown=[root(), resource(HUB), resource(STANDARD, standardsArn=UNKNOWN)],
        broken=drop(STANDARD, "fsbp"),
    ),
    Case(
        detection.account_has_access_analyzer,
        passes=[root(), resource(ANALYZER, type="ACCOUNT")],
        fails=[root(), resource(ANALYZER, type="ACCOUNT_UNUSED_ACCESS")],
        unknown=[root(), resource(ANALYZER, type=UNKNOWN)],
        broken=drop(ANALYZER, "external-access"),
    ),
    Case(
        detection.findings_reach_people,
        passes=[
            root(),
            resource(EVENT_RULE, name="r", eventPattern=SOURCES),
            resource(EVENT_TARGET, rule="r", arn=TOPIC_ARN),
            resource(TOPIC, arn=TOPIC_ARN),
        ],
        fails=[root(), resource(EVENT_RULE, name="r", eventPattern=SOURCES)],
        unknown=[
            root(),
            resource(EVENT_RULE, name="r", eventPattern=UNKNOWN),
            resource(EVENT_TARGET, rule="r", arn=TOPIC_ARN),
            resource(TOPIC, arn=TOPIC_ARN),
        ],
        broken=_nobody_hears_of_guardduty,
    ),
]
