"""Who watches the account: each service as declared, and only what isn't the organization's."""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import Graph, up
from infra.bucket_policy import bucket_arn
from infra.detection import statements as detection_statements
from infra.stage import Stage
from tests.infra.graphs import KEY, LOG_GROUP, ROLE, ROLE_POLICY, Graphs, key_arns, statements
from tests.infra.iam import findings
from tests.stacks import PROJECT

STAGE = Stage("dev", "222222222222", "eu-west-1")
SETTINGS: dict[str, Any] = {
    "guardduty": "standalone",
    "config": "standalone",
    "security_hub": "standalone",
    "standards": ["fsbp"],
    "access_analyzer": "standalone",
    "trail": "standalone",
    "evidence": {"locked_days": 1, "kept_days": 90},
}
BUCKET_KINDS = {
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketLogging:BucketLogging",
    "aws:s3/bucketVersioning:BucketVersioning",
    "tollgate:bucket:Bucket",
}
# What each service is made of: the organization's service takes exactly this away.
GUARDDUTY = {
    "aws:guardduty/detector:Detector",
    "aws:guardduty/detectorFeature:DetectorFeature",
    "tollgate:detection:GuardDuty",
}
ACCESS_ANALYZER = {"aws:accessanalyzer/analyzer:Analyzer", "tollgate:detection:AccessAnalyzer"}
TRAIL = {
    *BUCKET_KINDS,
    "aws:cloudtrail/trail:Trail",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "tollgate:detection:Trail",
    LOG_GROUP,
    ROLE,
    ROLE_POLICY,
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
}
CONFIG = {
    *BUCKET_KINDS,
    "aws:cfg/deliveryChannel:DeliveryChannel",
    "aws:cfg/recorder:Recorder",
    "aws:cfg/recorderStatus:RecorderStatus",
    "tollgate:detection:Recorder",
}

Run = Callable[[str], Graph]


@pytest.fixture(scope="module")
def run(package: Path) -> Run:
    """The graph of dev with some settings of detection changed; they are given as JSON."""

    @cache
    def provision(changed: str) -> Graph:
        overrides = {
            "tollgate:package": str(package),
            "tollgate:detection": json.dumps(SETTINGS | json.loads(changed)),
        }
        return up(PROJECT, "dev", preview=False, overrides=overrides)

    return provision


def kinds(graph: Graph) -> Counter[str]:
    return Counter(node.type for node in graph.nodes.values())


@pytest.mark.parametrize(
    ("changed", "kinds_of_the_organization"),
    [
        ({"guardduty": "member"}, GUARDDUTY),
        ({"security_hub": "member"}, {"aws:securityhub/account:Account"}),
        ({"access_analyzer": "member"}, ACCESS_ANALYZER),
        ({"trail": "organization"}, TRAIL),
        ({"config": "member"}, CONFIG),
    ],
)
def test_what_the_organization_runs_is_not_made_and_nothing_else_changes(
    graphs: Graphs, run: Run, changed: dict[str, Any], kinds_of_the_organization: set[str]
) -> None:
    alone, within = kinds(graphs("dev")), kinds(run(json.dumps(changed)))
    assert set(alone - within) == kinds_of_the_organization
    assert not within - alone


def test_without_security_hub_nothing_is_expected_of_it(graphs: Graphs, run: Run) -> None:
    off = run(json.dumps({"security_hub": "off", "standards": []}))
    before, after = ({node.name for node in graph.nodes.values()} for graph in (graphs("dev"), off))
    findings_of_it = {"security-hub-critical", "security-hub-high"}
    assert before - after == {"fsbp", "security-hub", "securityhub-enabled", *findings_of_it}


