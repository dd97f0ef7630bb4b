"""Which resource types the laptop cloud makes, and which it only keeps on record."""

from __future__ import annotations

from collections.abc import Mapping

from local.provisioning import dynamodb, events, functions, gateway, iam, kms, logs, secretsmanager, sqs
from local.provisioning.creator import Creator

CREATED: Mapping[str, type[Creator]] = {
    "aws:apigateway/deployment:Deployment": gateway.Deployment,
    "aws:apigateway/methodSettings:MethodSettings": gateway.MethodSettings,
    "aws:apigateway/restApi:RestApi": gateway.RestApi,
    "aws:apigateway/stage:Stage": gateway.Stage,
    "aws:apigateway/usagePlan:UsagePlan": gateway.UsagePlan,
    "aws:cloudwatch/eventRule:EventRule": events.EventRule,
    "aws:cloudwatch/eventTarget:EventTarget": events.EventTarget,
    "aws:cloudwatch/logGroup:LogGroup": logs.LogGroup,
    "aws:dynamodb/table:Table": dynamodb.Table,
    "aws:iam/policy:Policy": iam.Policy,
    "aws:iam/role:Role": iam.Role,
    "aws:iam/rolePolicy:RolePolicy": iam.RolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachment,
    "aws:kms/alias:Alias": kms.Alias,
    "aws:kms/key:Key": kms.Key,
    "aws:lambda/alias:Alias": functions.Alias,
    "aws:lambda/eventSourceMapping:EventSourceMapping": functions.EventSourceMapping,
    "aws:lambda/function:Function": functions.Function,
    "aws:lambda/permission:Permission": functions.Permission,
    "aws:secretsmanager/secret:Secret": secretsmanager.Secret,
    "aws:secretsmanager/secretPolicy:SecretPolicy": secretsmanager.SecretPolicy,
    "aws:sqs/queue:Queue": sqs.Queue,
    "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicy,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": sqs.RedriveAllowPolicy,
    "aws:sqs/redrivePolicy:RedrivePolicy": sqs.RedrivePolicy,
}

# Nothing on the laptop depends on these, so they get an id and are otherwise only counted.
RECORDED: frozenset[str] = frozenset(
    {
        "aws:apigateway/account:Account",
        # The edge: no firewall and no name of its own.
        "aws:apigateway/basePathMapping:BasePathMapping",
        "aws:apigateway/domainName:DomainName",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:route53/record:Record",
        "aws:wafv2/webAcl:WebAcl",
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        # The network: functions run on the laptop's own.
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/eip:Eip",
        "aws:ec2/flowLog:FlowLog",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/networkAcl:NetworkAcl",
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:networkfirewall/firewall:Firewall",
        "aws:networkfirewall/firewallPolicy:FirewallPolicy",
        "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        "aws:networkfirewall/ruleGroup:RuleGroup",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        # archive
        "aws:athena/namedQuery:NamedQuery",
        "aws:athena/workgroup:Workgroup",
        "aws:cloudwatch/logStream:LogStream",
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        "aws:glue/catalogDatabase:CatalogDatabase",
        "aws:glue/catalogTable:CatalogTable",
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "aws:scheduler/schedule:Schedule",
        "aws:scheduler/scheduleGroup:ScheduleGroup",
        # backup
        "aws:backup/plan:Plan",
        "aws:backup/regionSettings:RegionSettings",
        "aws:backup/selection:Selection",
        "aws:backup/vault:Vault",
        "aws:backup/vaultPolicy:VaultPolicy",
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
        # detection
        "aws:accessanalyzer/analyzer:Analyzer",
        "aws:cfg/deliveryChannel:DeliveryChannel",
        "aws:cfg/recorder:Recorder",
        "aws:cfg/recorderStatus:RecorderStatus",
        "aws:cfg/rule:Rule",
        "aws:cloudtrail/trail:Trail",
        "aws:guardduty/detector:Detector",
        "aws:guardduty/detectorFeature:DetectorFeature",
        "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        "aws:securityhub/account:Account",
        "aws:securityhub/standardsSubscription:StandardsSubscription",
        # accounts: the emulator's roles have what they were given, and nobody else to give them more
        "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        # bucket
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketNotification:BucketNotification",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
        # Capacity: a laptop has what it has, and the emulator starts a scheduled function once.
        "aws:appautoscaling/policy:Policy",
        "aws:appautoscaling/target:Target",
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        # Alerts: there is nobody to be told.
        "aws:budgets/budget:Budget",
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "aws:cloudwatch/dashboard:Dashboard",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:sns/topic:Topic",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:sns/topicSubscription:TopicSubscription",
    }
)
