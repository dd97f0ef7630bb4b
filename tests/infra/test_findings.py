"""Findings: the right events reach the right topic in words, and ordinary ones reach nobody."""

import json
from typing import Any

import pytest
from moto.events.models import EventPattern

from engine import Graph, Node
from tests.infra.graphs import FUNCTIONS, ROLE, ROLE_POLICY, Graphs, statements

RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
URGENT = {
    "blinded",
    "credentials",
    "external-access",
    "firewall-off",
    "guardduty-high",
    "key-lost",
    "one-factor",
    "root",
    "secret-read",
    "security-hub-critical",
    "table-lost",
    "table-unprotected",
    "table-unrestorable",
}
EVIDENCE = {"bucketName": "tollgate-dev-evidence-222222222222"}
NOTICE = {
    "backup-copy-failed",
    "backup-failed",
    "bucket-changed",
    "firewall-changed",
    "guardduty-medium",
    "key-changed",
    "noncompliant",
    "secret-changed",
    "security-hub-high",
}
WORLDWIDE = {"credentials", "one-factor", "root"}
ACCOUNT = "222222222222"
CARD_KEYS = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:tollgate-dev-card-keys-abcdef"
ASSUMED = {"type": "AssumedRole", "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::1:role/someone"}}}


def call(service: str, name: str, **detail: Any) -> dict[str, Any]:
    """An event of a call that CloudTrail recorded, as EventBridge hands it over."""
    recorded = {"eventSource": f"{service}.amazonaws.com", "eventName": name, "eventType": "AwsApiCall"}
    return {
        "source": f"aws.{service}",
        "detail-type": "AWS API Call via CloudTrail",
        "detail": {"userIdentity": ASSUMED} | recorded | detail,
    }


def sign_in(identity: str, mfa: str, result: str = "Success") -> dict[str, Any]:
    return {
        "source": "aws.signin",
        "detail-type": "AWS Console Sign In via CloudTrail",
        "detail": {
            "eventSource": "signin.amazonaws.com",
            "eventName": "ConsoleLogin",
            "eventType": "AwsConsoleSignIn",
            "userIdentity": {"type": identity},
            "additionalEventData": {"MFAUsed": mfa},
            "responseElements": {"ConsoleLogin": result},
        },
    }


def guardduty(severity: float) -> dict[str, Any]:
    return {"source": "aws.guardduty", "detail-type": "GuardDuty Finding", "detail": {"severity": severity}}


def compliance(rule: str, result: str) -> dict[str, Any]:
    return {
        "source": "aws.config",
        "detail-type": "Config Rules Compliance Change",
        "detail": {
            "messageType": "ComplianceChangeNotification",
            "configRuleName": rule,
            "newEvaluationResult": {"complianceType": result},
        },
    }


def reading(secret: str, identity: dict[str, Any]) -> dict[str, Any]:
    return call(
        "secretsmanager", "GetSecretValue", requestParameters={"secretId": secret}, userIdentity=identity
    )


def role_session(role: str) -> dict[str, Any]:
    issuer = {"type": "Role", "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}"}
    return {"type": "AssumedRole", "sessionContext": {"sessionIssuer": issuer}}


def table_call(name: str, **parameters: Any) -> dict[str, Any]:
    table = parameters.pop("tableName", "tollgate-dev-payments")
    return call("dynamodb", name, requestParameters={"tableName": table, **parameters})


def restorable(enabled: bool) -> dict[str, Any]:
    """What a deployment that makes a table calls as well."""
    specification = {"pointInTimeRecoveryEnabled": enabled}
    return table_call("UpdateContinuousBackups", pointInTimeRecoverySpecification=specification)


def backup(kind: str, state: str) -> dict[str, Any]:
    return {"source": "aws.backup", "detail-type": kind, "detail": {"state": state}}


def findings(graph: Graph) -> dict[str, Node]:
    """The rules by name: those of the stage's Region that hear of events rather than the clock."""
    return {
        node.name: node
        for node in graph.of_type(RULE)
        if f"-{graph.stack}-finding-" in node.inputs["name"] and "region" not in node.inputs
    }


def targets(graph: Graph) -> dict[str, dict[str, Any]]:
    return {node.name: node.inputs for node in graph.of_type(TARGET)}


