"""Which events of the account somebody is told about, how soon, and in which words.

Patterns are EventBridge's. Calls are matched whether they succeeded or were refused: an attempt tells as
much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pulumi

from infra.stage import Stage

Topic = Literal["urgent", "notice"]

CALL = "AWS API Call via CloudTrail"
SIGN_IN = "AWS Console Sign In via CloudTrail"
CALL_PATHS = {
    "call": "$.detail.eventName",
    "service": "$.detail.eventSource",
    "principal": "$.detail.userIdentity.arn",
    "address": "$.detail.sourceIPAddress",
    "region": "$.region",
    "time": "$.time",
    "error": "$.detail.errorCode",
    "event": "$.detail.eventID",
}
CALL_TEXT = (
    "<principal> called <call> of <service> from <address> in <region> at <time>."
    " Error, if any: <error>. CloudTrail event <event>."
)


@dataclass(frozen=True)
class Finding:
    """`means`: what has happened. `text`: the particulars, with `paths` into the event in angle brackets.

    `reads`: the event is a call that only reads, which a rule hears when it asks for it. `worldwide`: it is
    of a global service, whose events are in us-east-1.
    """

    name: str
    means: str
    topic: Topic
    pattern: Mapping[str, Any]
    text: str = CALL_TEXT
    paths: Mapping[str, str] = field(default_factory=lambda: CALL_PATHS)
    reads: bool = False
    worldwide: bool = False


def findings(stage: Stage, readers: pulumi.Input[Sequence[str]], *, security_hub: bool) -> list[Finding]:
    """All findings. `readers`: ARNs of the roles that read secrets as a matter of course."""
    return [
        *_guardduty(),
        *(_security_hub() if security_hub else ()),
        _noncompliant(stage),
        _EXTERNAL_ACCESS,
        *_KEYS,
        *_PEOPLE,
        _BLINDED,
        *_FIREWALL,
        _table_lost(stage),
        *_secrets(stage, readers),
        _bucket_weakened(stage),
    ]


def calls(service: str, *names: str, **detail: Any) -> dict[str, Any]:
    """The pattern of calls (`DeleteTable`, …) to a service (`dynamodb`, …)."""
    matched = {"eventSource": [f"{service}.amazonaws.com"], "eventName": list(names), **detail}
    return {"source": [f"aws.{service}"], "detail-type": [CALL], "detail": matched}


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


def _security_hub() -> Sequence[Finding]:
    """Failed checks that nobody has taken up. GuardDuty's findings, which are here too, have come already."""
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
                        "ProductName": ["Security Hub"],
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
_KEYS = (
    Finding(
        "key-lost",
        "A key is disabled or is to be deleted, and with it all that it opens",
        "urgent",
        calls("kms", "DisableKey", "ScheduleKeyDeletion"),
    ),
    Finding(
        "key-changed",
        "Who may use a key was changed, or that it rotates; a deployment does so too",
        "notice",
        calls("kms", "PutKeyPolicy", "DisableKeyRotation"),
    ),
)
_PEOPLE = (
    Finding(
        "root",
        "Root was used",
        "urgent",
        {
            "detail-type": [CALL, SIGN_IN],
            "detail": {
                # AWS itself acts as root, too, within a service or on behalf of one.
                "userIdentity": {"type": ["Root"], "invokedBy": [{"exists": False}]},
                "eventType": [{"anything-but": "AwsServiceEvent"}],
            },
        },
        worldwide=True,
    ),
    Finding(
        "one-factor",
        "Somebody signed in to the console with a password alone",
        "urgent",
        {
            "source": ["aws.signin"],
            "detail-type": [SIGN_IN],
            "detail": {
                "eventName": ["ConsoleLogin"],
                # Those who come from an identity provider have shown their second factor there.
                "userIdentity": {"type": ["IAMUser", "Root"]},
                "additionalEventData": {"MFAUsed": ["No"]},
                "responseElements": {"ConsoleLogin": ["Success"]},
            },
        },
        worldwide=True,
    ),
    Finding(
        "credentials",
        "Lasting credentials were made, which nothing here needs, or a guard of roles was taken away",
        "urgent",
        calls(
            "iam",
            "CreateAccessKey",
            "CreateLoginProfile",
            "CreateUser",
            "DeactivateMFADevice",
            "DeleteRolePermissionsBoundary",
        ),
        worldwide=True,
    ),
)
_BLINDING = {
    "access-analyzer": ("DeleteAnalyzer",),
    "cloudtrail": ("DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"),
    "config": (
        "DeleteConfigRule",
        "DeleteConfigurationRecorder",
        "DeleteDeliveryChannel",
        "StopConfigurationRecorder",
    ),
    "events": ("DeleteRule", "DisableRule", "RemoveTargets"),
    "guardduty": ("DeleteDetector", "DisassociateFromAdministratorAccount", "UpdateDetector"),
    "securityhub": ("BatchDisableStandards", "DisableSecurityHub", "DisassociateFromAdministratorAccount"),
}
_BLINDED = Finding(
    "blinded",
    "Detection was switched off or narrowed",
    "urgent",
    {
        "source": [f"aws.{service}" for service in _BLINDING],
        "detail-type": [CALL],
        "detail": {
            "$or": [
                {"eventSource": [f"{service}.amazonaws.com"], "eventName": list(names)}
                for service, names in _BLINDING.items()
            ]
        },
    },
)
_FIREWALL = (
    Finding(
        "firewall-off",
        "The API's firewall was taken away, or its log",
        "urgent",
        calls("wafv2", "DeleteLoggingConfiguration", "DeleteWebACL", "DisassociateWebACL"),
    ),
    Finding(
        "firewall-changed",
        "The API's firewall was changed; a deployment does so too",
        "notice",
        calls("wafv2", "AssociateWebACL", "PutLoggingConfiguration", "UpdateWebACL"),
    ),
)


