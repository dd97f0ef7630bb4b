"""What may be wrong in an account, one difference each: the check that must notice, and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.unit.verification.cloud import Answer, Cloud
from tests.unit.verification.declared import NOW

LONG_AGO = NOW - timedelta(days=400)


@dataclass(frozen=True)
class Difference:
    """`check` as "topic: name". `change` takes the right answer to `call` and returns the wrong one."""

    check: str
    call: str
    change: Callable[[dict[str, Any]], dict[str, Any]]
    says: str

    def make(self, cloud: Cloud) -> None:
        right: Answer = cloud.answers[self.call]

        def wrong(asked: Mapping[str, Any]) -> Mapping[str, Any]:
            return self.change(dict(right(asked)))

        cloud.answers[self.call] = wrong


def given(**members: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with other members."""
    return lambda answer: {**answer, **members}


def within(member: str, **members: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with other members in one of its members, or in all entries if that is a list."""

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        inside = answer[member]
        if isinstance(inside, list):
            return {**answer, member: [{**each, **members} for each in inside]}
        return {**answer, member: {**inside, **members}}

    return change


def without(member: str, *names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer whose member lacks these names."""

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        inside = answer[member]
        kept = (
            [{k: v for k, v in each.items() if k not in names} for each in inside]
            if isinstance(inside, list)
            else {k: v for k, v in inside.items() if k not in names}
        )
        return {**answer, member: kept}

    return change


def more(member: str, entry: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with an entry more in one of its lists."""
    return lambda answer: {**answer, member: [*answer[member], entry]}


def unguarded(answer: dict[str, Any]) -> dict[str, Any]:
    methods = {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}
    return {
        "items": [
            i | ({"resourceMethods": methods} if i["path"] == "/v1/audits" else {}) for i in answer["items"]
        ]
    }


FOREIGN = {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}
OPEN_POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*"}]}'
FINDING = {
    "id": "f",
    "analyzedAt": NOW,
    "createdAt": NOW,
    "updatedAt": NOW,
    "resourceType": "AWS::S3::Bucket",
    "resource": "arn:aws:s3:::tollgate-prod-archive",
    "resourceOwnerAccount": "333333333333",
    "status": "ACTIVE",
}
LOGGED = {"accessLogSettings": {"format": '{"body": "$input.body"}', "destinationArn": "arn:aws:logs:x"}}
TRACED = {"methodSettings": {"*/*": {"dataTraceEnabled": True}}}
OLD_EXPORT = {"ExportStatus": "COMPLETED", "ExportTime": LONG_AGO}

DIFFERENCES = (
    Difference(
        "edge: address", "apigateway:GetRestApis", within("items", disableExecuteApiEndpoint=False), "off is"
    ),
    Difference(
        "edge: address", "apigateway:GetRestApis", within("items", securityPolicy="TLS_1_0"), "TLS_1_0"
    ),
    Difference("edge: methods", "apigateway:GetResources", unguarded, "GET /v1/audits: asks the authorizer"),
    Difference(
        "edge: methods",
        "apigateway:GetResources",
        more("items", {"path": "/v1/backdoor", "resourceMethods": FOREIGN}),
        "GET /v1/backdoor isn't the contract's",
    ),
    Difference("edge: methods", "apigateway:GetResources", given(items=[]), "GET /health isn't there"),
    Difference("edge: stage", "apigateway:GetStage", given(**LOGGED), "$input.body"),
    Difference("edge: stage", "apigateway:GetStage", given(tracingEnabled=False), "tracing is False"),
    Difference("edge: stage", "apigateway:GetStage", given(webAclArn=""), "its firewall is"),
    Difference("edge: limits", "apigateway:GetStage", given(**TRACED), "bodies in the log is True"),
    Difference(
        "edge: limits", "apigateway:GetStage", given(methodSettings={}), "throttlingRateLimit is None"
    ),
    Difference("edge: usage plans", "apigateway:GetUsagePlans", within("items", throttle={}), "its limits"),
    Difference(
        "edge: access log", "logs:FilterLogEvents", within("events", message='{"body": "4111"}'), "body"
    ),
    Difference("edge: access log", "logs:FilterLogEvents", within("events", message="plain"), "no JSON"),
    Difference(
        "edge: firewall", "wafv2:GetWebACL", lambda a: {"WebACL": {**a["WebACL"], "Rules": []}}, "its rules"
    ),
    Difference(
        "edge: firewall log",
        "wafv2:GetLoggingConfiguration",
        within("LoggingConfiguration", RedactedFields=[]),
        "fields that it hides is 0",
    ),
    Difference("edge: domain", "apigateway:GetDomainName", given(securityPolicy="TLS_1_0"), "TLS_1_0"),
    Difference("edge: domain", "apigateway:GetDomainName", given(domainNameStatus="UPDATING"), "UPDATING"),
    Difference(
        "edge: mapping", "apigateway:GetBasePathMapping", given(restApiId="other"), "its API is other"
    ),
    Difference(
        "network: endpoints", "ec2:DescribeVpcEndpoints", within("VpcEndpoints", State="failed"), "failed"
    ),
    Difference(
        "network: endpoints",
        "ec2:DescribeVpcEndpoints",
        within("VpcEndpoints", PolicyDocument=OPEN_POLICY),
        "its policy",
    ),
    Difference(
        "network: endpoints", "ec2:DescribeVpcEndpoints", given(VpcEndpoints=[]), "their states is []"
    ),
    Difference(
        "network: ways out", "ec2:DescribeNatGateways", within("NatGateways", State="failed"), "failed"
    ),
    Difference(
        "network: default group",
        "ec2:DescribeSecurityGroups",
        within("SecurityGroups", IpPermissionsEgress=[{"IpProtocol": "-1"}]),
        "number of its rules is 1",
    ),
    Difference("network: flow logs", "ec2:DescribeFlowLogs", given(FlowLogs=[]), "their number is 0"),
    Difference(
        "network: flow logs", "ec2:DescribeFlowLogs", within("FlowLogs", DeliverLogsStatus="FAILED"), "FAILED"
    ),
    Difference(
        "network: egress firewall",
        "network-firewall:DescribeFirewall",
        within("FirewallStatus", ConfigurationSyncStateSummary="PENDING"),
        "PENDING",
    ),
    Difference(
        "data: tables", "dynamodb:DescribeTable", within("Table", DeletionProtectionEnabled=False), "False"
    ),
    Difference(
        "data: tables", "dynamodb:DescribeTable", within("Table", SSEDescription={}), "encryption by KMS"
    ),
    Difference(
        "data: tables",
        "dynamodb:DescribeTable",
        within("Table", StreamSpecification={"StreamEnabled": True}),
        "vault: its stream is True",
    ),
    Difference(
        "data: recovery",
        "dynamodb:DescribeContinuousBackups",
        within(
            "ContinuousBackupsDescription",
            PointInTimeRecoveryDescription={"PointInTimeRecoveryStatus": "DISABLED"},
        ),
        "point-in-time recovery is DISABLED",
    ),
    Difference(
        "data: recovery",
        "dynamodb:DescribeTimeToLive",
        within("TimeToLiveDescription", TimeToLiveStatus="ENABLED", AttributeName="created"),
        "payments: what lets rows expire is created",
    ),
    Difference(
        "data: keys", "kms:DescribeKey", within("KeyMetadata", KeyState="PendingDeletion"), "PendingDel"
    ),
    Difference(
        "data: keys", "kms:GetKeyRotationStatus", given(KeyRotationEnabled=False), "rotation is False"
    ),
    Difference("data: keys", "kms:GetKeyPolicy", given(Policy=OPEN_POLICY), "its policy isn't the program's"),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(VersionIdsToStages={}), "has no value"
    ),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(LastChangedDate=LONG_AGO), "400 days old"
    ),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(DeletedDate=NOW), "about to be deleted"
    ),
    Difference(
        "data: queues", "sqs:GetQueueAttributes", without("Attributes", "KmsMasterKeyId"), "a key of ours"
    ),
    Difference(
        "data: queues",
        "sqs:GetQueueAttributes",
        within("Attributes", MessageRetentionPeriod="60"),
        "seconds that messages are kept is 60",
    ),
    Difference("compute: functions", "lambda:GetFunctionConfiguration", given(State="Failed"), "Failed"),
    Difference("compute: functions", "lambda:GetFunctionConfiguration", given(VpcConfig={}), "subnets is 0"),
    Difference(
        "compute: functions",
        "lambda:GetFunctionConfiguration",
        given(TracingConfig={"Mode": "PassThrough"}),
        "tracing is PassThrough",
    ),
    Difference(
        "compute: functions",
        "lambda:GetFunctionConfiguration",
        lambda a: {name: value for name, value in a.items() if name != "KMSKeyArn"},
        "environment isn't under a key of ours",
    ),
    Difference(
        "compute: reserved concurrency",
        "lambda:GetFunctionConcurrency",
        given(ReservedConcurrentExecutions=7),
        "what is set aside is 7",
    ),
    Difference(
        "compute: versions", "lambda:GetAlias", given(FunctionVersion="9"), "version is 9, declared 10"
    ),
    Difference(
        "compute: versions",
        "lambda:GetAlias",
        given(RoutingConfig={"AdditionalVersionWeights": {"8": 0.5}}),
        "another version",
    ),
    Difference("compute: warm", "lambda:GetProvisionedConcurrencyConfig", given(Status="FAILED"), "FAILED"),
    Difference(
        "compute: warm",
        "lambda:GetProvisionedConcurrencyConfig",
        given(AllocatedProvisionedConcurrentExecutions=0),
        "0 are warm",
    ),
    Difference(
        "compute: scaling",
        "application-autoscaling:DescribeScalableTargets",
        within("ScalableTargets", MaxCapacity=0),
        "its bounds",
    ),
    Difference(
        "compute: scaling",
        "application-autoscaling:DescribeScalableTargets",
        within("ScalableTargets", SuspendedState={"DynamicScalingOutSuspended": True}),
        "suspended",
    ),
    Difference(
        "compute: mappings",
        "lambda:ListEventSourceMappings",
        within("EventSourceMappings", State="Disabled"),
        "Disabled",
    ),
    Difference(
        "compute: mappings",
        "lambda:ListEventSourceMappings",
        within("EventSourceMappings", LastProcessingResult="PROBLEM: Function call failed"),
        "its last batch: PROBLEM",
    ),
    Difference(
        "compute: rules", "events:DescribeRule", given(State="DISABLED"), "sweeper: its state is DISABLED"
    ),
    Difference(
        "compute: clockwork",
        "cloudwatch:GetMetricStatistics",
        given(Datapoints=[]),
        "sweeper: it hasn't run for 0:03:00",
    ),
    Difference("detection: detector", "guardduty:GetDetector", given(Status="DISABLED"), "DISABLED"),
    Difference("detection: features", "guardduty:GetDetector", given(Features=[]), "its state is None"),
    Difference(
        "detection: recorder",
        "config:DescribeConfigurationRecorderStatus",
        within("ConfigurationRecordersStatus", recording=False),
        "recording is False",
    ),
    Difference(
        "detection: delivery",
        "config:DescribeDeliveryChannelStatus",
        within(
            "DeliveryChannelsStatus",
            configSnapshotDeliveryInfo={"lastStatus": "Failure", "lastErrorMessage": "no access"},
        ),
        "no access",
    ),
    Difference(
        "detection: rules",
        "config:DescribeComplianceByConfigRule",
        within("ComplianceByConfigRules", Compliance={"ComplianceType": "NON_COMPLIANT"}),
        "non compliant",
    ),
    Difference(
        "detection: rules",
        "config:DescribeComplianceByConfigRule",
        given(ComplianceByConfigRules=[]),
        "not there",
    ),
    Difference(
        "detection: standards",
        "securityhub:GetEnabledStandards",
        within("StandardsSubscriptions", StandardsStatus="INCOMPLETE"),
        "INCOMPLETE",
    ),
    Difference("detection: trail", "cloudtrail:GetTrailStatus", given(IsLogging=False), "logging is False"),
    Difference(
        "detection: trail", "cloudtrail:GetTrailStatus", given(LatestDeliveryTime=LONG_AGO), "400 days ago"
    ),
    Difference(
        "detection: trail",
        "cloudtrail:GetTrailStatus",
        given(LatestDeliveryError="AccessDenied"),
        "AccessDenied",
    ),
    Difference(
        "detection: trail",
        "cloudtrail:GetTrail",
        within("Trail", LogFileValidationEnabled=False),
        "validation",
    ),
    Difference("detection: trail", "cloudtrail:GetTrail", without("Trail", "KmsKeyId"), "a key of ours"),
    Difference(
        "detection: analyzers", "accessanalyzer:GetAnalyzer", within("analyzer", status="FAILED"), "FAILED"
    ),
    Difference(
        "detection: access from outside",
        "accessanalyzer:ListFindingsV2",
        given(findings=[FINDING]),
        "arn:aws:s3:::tollgate-prod-archive (AWS::S3::Bucket)",
    ),
    Difference(
        "archive: buckets",
        "s3:GetPublicAccessBlock",
        within("PublicAccessBlockConfiguration", BlockPublicPolicy=False),
        "BlockPublicPolicy is False",
    ),
    Difference(
        "archive: buckets", "s3:GetBucketVersioning", given(Status="Suspended"), "versioning is Suspended"
    ),
    Difference(
        "archive: buckets",
        "s3:GetBucketEncryption",
        given(
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            }
        ),
        "encryption is AES256",
    ),
    Difference(
        "archive: object lock",
        "s3:GetObjectLockConfiguration",
        given(ObjectLockConfiguration={"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}),
        "GOVERNANCE",
    ),
    Difference(
        "archive: log delivery",
        "firehose:DescribeDeliveryStream",
        within("DeliveryStreamDescription", DeliveryStreamStatus="CREATING_FAILED"),
        "CREATING_FAILED",
    ),
    Difference("archive: logs arrive", "s3:ListObjectsV2", given(KeyCount=0), "no object below logs/"),
    Difference(
        "archive: log groups", "logs:DescribeLogGroups", without("logGroups", "kmsKeyId"), "a key of ours"
    ),
    Difference(
        "archive: log groups", "logs:DescribeLogGroups", within("logGroups", retentionInDays=1), "days is 1"
    ),
    Difference("archive: log groups", "logs:DescribeLogGroups", given(logGroups=[]), "their number is 0"),
    Difference(
        "archive: subscriptions",
        "logs:DescribeSubscriptionFilters",
        within("subscriptionFilters", filterPattern="ERROR"),
        "ERROR",
    ),
    Difference("archive: schedules", "scheduler:GetSchedule", given(State="DISABLED"), "DISABLED"),
    Difference(
        "archive: exports", "dynamodb:DescribeExport", given(ExportDescription=OLD_EXPORT), "400 days old"
    ),
    Difference(
        "archive: exports",
        "dynamodb:DescribeExport",
        within("ExportDescription", ExportStatus="FAILED", FailureMessage="no access"),
        "the last one failed: no access",
    ),
    Difference("backup: vaults", "backup:DescribeBackupVault", given(Locked=False), "locked is False"),
    Difference(
        "backup: vaults",
        "backup:DescribeBackupVault",
        lambda a: {name: value for name, value in a.items() if name != "LockDate"},
        "a lock that nobody takes off is False",
    ),
    Difference(
        "backup: recovery points",
        "backup:ListRecoveryPointsByResource",
        within("RecoveryPoints", CreationDate=LONG_AGO),
        "the last backup is of 2025",
    ),
    Difference(
        "backup: recovery points",
        "backup:ListRecoveryPointsByResource",
        within("RecoveryPoints", Status="PARTIAL"),
        "tollgate-prod-payments has no backup",
    ),
    Difference("observability: alarms", "cloudwatch:DescribeAlarms", given(MetricAlarms=[]), "isn't there"),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", StateValue="ALARM"),
        "is raised",
    ),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", StateValue="INSUFFICIENT_DATA", StateTransitionedTimestamp=LONG_AGO),
        "no data for 400 days",
    ),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", ActionsEnabled=False),
        "telling is False",
    ),
    Difference(
        "observability: composite alarms",
        "cloudwatch:DescribeAlarms",
        within("CompositeAlarms", AlarmActions=[]),
        "whom it tells is []",
    ),
    Difference(
        "observability: subscribers",
        "sns:ListSubscriptionsByTopic",
        within("Subscriptions", SubscriptionArn="PendingConfirmation"),
        "hasn't confirmed",
    ),
    Difference(
        "observability: subscribers",
        "sns:ListSubscriptionsByTopic",
        given(Subscriptions=[]),
        "isn't subscribed",
    ),
    Difference(
        "observability: budget",
        "budgets:DescribeBudget",
        within("Budget", CalculatedSpend={"ActualSpend": {"Amount": "99999", "Unit": "USD"}}),
        "it is spent",
    ),
    Difference(
        "identity: roles", "iam:GetRole", without("Role", "PermissionsBoundary"), "its boundary is None"
    ),
    Difference(
        "identity: roles",
        "iam:GetRole",
        within("Role", AssumeRolePolicyDocument=OPEN_POLICY),
        "who takes it isn't as the program says",
    ),
    Difference("identity: policies", "iam:ListRolePolicies", more("PolicyNames", "quick-fix"), "quick-fix"),
    Difference(
        "identity: policies",
        "iam:ListAttachedRolePolicies",
        more("AttachedPolicies", {"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        "AdministratorAccess",
    ),
)