def heard(graph: Graph, event: dict[str, Any]) -> set[str]:
    """The findings that an event is."""
    return {
        name
        for name, rule in findings(graph).items()
        if EventPattern.load(rule.inputs["eventPattern"]).matches_event(event)  # pyright: ignore[reportArgumentType]
    }


def test_each_finding_goes_to_the_topic_of_its_urgency(graph: Graph) -> None:
    account = graph.exports["account_id"]
    reached = {name: targets(graph)[name]["arn"] for name in findings(graph)}
    topic = f"arn:aws:sns:eu-west-1:{account}:tollgate-{graph.stack}-"
    assert reached == {
        **dict.fromkeys(URGENT, f"{topic}urgent"),
        **dict.fromkeys(NOTICE, f"{topic}notice"),
    }


def test_a_finding_is_told_in_words_with_everything_that_they_promise(graph: Graph) -> None:
    for name, rule in findings(graph).items():
        told = targets(graph)[name]["inputTransformer"]
        text = json.loads(told["inputTemplate"])
        assert text.startswith(f"Tollgate {graph.stack}: {rule.inputs['description']}. ")
        for variable, path in told["inputPaths"].items():
            assert f"<{variable}>" in text
            assert path.startswith("$.")
        assert text.count("<") == len(told["inputPaths"])


def test_rules_are_named_so_that_the_topics_know_them(graph: Graph) -> None:
    for name, rule in findings(graph).items():
        assert rule.inputs["name"] == f"tollgate-{graph.stack}-finding-{name}"
        assert targets(graph)[name]["rule"] == rule.inputs["name"]
        assert "roleArn" not in targets(graph)[name]


def test_only_reading_a_secret_needs_a_rule_that_hears_reading(graph: Graph) -> None:
    states = {name: rule.inputs["state"] for name, rule in findings(graph).items()}
    assert states.pop("secret-read") == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
    assert set(states.values()) == {"ENABLED"}


def test_a_pattern_is_no_longer_than_eventbridge_takes(graph: Graph) -> None:
    assert max(len(rule.inputs["eventPattern"]) for rule in findings(graph).values()) <= 2048