def test_guardduty_decides_every_feature(graph: Graph) -> None:
    (detector,) = graph.of_type("aws:guardduty/detector:Detector")
    features = graph.of_type("aws:guardduty/detectorFeature:DetectorFeature")
    assert detector.inputs["enable"] is True
    assert "datasources" not in detector.inputs
    assert {feature.inputs["detectorId"] for feature in features} == {detector.id}
    assert {feature.inputs["name"]: feature.inputs["status"] for feature in features} == {
        "EBS_MALWARE_PROTECTION": "DISABLED",
        "EKS_AUDIT_LOGS": "DISABLED",
        "LAMBDA_NETWORK_LOGS": "ENABLED",
        "RDS_LOGIN_EVENTS": "DISABLED",
        "RUNTIME_MONITORING": "DISABLED",
        "S3_DATA_EVENTS": "ENABLED",
    }


def test_a_feature_that_is_off_says_so_of_all_its_parts_since_aws_names_them_too(graph: Graph) -> None:
    (monitoring,) = (
        feature
        for feature in graph.of_type("aws:guardduty/detectorFeature:DetectorFeature")
        if feature.inputs["name"] == "RUNTIME_MONITORING"
    )
    parts = {part["name"]: part["status"] for part in monitoring.inputs["additionalConfigurations"]}
    assert parts == dict.fromkeys(
        ("EC2_AGENT_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT"), "DISABLED"
    )


@pytest.mark.parametrize(
    ("stack", "standards"),
    [
        ("dev", {"aws-foundational-security-best-practices/v/1.0.0"}),
        ("prod", {"aws-foundational-security-best-practices/v/1.0.0", "pci-dss/v/4.0.1"}),
    ],
)
def test_security_hub_checks_the_named_standards(graphs: Graphs, stack: str, standards: set[str]) -> None:
    graph = graphs(stack)
    (account,) = graph.of_type("aws:securityhub/account:Account")
    subscribed = graph.of_type("aws:securityhub/standardsSubscription:StandardsSubscription")
    assert account.inputs["enableDefaultStandards"] is False
    assert {node.inputs["standardsArn"] for node in subscribed} == {
        f"arn:aws:securityhub:eu-west-1::standards/{standard}" for standard in standards
    }
    assert all(account.urn in node.dependencies for node in subscribed)


def test_access_from_outside_is_analyzed_and_unused_access_where_it_is_paid_for(graphs: Graphs) -> None:
    types = {
        stack: {
            node.inputs["type"]: node.inputs.get("configuration")
            for node in graphs(stack).of_type("aws:accessanalyzer/analyzer:Analyzer")
        }
        for stack in ("dev", "prod")
    }
    unused = {"unusedAccess": {"unusedAccessAge": 90}}
    assert types == {
        "dev": {"ACCOUNT": None},
        "prod": {"ACCOUNT": None, "ACCOUNT_UNUSED_ACCESS": unused},
    }


def test_all_resources_are_recorded_and_delivered_under_our_key(graph: Graph) -> None:
    (recorder,) = graph.of_type("aws:cfg/recorder:Recorder")
    (channel,) = graph.of_type("aws:cfg/deliveryChannel:DeliveryChannel")
    (status,) = graph.of_type("aws:cfg/recorderStatus:RecorderStatus")
    assert recorder.inputs["recordingGroup"] == {"allSupported": True, "includeGlobalResourceTypes": True}
    # The account's own, which bootstrap/ makes: whoever deploys may not make a role for a service.
    account = graph.exports["account_id"]
    assert recorder.inputs["roleArn"] == (
        f"arn:aws:iam::{account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    )
    bucket = graph.one("aws:s3/bucket:Bucket", "configuration")
    assert channel.inputs["s3BucketName"] == bucket.inputs["bucket"]
    assert channel.inputs["s3KmsKeyArn"] == key_arns(graph)["evidence"]
    assert status.inputs["isEnabled"] is True
    assert recorder.urn in channel.dependencies
    assert channel.urn in status.dependencies


def test_configurations_are_not_in_the_locked_bucket_that_config_could_not_deliver_to(graph: Graph) -> None:
    locked = {node.name: node.inputs["objectLockEnabled"] for node in graph.of_type("aws:s3/bucket:Bucket")}
    assert locked["configuration"] is False
    assert locked["evidence"] is True


@pytest.mark.parametrize(("stack", "mode", "days"), [("dev", "GOVERNANCE", 1), ("prod", "COMPLIANCE", 365)])
def test_evidence_is_locked_for_as_long_as_the_stage_says(
    graphs: Graphs, stack: str, mode: str, days: int
) -> None:
    lock = graphs(stack).one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "evidence")
    assert lock.inputs["rule"] == {"defaultRetention": {"mode": mode, "days": days}}