def _table_lost(stage: Stage) -> Finding:
    """A table's name may be its ARN."""
    return Finding(
        "table-lost",
        "A table was deleted, or is no longer protected from it or restorable",
        "urgent",
        calls(
            "dynamodb",
            requestParameters={"tableName": [{"wildcard": f"*{stage.physical('*')}"}]},
            **{
                "$or": [
                    {"eventName": ["DeleteTable", "UpdateContinuousBackups"]},
                    {
                        "eventName": ["UpdateTable"],
                        "requestParameters": {"deletionProtectionEnabled": [False]},
                    },
                ]
            },
        ),
    )


def _secrets(stage: Stage, readers: pulumi.Input[Sequence[str]]) -> Sequence[Finding]:
    """A secret's id may be its ARN. A batch of secrets is recorded as one reading each."""
    ours = {"secretId": [{"wildcard": f"*{stage.physical('*')}"}]}
    issuer = [[{"anything-but": readers}], [{"exists": False}]]
    return (
        Finding(
            "secret-read",
            "A secret was read by somebody else than the functions",
            "urgent",
            calls(
                "secretsmanager",
                "GetSecretValue",
                requestParameters=ours,
                **{
                    "$or": [
                        {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": arn}}}}
                        for arn in issuer
                    ]
                },
            ),
            reads=True,
        ),
        Finding(
            "secret-changed",
            "A secret was put, changed or deleted; key rotation does so too",
            "notice",
            calls(
                "secretsmanager",
                "DeleteSecret",
                "PutResourcePolicy",
                "PutSecretValue",
                "UpdateSecret",
                requestParameters=ours,
            ),
        ),
    )


def _bucket_weakened(stage: Stage) -> Finding:
    return Finding(
        "bucket-changed",
        "A bucket's protection was changed; a deployment does so too",
        "notice",
        calls(
            "s3",
            "DeleteBucket",
            "DeleteBucketEncryption",
            "DeleteBucketPolicy",
            "DeleteBucketPublicAccessBlock",
            "PutBucketLifecycle",
            "PutBucketObjectLockConfiguration",
            "PutBucketPolicy",
            "PutBucketVersioning",
            requestParameters={"bucketName": [{"prefix": stage.physical("")}]},
        ),
    )