def test_events_of_global_services_are_passed_on_to_the_stages_region(graph: Graph) -> None:
    account = graph.exports["account_id"]
    bus = f"arn:aws:events:eu-west-1:{account}:event-bus/default"
    abroad = {
        node.name: node
        for node in graph.of_type(RULE)
        if node.inputs.get("region") == "us-east-1" and "eventPattern" in node.inputs
    }
    role = graph.one(ROLE, "findings")
    assert set(abroad) == {f"{name}-us-east-1" for name in WORLDWIDE}
    for name, rule in abroad.items():
        assert (
            rule.inputs["eventPattern"]
            == (findings(graph)[name.removesuffix("-us-east-1")].inputs["eventPattern"])
        )
        target = targets(graph)[name]
        assert (target["arn"], target["roleArn"], target["region"]) == (
            bus,
            role.outputs["arn"],
            "us-east-1",
        )
        assert "inputTransformer" not in target
    (granted,) = statements(graph.one(ROLE_POLICY, "findings").inputs["policy"])
    assert (granted["Action"], granted["Resource"]) == (["events:PutEvents"], bus)
    (trust,) = statements(role.inputs["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "events.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": account}}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (guardduty(8.5), {"guardduty-high"}),
        (guardduty(7), {"guardduty-high"}),
        (guardduty(4), {"guardduty-medium"}),
        (guardduty(3.9), set()),
        (compliance("tollgate-dev-dynamodb-pitr-enabled", "NON_COMPLIANT"), {"noncompliant"}),
        (compliance("tollgate-dev-dynamodb-pitr-enabled", "COMPLIANT"), set()),
        (compliance("securityhub-dynamodb-pitr-enabled-1a2b3c", "NON_COMPLIANT"), set()),
        (call("kms", "ScheduleKeyDeletion"), {"key-lost"}),
        (call("kms", "DisableKey", errorCode="AccessDenied"), {"key-lost"}),
        (call("kms", "PutKeyPolicy"), {"key-changed"}),
        (call("kms", "Decrypt"), set()),
        (sign_in("Root", "Yes"), {"root"}),
        (sign_in("Root", "No"), {"root", "one-factor"}),
        (sign_in("IAMUser", "No"), {"one-factor"}),
        (sign_in("IAMUser", "No", "Failure"), set()),
        (sign_in("IAMUser", "Yes"), set()),
        (sign_in("AssumedRole", "No"), set()),
        (call("s3", "CreateBucket", userIdentity={"type": "Root"}), {"root"}),
        (
            call("s3", "CreateBucket", userIdentity={"type": "Root", "invokedBy": "config.amazonaws.com"}),
            set(),
        ),
        (call("kms", "RotateKey", userIdentity={"type": "Root"}, eventType="AwsServiceEvent"), set()),
        (call("iam", "CreateAccessKey"), {"credentials"}),
        (call("iam", "DeleteRolePermissionsBoundary"), {"credentials"}),
        (call("iam", "CreateRole"), set()),
        (call("cloudtrail", "StopLogging"), {"blinded"}),
        (call("config", "StopConfigurationRecorder"), {"blinded"}),
        (call("guardduty", "DeleteDetector"), {"blinded"}),
        (call("events", "DisableRule"), {"blinded"}),
        (call("config", "DeleteTrail"), set()),
        (call("wafv2", "DisassociateWebACL"), {"firewall-off"}),
        (call("wafv2", "UpdateWebACL"), {"firewall-changed"}),
        (table_call("DeleteTable"), {"table-lost"}),
        (
            table_call(
                "DeleteTable", tableName=f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/tollgate-dev-audits"
            ),
            {"table-lost"},
        ),
        (restorable(False), {"table-unrestorable"}),
        (restorable(True), set()),
        (backup("Backup Job State Change", "FAILED"), {"backup-failed"}),
        (backup("Backup Job State Change", "EXPIRED"), {"backup-failed"}),
        (backup("Backup Job State Change", "COMPLETED"), set()),
        (backup("Copy Job State Change", "FAILED"), {"backup-copy-failed"}),
        (table_call("UpdateTable", deletionProtectionEnabled=False), {"table-unprotected"}),
        (table_call("UpdateTable", billingMode="PROVISIONED"), set()),
        (table_call("DeleteTable", tableName="unrelated"), set()),
        (reading(CARD_KEYS, role_session("tollgate-dev-payments")), set()),
        (reading(CARD_KEYS, role_session("tollgate-deploy")), {"secret-read"}),
        (reading("tollgate-dev-card-keys", role_session("someone")), {"secret-read"}),
        (reading(CARD_KEYS, {"type": "IAMUser", "arn": "arn:aws:iam::1:user/ann"}), {"secret-read"}),
        (reading("unrelated", role_session("someone")), set()),
        (
            call("secretsmanager", "PutSecretValue", requestParameters={"secretId": CARD_KEYS}),
            {"secret-changed"},
        ),
        (call("s3", "DeleteBucketPolicy", requestParameters=EVIDENCE), {"bucket-changed"}),
        (call("s3", "PutObject", requestParameters=EVIDENCE), set()),
    ],
)
def test_an_event_is_the_findings_that_it_should_be(
    graphs: Graphs, event: dict[str, Any], expected: set[str]
) -> None:
    assert heard(graphs("dev"), event) == expected


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_alarms_anybody_by_reading_its_secrets(graphs: Graphs, function: str) -> None:
    assert heard(graphs("dev"), reading(CARD_KEYS, role_session(f"tollgate-dev-{function}"))) == set()


def test_security_hub_tells_of_new_failures_of_its_own_checks(graph: Graph) -> None:
    # The matcher at hand doesn't look into lists of objects, so the patterns are read here.
    for label in ("critical", "high"):
        pattern = json.loads(findings(graph)[f"security-hub-{label}"].inputs["eventPattern"])
        assert pattern["detail"]["findings"] == {
            "ProductArn": [f"arn:aws:securityhub:{graph.exports['region']}::product/aws/securityhub"],
            "Severity": {"Label": [label.upper()]},
            "Compliance": {"Status": ["FAILED"]},
            "Workflow": {"Status": ["NEW"]},
            "RecordState": ["ACTIVE"],
        }


def test_access_from_outside_is_told_once_it_is_found(graphs: Graphs) -> None:
    event = {"source": "aws.access-analyzer", "detail-type": "Access Analyzer Finding"}
    assert heard(graphs("dev"), {**event, "detail": {"status": "ACTIVE"}}) == {"external-access"}
    assert heard(graphs("dev"), {**event, "detail": {"status": "RESOLVED"}}) == set()
