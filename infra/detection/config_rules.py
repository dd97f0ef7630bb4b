"""The rules of AWS Config that fit this platform, and what each is for.

Identifiers and parameters are AWS's (List of AWS Config Managed Rules); requirements are PCI DSS 4.0.1's.
AWS's own packs for PCI DSS are the source, less `excluded_rules` and with what they lack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi

from infra.settings.detection import RuleLimits

Need = Literal["durable", "global_resources", "security_hub"]

RUNTIME = "python3.13"
# Nobody may be given these for all keys: with them IAM alone would open what key policies keep closed.
OPENING = "kms:Decrypt,kms:ReEncryptFrom"


@dataclass(frozen=True)
class Rule:
    """One managed rule. `why`: what holds while it is obeyed. `requirements`: of PCI DSS 4.0.1.

    `parameters`: as AWS Config takes them, text throughout. `needs`: without which the rule can't be obeyed
    or isn't evaluated: a durable stage, the recording of IAM, Security Hub.
    """

    identifier: str
    why: str
    requirements: tuple[str, ...]
    parameters: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    needs: Need | None = None


@dataclass(frozen=True)
class Fitting:
    """What the rules are fitted to.

    `table_keys`: ARNs of the tables' keys, with commas between. `meets`: see `Rule.needs`.
    """

    limits: RuleLimits
    log_retention_days: int
    table_keys: pulumi.Input[str]
    meets: frozenset[Need]


def fitted(to: Fitting) -> list[Rule]:
    """The rules that apply, with their parameters."""
    rules = (*_TRAIL, *_KEYS, *_tables(to), *_FUNCTIONS, *_EDGE, *_NETWORK, *_stores(to), *_identity(to))
    return [rule for rule in (*rules, *_DETECTION) if rule.needs is None or rule.needs in to.meets]


_TRAIL = (
    Rule("CLOUD_TRAIL_ENABLED", "Every call leaves a record", ("10.2.1",)),
    Rule("MULTI_REGION_CLOUD_TRAIL_ENABLED", "So does a call in any other Region", ("10.2.1",)),
    Rule("CLOUDTRAIL_SECURITY_TRAIL_ENABLED", "One trail leaves nothing out", ("10.2.1", "10.2.2")),
    Rule("CLOUD_TRAIL_ENCRYPTION_ENABLED", "Records are read with a key only", ("10.3.1",)),
    Rule("CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "Altered records are noticed", ("10.3.2", "10.3.4")),
    Rule("CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED", "Records are private", ("10.3.1",)),
    Rule("CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING", "Reading records leaves a record", ("10.2.1.3",)),
)
_KEYS = (
    Rule("CMK_BACKING_KEY_ROTATION_ENABLED", "Keys are renewed each year", ("3.7.4",)),
    Rule("KMS_CMK_NOT_SCHEDULED_FOR_DELETION", "No key is about to go, with all it opens", ("3.6.1",)),
    Rule("KMS_KEY_POLICY_NO_PUBLIC_ACCESS", "Keys are for named principals", ("3.6.1.3", "7.2.1")),
    Rule(
        "IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS",
        "No policy opens all keys",
        ("3.6.1.3", "7.2.2"),
        {"blockedActionsPatterns": OPENING, "excludePermissionBoundaryPolicy": "true"},
        needs="global_resources",
    ),
    Rule(
        "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS",
        "No inline policy opens all keys",
        ("3.6.1.3", "7.2.2"),
        {"blockedActionsPatterns": OPENING},
        needs="global_resources",
    ),
)
_FUNCTIONS = (
    Rule("LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED", "Only the API calls functions", ("1.4.1", "7.2.1")),
    Rule("LAMBDA_INSIDE_VPC", "Functions are in the private network", ("1.4.4",)),
    Rule("LAMBDA_VPC_MULTI_AZ_CHECK", "A lost zone doesn't stop them", ("12.10.1",)),
    Rule("LAMBDA_FUNCTION_SETTINGS_CHECK", "The runtime is supported", ("6.3.3",), {"runtime": RUNTIME}),
    Rule("LAMBDA_FUNCTION_XRAY_ENABLED", "Requests can be followed through functions", ("10.2.1",)),
)
_EDGE = (
    Rule("API_GW_ASSOCIATED_WITH_WAF", "The firewall is before the API", ("6.4.2",)),
    Rule("API_GW_EXECUTION_LOGGING_ENABLED", "The API's errors are logged", ("10.2.1",)),
    Rule("API_GW_XRAY_ENABLED", "Requests can be followed from the API", ("10.2.1",)),
    Rule(
        "API_GW_ENDPOINT_TYPE_CHECK",
        "The API is regional, where its firewall is",
        ("1.4.1",),
        {"endpointConfigurationTypes": "REGIONAL"},
    ),
    Rule("WAFV2_LOGGING_ENABLED", "What the firewall does is logged", ("10.2.1", "6.4.2")),
    Rule("WAFV2_WEBACL_NOT_EMPTY", "The firewall has rules", ("6.4.2",)),
)
_NETWORK = (
    Rule("VPC_FLOW_LOGS_ENABLED", "Traffic leaves a record", ("10.2.1",), {"trafficType": "ALL"}),
    Rule("VPC_DEFAULT_SECURITY_GROUP_CLOSED", "Nothing is reachable by default", ("1.2.1", "1.3.1")),
    Rule("VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS", "Nothing is open to everybody", ("1.3.1", "1.4.2")),
    Rule("INCOMING_SSH_DISABLED", "Nobody logs in over the network", ("1.3.1", "2.2.5")),
    Rule("RESTRICTED_INCOMING_TRAFFIC", "No port of administration is open to everybody", ("1.3.1", "2.2.5")),
    Rule("SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED", "Nothing gets a public address", ("1.4.4",)),
    Rule(
        "SERVICE_VPC_ENDPOINT_ENABLED",
        "Card data doesn't cross the Internet",
        ("1.3.2", "4.2.1"),
        {"serviceName": "dynamodb"},
    ),
)
_DETECTION = (
    Rule("GUARDDUTY_ENABLED_CENTRALIZED", "Intrusions are looked for", ("11.5.1",)),
    Rule("GUARDDUTY_NON_ARCHIVED_FINDINGS", "Findings are dealt with", ("10.4.3", "12.10.5")),
    Rule("GUARDDUTY_S3_PROTECTION_ENABLED", "… in the buckets too", ("11.5.1",)),
    Rule("GUARDDUTY_LAMBDA_PROTECTION_ENABLED", "… and in what functions talk to", ("11.5.1",)),
    Rule("SECURITYHUB_ENABLED", "Findings are in one place", ("10.7.2", "12.10.5"), needs="security_hub"),
    Rule("IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED", "Access from outside is noticed", ("7.2.4",)),
    Rule("SECURITY_ACCOUNT_INFORMATION_PROVIDED", "AWS knows whom to call", ("12.10.1",)),
)


def _tables(to: Fitting) -> Sequence[Rule]:
    return (
        Rule(
            "DYNAMODB_TABLE_ENCRYPTED_KMS",
            "Tables are under the keys of their classes of data",
            ("3.5.1", "3.6.1"),
            {"kmsKeyArns": to.table_keys},
        ),
        Rule("DYNAMODB_PITR_ENABLED", "Tables can be restored to any second", ("12.10.1",)),
        Rule(
            "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
            "No table is deleted by mistake",
            ("12.10.1",),
            needs="durable",
        ),
        Rule("DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN", "Tables are backed up", ("12.10.1",)),
        Rule("DYNAMODB_AUTOSCALING_ENABLED", "Tables grow with their traffic", ("12.10.1",)),
        Rule(
            "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",
            "Backups are made daily and kept",
            ("10.3.3", "12.10.1"),
            {
                "requiredFrequencyUnit": "days",
                "requiredFrequencyValue": "1",
                "requiredRetentionDays": str(to.limits.backup_days),
            },
        ),
        Rule("BACKUP_RECOVERY_POINT_ENCRYPTED", "Backups are encrypted", ("3.5.1",)),
        Rule(
            "BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED",
            "Nobody deletes a backup",
            ("10.3.2", "12.10.1"),
            needs="durable",
        ),
    )


def _stores(to: Fitting) -> Sequence[Rule]:
    return (
        Rule("CLOUDWATCH_LOG_GROUP_ENCRYPTED", "Logs are encrypted", ("10.3.1",)),
        Rule(
            "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
            "Logs are kept as long as the stage is to keep them",
            ("10.5.1",),
            {"MinRetentionTime": str(to.log_retention_days)},
        ),
        Rule("S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC", "No bucket can be public", ("1.4.4",)),
        Rule("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "No bucket is public", ("1.4.4", "7.2.1")),
        Rule("S3_BUCKET_PUBLIC_READ_PROHIBITED", "Nobody outside reads a bucket", ("1.4.4", "7.2.1")),
        Rule("S3_BUCKET_PUBLIC_WRITE_PROHIBITED", "Nobody outside writes one", ("1.4.4", "10.3.2")),
        Rule("S3_BUCKET_ACL_PROHIBITED", "Rights to buckets are in policies only", ("7.2.1",)),
        Rule("S3_BUCKET_SSL_REQUESTS_ONLY", "Buckets refuse plain text", ("4.2.1",)),
        Rule("S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED", "Buckets encrypt", ("3.5.1",)),
        Rule("S3_BUCKET_VERSIONING_ENABLED", "What is replaced can be had back", ("10.3.2", "10.3.4")),
        Rule("SECRETSMANAGER_USING_CMK", "Secrets are under a key of ours", ("3.6.1.2", "8.3.2")),
        Rule(
            "SECRETSMANAGER_SECRET_UNUSED",
            "There is no forgotten secret",
            ("8.6.3", "3.7.5"),
            {"unusedForDays": str(to.limits.credential_days)},
        ),
        Rule("SNS_ENCRYPTED_KMS", "Alerts are encrypted", ("3.5.1",)),
        Rule("SNS_TOPIC_NO_PUBLIC_ACCESS", "Only we publish alerts", ("7.2.1",)),
        Rule("SQS_QUEUE_NO_PUBLIC_ACCESS", "Only we queue operations", ("7.2.1",)),
        Rule(
            "ACM_CERTIFICATE_EXPIRATION_CHECK",
            "Certificates are renewed in time",
            ("4.2.1.1",),
            {"daysToExpiration": str(to.limits.certificate_days)},
        ),
    )


def _identity(to: Fitting) -> Sequence[Rule]:
    days = str(to.limits.credential_days)
    return (
        Rule("IAM_ROOT_ACCESS_KEY_CHECK", "Root has no access key", ("2.2.2", "8.2.2")),
        Rule("ROOT_ACCOUNT_MFA_ENABLED", "Root needs a second factor", ("8.4.2",)),
        Rule("IAM_PASSWORD_POLICY", "Passwords are long and aren't reused", ("8.3.6", "8.3.7", "8.3.9")),
        Rule("MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS", "The console needs a second factor", ("8.4.2",)),
        Rule("IAM_USER_MFA_ENABLED", "So does every user", ("8.4.2",)),
        Rule(
            "IAM_USER_UNUSED_CREDENTIALS_CHECK",
            "Unused credentials are removed",
            ("8.2.6",),
            {"maxCredentialUsageAge": days},
        ),
        Rule("ACCESS_KEYS_ROTATED", "Access keys are renewed", ("8.3.9", "8.6.3"), {"maxAccessKeyAge": days}),
        Rule(
            "IAM_USER_NO_POLICIES_CHECK", "Nobody has rights of his own", ("7.2.2",), {}, "global_resources"
        ),
        Rule(
            "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
            "No policy allows everything",
            ("7.2.1", "7.2.2"),
            {"excludePermissionBoundaryPolicy": "true"},
            needs="global_resources",
        ),
        Rule(
            "IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
            "No policy allows all of a service",
            ("7.2.1", "7.2.2"),
            {"excludePermissionBoundaryPolicy": "true"},
            needs="global_resources",
        ),
    )
