"""Calls in the account that somebody is told about.

Calls are matched whether they succeeded or were refused: an attempt tells as much.
"""

from collections.abc import Sequence
from typing import Any

import pulumi

from infra.detection.finding import CALL, SIGN_IN, Finding, calls
from infra.stage import Stage


def call_findings(stage: Stage, readers: pulumi.Input[Sequence[str]]) -> list[Finding]:
    """Those about keys, people, detection, the firewall, tables, secrets and buckets.

    `readers`: ARNs of the roles that read secrets as a matter of course.
    """
    return [
        *_KEYS,
        *_PEOPLE,
        _BLINDED,
        *_FIREWALL,
        *_tables_lost(stage),
        *_secrets(stage, readers),
        _bucket_changed(stage),
    ]


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


def _ours(stage: Stage) -> list[Any]:
    """Matches the name of anything of the stage, and the ARN, which many calls take as well."""
    return [{"wildcard": f"*{stage.physical('*')}"}]


def _tables_lost(stage: Stage) -> Sequence[Finding]:
    unrestorable = {"pointInTimeRecoverySpecification": {"pointInTimeRecoveryEnabled": [False]}}
    return (
        Finding(
            "table-lost",
            "A table was deleted",
            "urgent",
            calls("dynamodb", "DeleteTable", tableName=_ours(stage)),
        ),
        Finding(
            "table-unrestorable",
            "A table can't be restored to any second any more",
            "urgent",
            # Deployments call it, too: to switch it on.
            calls("dynamodb", "UpdateContinuousBackups", tableName=_ours(stage), **unrestorable),
        ),
        Finding(
            "table-unprotected",
            "A table is no longer protected from deletion",
            "urgent",
            calls("dynamodb", "UpdateTable", tableName=_ours(stage), deletionProtectionEnabled=[False]),
        ),
    )


def _secrets(stage: Stage, readers: pulumi.Input[Sequence[str]]) -> Sequence[Finding]:
    """A batch of secrets is recorded as one reading each."""
    read = calls("secretsmanager", "GetSecretValue", secretId=_ours(stage))
    others = (
        {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": arn}}}}
        for arn in ([{"anything-but": readers}], [{"exists": False}])
    )
    return (
        Finding(
            "secret-read",
            "A secret was read by somebody else than the functions",
            "urgent",
            {**read, "detail": {**read["detail"], "$or": list(others)}},
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
                secretId=_ours(stage),
            ),
        ),
    )


def _bucket_changed(stage: Stage) -> Finding:
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
            bucketName=[{"prefix": stage.physical("")}],
        ),
    )
