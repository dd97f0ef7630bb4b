"""An account that is exactly as the program declares: its answers, made from the graph."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from local.engine import Graph
from tests.unit.verification.cloud import Answer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECENTLY = NOW - timedelta(hours=2)
LIVE_API = "liveapi123"
LIVE_VPC = "vpc-0123456789abcdef0"
ACCOUNT = "333333333333"
Inputs = Mapping[str, Any]
FromGraph = Callable[[Graph, Inputs], dict[str, Any]]
ANSWERS: dict[str, FromGraph] = {}


def to(call: str) -> Callable[[FromGraph], FromGraph]:
    def listed(answer: FromGraph) -> FromGraph:
        ANSWERS[call] = answer
        return answer

    return listed


def answers(graph: Graph) -> dict[str, Answer]:
    return {call: partial(answer, graph) for call, answer in ANSWERS.items()}


def all_of(graph: Graph, kind: str) -> list[Inputs]:
    return [node.inputs for node in graph.of_type(f"aws:{kind}")]


def one(graph: Graph, kind: str, **members: Any) -> Inputs:
    """The inputs of the first resource of the kind that has these."""
    return next(
        each
        for each in all_of(graph, kind)
        if all(each.get(name) == value for name, value in members.items())
    )


def filtered(asked: Inputs, name: str) -> str:
    """The only value of a filter of EC2's."""
    (values,) = (each["Values"] for each in asked.get("Filters", asked.get("Filter")) if each["Name"] == name)
    (value,) = values
    return value


# --- edge


@to("apigateway:GetRestApis")
def rest_apis(graph: Graph, _: Inputs) -> dict[str, Any]:
    api = one(graph, "apigateway/restApi:RestApi")
    live = {"id": LIVE_API, "name": api["name"]}
    for name in ("disableExecuteApiEndpoint", "securityPolicy"):
        live |= {name: api[name]} if name in api else {}
    return {"items": [{"id": "other", "name": "somebody-elses"}, live]}


@to("apigateway:GetResources")
def resources(graph: Graph, _: Inputs) -> dict[str, Any]:
    document = json.loads(one(graph, "apigateway/restApi:RestApi")["body"])
    items: list[dict[str, Any]] = [{"id": "root", "path": "/"}]
    for path, item in document["paths"].items():
        methods = {
            verb.upper(): {
                "authorizationType": "CUSTOM"
                if any("jwt" in each for each in operation["security"])
                else "NONE",
                "apiKeyRequired": any("api_key" in each for each in operation["security"]),
            }
            for verb, operation in item.items()
            if isinstance(operation, dict) and "security" in operation
        }
        items.append({"id": path[-8:], "path": path, "resourceMethods": methods})
    return {"items": items}