def test_detection_of_a_durable_stage_is_protected(graphs: Graphs) -> None:
    watching = (
        "aws:cfg/recorder:Recorder",
        "aws:cloudtrail/trail:Trail",
        "aws:guardduty/detector:Detector",
        "aws:s3/bucket:Bucket",
    )
    for stack, protected in (("dev", False), ("prod", True)):
        for kind in watching:
            assert {node.protect for node in graphs(stack).of_type(kind)} == {protected}


def test_services_use_the_evidence_key_for_the_stage_only(graph: Graph) -> None:
    account, stage = graph.exports["account_id"], graph.stack
    used = {
        statement["Sid"]: (statement["Principal"], statement["Condition"])
        for statement in statements(graph.one(KEY, "evidence").inputs["policy"])
        if "Service" in statement["Principal"]
    }
    trails = [
        f"arn:aws:cloudtrail:eu-west-1:{account}:trail/tollgate-{stage}-{name}"
        for name in ("trail", "data-trail")
    ]
    assert used == {
        "Trail": (
            {"Service": "cloudtrail.amazonaws.com"},
            {"StringEquals": {"aws:SourceArn": trails}},
        ),
        "Config": (
            {"Service": "config.amazonaws.com"},
            {"StringEquals": {"aws:SourceAccount": account}},
        ),
    }


def test_evidence_is_read_by_operators_through_s3(graph: Graph) -> None:
    (reading,) = (
        statement
        for statement in statements(graph.one(KEY, "evidence").inputs["policy"])
        if statement["Sid"] == "Reading"
    )
    assert reading["Action"] == ["kms:Decrypt"]
    assert reading["Condition"]["StringEquals"]["kms:ViaService"] == "s3.eu-west-1.amazonaws.com"


@pytest.mark.parametrize("bucket", ["evidence", "configuration"])
def test_only_a_service_on_our_behalf_puts_evidence(graph: Graph, bucket: str) -> None:
    policy = graph.one("aws:s3/bucketPolicy:BucketPolicy", bucket).inputs["policy"]
    granted = [statement for statement in statements(policy) if statement["Effect"] == "Allow"]
    assert {action for statement in granted for action in statement["Action"]} <= {
        "s3:GetBucketAcl",
        "s3:ListBucket",
        "s3:PutObject",
    }
    for statement in granted:
        bound = statement["Condition"]["StringEquals"]
        assert set(statement["Principal"]) == {"Service"}
        assert bound.keys() & {"aws:SourceArn", "aws:SourceAccount"}
        if "s3:PutObject" in statement["Action"]:
            assert f"/AWSLogs/{graph.exports['account_id']}/" in statement["Resource"]


@pytest.mark.parametrize(
    "statement",
    [
        *detection_statements.deliver_trail(STAGE, STAGE.bucket("evidence")),
        *detection_statements.deliver_configuration(STAGE, STAGE.bucket("configuration")),
        {"Sid": "Bus", **detection_statements.forward_events(STAGE.arn("events", "event-bus/default"))},
    ],
    ids=lambda statement: statement["Sid"],
)
def test_a_statement_names_existing_actions_on_fitting_resources_and_conditions(
    statement: dict[str, Any],
) -> None:
    assert findings(statement) == set()
    assert not [action for action in statement["Action"] if "*" in action]


def test_the_trails_files_are_put_under_its_own_bucket_and_account() -> None:
    _, delivery = detection_statements.deliver_trail(STAGE, STAGE.bucket("evidence"))
    arn = bucket_arn("tollgate-dev-evidence-222222222222")
    assert delivery["Resource"] == f"{arn}/AWSLogs/222222222222/*"