@to("apigateway:GetStage")
def stage(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["restApiId"] == LIVE_API
    declared = one(graph, "apigateway/stage:Stage")
    name = one(graph, "wafv2/webAcl:WebAcl")["name"]
    return {
        "stageName": declared["stageName"],
        "accessLogSettings": dict(declared["accessLogSettings"]),
        "tracingEnabled": declared["xrayTracingEnabled"],
        "webAclArn": f"arn:aws:wafv2:eu-west-1:{ACCOUNT}:regional/webacl/{name}/0b1c",
        "methodSettings": {"*/*": dict(one(graph, "apigateway/methodSettings:MethodSettings")["settings"])},
    }


@to("apigateway:GetUsagePlans")
def usage_plans(graph: Graph, _: Inputs) -> dict[str, Any]:
    plans = all_of(graph, "apigateway/usagePlan:UsagePlan")
    return {"items": [{"name": plan["name"], "throttle": dict(plan["throttleSettings"])} for plan in plans]}


@to("logs:FilterLogEvents")
def access_log(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["logGroupName"] == "/aws/apigateway/tollgate-prod-access"
    form = one(graph, "apigateway/stage:Stage")["accessLogSettings"]["format"]
    return {"events": [{"message": json.dumps(dict.fromkeys(json.loads(form), "-"))}]}


@to("wafv2:GetWebACL")
def firewall(graph: Graph, _: Inputs) -> dict[str, Any]:
    acl = one(graph, "wafv2/webAcl:WebAcl")
    seen = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": True, "MetricName": "x"}
    rules = [
        {"Name": rule["name"], "Priority": rule["priority"], "Statement": {}, "VisibilityConfig": seen}
        for rule in acl["rules"]
    ]
    live = {"Name": acl["name"], "Id": "0b1c", "ARN": "arn:aws:wafv2:eu-west-1:1:x", "DefaultAction": {}}
    return {"WebACL": {**live, "Rules": rules, "VisibilityConfig": seen}}


@to("wafv2:GetLoggingConfiguration")
def firewall_log(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration")
    return {
        "LoggingConfiguration": {
            "ResourceArn": asked["ResourceArn"],
            "LogDestinationConfigs": list(declared["logDestinationConfigs"]),
            "RedactedFields": [{"QueryString": {}} for _ in declared["redactedFields"]],
        }
    }


@to("apigateway:GetDomainName")
def domain(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "apigateway/domainName:DomainName", domainName=asked["domainName"])
    return {"domainNameStatus": "AVAILABLE", "securityPolicy": declared["securityPolicy"]}


@to("apigateway:GetBasePathMapping")
def mapping(graph: Graph, _: Inputs) -> dict[str, Any]:
    declared = one(graph, "apigateway/basePathMapping:BasePathMapping")
    return {"restApiId": LIVE_API, "stage": declared["stageName"]}


# --- network


@to("ec2:DescribeVpcEndpoints")
def endpoints(graph: Graph, asked: Inputs) -> dict[str, Any]:
    tags = {"Name": filtered(asked, "tag:Name")}
    policy = one(graph, "ec2/vpcEndpoint:VpcEndpoint", tags=tags)["policy"]
    return {"VpcEndpoints": [{"State": "available", "PolicyDocument": policy}]}


@to("ec2:DescribeNatGateways")
def ways_out(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"NatGateways": [{"State": "available"}]}


@to("ec2:DescribeVpcs")
def vpcs(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert filtered(asked, "tag:Name") == "tollgate-prod-vpc"
    return {"Vpcs": [{"VpcId": LIVE_VPC}]}


@to("ec2:DescribeSecurityGroups")
def default_group(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert filtered(asked, "vpc-id") == LIVE_VPC
    return {"SecurityGroups": [{"IpPermissions": [], "IpPermissionsEgress": []}]}


@to("ec2:DescribeFlowLogs")
def flow_logs(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = one(graph, "ec2/flowLog:FlowLog")["trafficType"]
    return {"FlowLogs": [{"FlowLogStatus": "ACTIVE", "DeliverLogsStatus": "SUCCESS", "TrafficType": kind}]}


@to("network-firewall:DescribeFirewall")
def egress_firewall(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "networkfirewall/firewall:Firewall", name=asked["FirewallName"])
    live = {
        "FirewallPolicyArn": declared["firewallPolicyArn"],
        "VpcId": LIVE_VPC,
        "SubnetMappings": [{"SubnetId": f"subnet-{n}"} for n, _ in enumerate(declared["subnetMappings"])],
        "FirewallId": "0" * 36,
        "DeleteProtection": declared["deleteProtection"],
    }
    return {
        "Firewall": live,
        "FirewallStatus": {"Status": "READY", "ConfigurationSyncStateSummary": "IN_SYNC"},
    }


# --- data


@to("dynamodb:DescribeTable")
def table(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "dynamodb/table:Table", name=asked["TableName"])
    live: dict[str, Any] = {
        "TableStatus": "ACTIVE",
        "DeletionProtectionEnabled": declared["deletionProtectionEnabled"],
        "SSEDescription": {"Status": "ENABLED"},
        "GlobalSecondaryIndexes": [
            {"IndexName": each["name"]} for each in declared["globalSecondaryIndexes"]
        ],
    }
    if declared.get("streamEnabled"):
        live["StreamSpecification"] = {"StreamEnabled": True}
    return {"Table": live}


@to("dynamodb:DescribeContinuousBackups")
def continuous_backups(graph: Graph, asked: Inputs) -> dict[str, Any]:
    enabled = one(graph, "dynamodb/table:Table", name=asked["TableName"])["pointInTimeRecovery"]["enabled"]
    status = "ENABLED" if enabled else "DISABLED"
    return {
        "ContinuousBackupsDescription": {
            "ContinuousBackupsStatus": "ENABLED",
            "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status},
        }
    }


@to("dynamodb:DescribeTimeToLive")
def time_to_live(graph: Graph, asked: Inputs) -> dict[str, Any]:
    ttl = one(graph, "dynamodb/table:Table", name=asked["TableName"]).get("ttl")
    if not ttl:
        return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}
    live = {"TimeToLiveStatus": "ENABLED", "AttributeName": ttl["attributeName"]}
    return {"TimeToLiveDescription": live}


@to("kms:DescribeKey")
def key(graph: Graph, asked: Inputs) -> dict[str, Any]:
    # AWS's ids differ from the graph's, so the name makes one up.
    return {"KeyMetadata": {"KeyId": f"live-{asked['KeyId'].partition('/')[2]}", "KeyState": "Enabled"}}


@to("kms:GetKeyRotationStatus")
def rotation(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"KeyRotationEnabled": True}


@to("kms:GetKeyPolicy")
def key_policy(graph: Graph, asked: Inputs) -> dict[str, Any]:
    alias = one(graph, "kms/alias:Alias", name=f"alias/{asked['KeyId'].removeprefix('live-')}")
    keys = graph.of_type("aws:kms/key:Key")
    return {"Policy": next(key.inputs["policy"] for key in keys if key.id == alias["targetKeyId"])}


@to("secretsmanager:DescribeSecret")
def secret(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"LastChangedDate": RECENTLY, "VersionIdsToStages": {"0" * 32: ["AWSCURRENT"]}}


@to("sqs:GetQueueUrl")
def queue_url(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"QueueUrl": f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/{asked['QueueName']}"}


@to("sqs:GetQueueAttributes")
def queue(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "sqs/queue:Queue", name=asked["QueueUrl"].rpartition("/")[2])
    kept = str(declared.get("messageRetentionSeconds", 345_600))
    live = {"KmsMasterKeyId": "arn:aws:kms:x", "MessageRetentionPeriod": kept}
    return {"Attributes": live | ({"FifoQueue": "true"} if declared.get("fifoQueue") else {})}


# --- compute


@to("lambda:GetFunctionConfiguration")
def function(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "lambda/function:Function", name=asked["FunctionName"])
    return {
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "Runtime": declared["runtime"],
        "Timeout": declared["timeout"],
        "MemorySize": declared["memorySize"],
        "Architectures": list(declared["architectures"]),
        "TracingConfig": {"Mode": declared["tracingConfig"]["mode"]},
        "VpcConfig": {"SubnetIds": list(declared["vpcConfig"]["subnetIds"])},
        "KMSKeyArn": "arn:aws:kms:eu-west-1:333333333333:key/live",
    }


@to("lambda:GetFunctionConcurrency")
def concurrency(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "lambda/function:Function", name=asked["FunctionName"])
    reserved = declared.get("reservedConcurrentExecutions")
    return {} if reserved is None else {"ReservedConcurrentExecutions": reserved}


@to("lambda:GetAlias")
def alias(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"FunctionVersion": "10"}


@to("lambda:ListVersionsByFunction")
def versions(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Versions": [{"Version": "$LATEST"}, {"Version": "9"}, {"Version": "10"}]}


@to("lambda:GetProvisionedConcurrencyConfig")
def warm(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
    declared = one(graph, kind, functionName=asked["FunctionName"])["provisionedConcurrentExecutions"]
    return {"Status": "READY", "AllocatedProvisionedConcurrentExecutions": declared}


@to("application-autoscaling:DescribeScalableTargets")
def scaling(graph: Graph, asked: Inputs) -> dict[str, Any]:
    (name,) = asked["ResourceIds"]
    declared = one(graph, "appautoscaling/target:Target", resourceId=name)
    live = {
        "ServiceNamespace": declared["serviceNamespace"],
        "ResourceId": name,
        "ScalableDimension": declared["scalableDimension"],
        "MinCapacity": declared["minCapacity"],
        "MaxCapacity": declared["maxCapacity"],
        "RoleARN": "arn:aws:iam::333333333333:role/x",
        "CreationTime": RECENTLY,
    }
    return {"ScalableTargets": [live]}


@to("lambda:ListEventSourceMappings")
def mappings(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "lambda/eventSourceMapping:EventSourceMapping"
    source = one(graph, kind, functionName=asked["FunctionName"])["eventSourceArn"]
    # A real stream has another time in its name.
    arn = source.replace("2026-01-01", "2026-02-02")
    return {
        "EventSourceMappings": [{"State": "Enabled", "LastProcessingResult": "OK", "EventSourceArn": arn}]
    }


@to("events:DescribeRule")
def rule(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "cloudwatch/eventRule:EventRule", name=asked["Name"])
    at = declared.get("scheduleExpression")
    return {"State": declared["state"]} | ({"ScheduleExpression": at} if at else {})


@to("cloudwatch:GetMetricStatistics")
def starts(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Datapoints": [{"Sum": 3.0}]}


# --- detection


@to("guardduty:ListDetectors")
def detectors(graph: Graph, _: Inputs) -> dict[str, Any]:
    return {"DetectorIds": ["live"]}


@to("guardduty:GetDetector")
def detector(graph: Graph, _: Inputs) -> dict[str, Any]:
    declared = all_of(graph, "guardduty/detectorFeature:DetectorFeature")
    features = [{"Name": each["name"], "Status": each["status"]} for each in declared]
    return {"ServiceRole": "arn:aws:iam::1:role/x", "Status": "ENABLED", "Features": features}


@to("config:DescribeConfigurationRecorderStatus")
def recorder(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"ConfigurationRecordersStatus": [{"recording": True, "lastStatus": "Success"}]}


@to("config:DescribeDeliveryChannelStatus")
def delivery(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"DeliveryChannelsStatus": [{"configHistoryDeliveryInfo": {"lastStatus": "Success"}}]}


@to("config:DescribeComplianceByConfigRule")
def compliance(graph: Graph, _: Inputs) -> dict[str, Any]:
    names = [rule["name"] for rule in all_of(graph, "cfg/rule:Rule")]
    obeyed = {"ComplianceType": "COMPLIANT"}
    return {"ComplianceByConfigRules": [{"ConfigRuleName": name, "Compliance": obeyed} for name in names]}


@to("securityhub:GetEnabledStandards")
def standards(graph: Graph, _: Inputs) -> dict[str, Any]:
    return {
        "StandardsSubscriptions": [
            {
                "StandardsArn": each["standardsArn"],
                "StandardsStatus": "READY",
                "StandardsSubscriptionArn": "arn:aws:securityhub:x",
                "StandardsInput": {},
            }
            for each in all_of(graph, "securityhub/standardsSubscription:StandardsSubscription")
        ]
    }


@to("cloudtrail:GetTrail")
def trail(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "cloudtrail/trail:Trail", name=asked["Name"])
    live = {
        "LogFileValidationEnabled": declared["enableLogFileValidation"],
        "IsMultiRegionTrail": declared["isMultiRegionTrail"],
        "S3BucketName": declared["s3BucketName"],
        "KmsKeyId": "arn:aws:kms:x",
    }
    return {"Trail": live}


@to("cloudtrail:GetTrailStatus")
def trail_status(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"IsLogging": True, "LatestDeliveryTime": RECENTLY}


@to("accessanalyzer:GetAnalyzer")
def analyzer(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "accessanalyzer/analyzer:Analyzer", analyzerName=asked["analyzerName"])
    live = {
        "arn": f"arn:aws:access-analyzer:eu-west-1:{ACCOUNT}:analyzer/{declared['analyzerName']}",
        "name": declared["analyzerName"],
        "type": declared["type"],
        "createdAt": RECENTLY,
        "status": "ACTIVE",
    }
    return {"analyzer": live}


@to("accessanalyzer:ListFindingsV2")
def access_from_outside(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"findings": []}


# --- archive


@to("s3:GetPublicAccessBlock")
def public_access(graph: Graph, asked: Inputs) -> dict[str, Any]:
    guards = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    return {"PublicAccessBlockConfiguration": dict.fromkeys(guards, True)}


@to("s3:GetBucketVersioning")
def versioning(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Status": "Enabled"}


@to("s3:GetBucketEncryption")
def encryption(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (rule,) = one(graph, kind, bucket=asked["Bucket"])["rules"]
    algorithm = rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"]
    by_default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}
    return {"ServerSideEncryptionConfiguration": {"Rules": [by_default]}}


@to("s3:GetObjectLockConfiguration")
def object_lock(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    kept = one(graph, kind, bucket=asked["Bucket"])["rule"]["defaultRetention"]
    rule = {"DefaultRetention": {"Mode": kept["mode"], "Days": kept["days"]}}
    return {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": rule}}


@to("firehose:DescribeDeliveryStream")
def log_delivery(graph: Graph, asked: Inputs) -> dict[str, Any]:
    name = asked["DeliveryStreamName"]
    live = {
        "DeliveryStreamName": name,
        "DeliveryStreamARN": f"arn:aws:firehose:x:y:{name}",
        "DeliveryStreamStatus": "ACTIVE",
        "DeliveryStreamEncryptionConfiguration": {"Status": "ENABLED"},
        "DeliveryStreamType": "DirectPut",
        "VersionId": "1",
        "Destinations": [],
        "HasMoreDestinations": False,
    }
    return {"DeliveryStreamDescription": live}


@to("s3:ListObjectsV2")
def objects(graph: Graph, asked: Inputs) -> dict[str, Any]:
    # Nothing of today yet.
    return {"KeyCount": 1 if asked["Prefix"] == "logs/2026/11/21/" else 0}


@to("logs:DescribeLogGroups")
def log_groups(graph: Graph, asked: Inputs) -> dict[str, Any]:
    groups = all_of(graph, "cloudwatch/logGroup:LogGroup")
    live = [
        {
            "logGroupName": each["name"],
            "retentionInDays": each["retentionInDays"],
            "kmsKeyId": "arn:aws:kms:x",
        }
        for each in groups
        if each["name"].startswith(asked["logGroupNamePrefix"])
    ]
    return {"logGroups": live}


@to("logs:DescribeSubscriptionFilters")
def subscriptions(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
    declared = one(graph, kind, logGroup=asked["logGroupName"])
    live = {"filterName": declared["name"], "destinationArn": declared["destinationArn"], "filterPattern": ""}
    return {"subscriptionFilters": [live]}


@to("scheduler:GetSchedule")
def schedule(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "scheduler/schedule:Schedule", name=asked["Name"])
    return {"State": "ENABLED", "ScheduleExpression": declared["scheduleExpression"]}


@to("dynamodb:ListExports")
def exports(graph: Graph, asked: Inputs) -> dict[str, Any]:
    arns = [f"{asked['TableArn']}/export/{number}-abcdef" for number in ("01690000000000", "01790000000000")]
    return {"ExportSummaries": [{"ExportArn": arn} for arn in arns]}


@to("dynamodb:DescribeExport")
def export(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert "01790000000000" in asked["ExportArn"]
    return {"ExportDescription": {"ExportStatus": "COMPLETED", "ExportTime": RECENTLY}}


# --- backup


@to("backup:DescribeBackupVault")
def vault(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "backup/vaultLockConfiguration:VaultLockConfiguration"
    declared = one(graph, kind, backupVaultName=asked["BackupVaultName"])
    return {
        "Locked": True,
        "MinRetentionDays": declared["minRetentionDays"],
        "MaxRetentionDays": declared["maxRetentionDays"],
        "LockDate": NOW,
    }


@to("backup:ListRecoveryPointsByResource")
def recovery_points(graph: Graph, asked: Inputs) -> dict[str, Any]:
    old = {"Status": "COMPLETED", "CreationDate": NOW - timedelta(days=30)}
    running = {"Status": "PARTIAL", "CreationDate": NOW}
    return {"RecoveryPoints": [old, {"Status": "COMPLETED", "CreationDate": RECENTLY}, running]}


# --- observability


@to("cloudwatch:DescribeAlarms")
def alarms(graph: Graph, asked: Inputs) -> dict[str, Any]:
    (kind,) = asked["AlarmTypes"]
    of_kind = {"MetricAlarm": "cloudwatch/metricAlarm:MetricAlarm"}.get(
        kind, "cloudwatch/compositeAlarm:CompositeAlarm"
    )
    live = [
        {
            "AlarmName": alarm.get("name", alarm.get("alarmName")),
            "ActionsEnabled": True,
            "AlarmActions": list(alarm["alarmActions"]),
            "StateValue": "OK",
            "StateUpdatedTimestamp": RECENTLY,
        }
        for alarm in all_of(graph, of_kind)
    ]
    return {f"{kind}s": live}


@to("sns:ListSubscriptionsByTopic")
def subscribers(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = all_of(graph, "sns/topicSubscription:TopicSubscription")
    live = [
        {
            "SubscriptionArn": f"{each['topic']}:live",
            "Protocol": each["protocol"],
            "Endpoint": each["endpoint"],
        }
        for each in declared
        if each["topic"] == asked["TopicArn"]
    ]
    return {"Subscriptions": live}


@to("budgets:DescribeBudget")
def budget(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["AccountId"] == ACCOUNT
    limit = one(graph, "budgets/budget:Budget", name=asked["BudgetName"])["limitAmount"]
    live = {
        "BudgetName": asked["BudgetName"],
        "TimeUnit": "MONTHLY",
        "BudgetType": "COST",
        # AWS answers with a fraction.
        "BudgetLimit": {"Amount": f"{limit}.0", "Unit": "USD"},
        "CalculatedSpend": {"ActualSpend": {"Amount": "12.5", "Unit": "USD"}},
    }
    return {"Budget": live}


# --- identity


@to("iam:GetRole")
def role(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "iam/role:Role", name=asked["RoleName"])
    live = {
        "Path": "/",
        "RoleName": declared["name"],
        "RoleId": "AROA0123456789ABCDEF",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/{declared['name']}",
        "CreateDate": RECENTLY,
        "AssumeRolePolicyDocument": quote(declared["assumeRolePolicy"]),
        "PermissionsBoundary": {"PermissionsBoundaryArn": declared["permissionsBoundary"]},
    }
    return {"Role": live}


@to("iam:ListRolePolicies")
def role_policies(graph: Graph, asked: Inputs) -> dict[str, Any]:
    policies = all_of(graph, "iam/rolePolicy:RolePolicy")
    return {"PolicyNames": [each["name"] for each in policies if each["role"] == asked["RoleName"]]}


@to("iam:ListAttachedRolePolicies")
def attached(graph: Graph, asked: Inputs) -> dict[str, Any]:
    attachments = all_of(graph, "iam/rolePolicyAttachment:RolePolicyAttachment")
    arns = [each["policyArn"] for each in attachments if each["role"] == asked["RoleName"]]
    return {"AttachedPolicies": [{"PolicyArn": arn} for arn in arns]}
