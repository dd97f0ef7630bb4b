"""All ways in which the graphs of dev and prod differ, by the setting that makes them.

What isn't here is the same in both: a control that one stage has and the other hasn't must be a setting.
"""

from collections.abc import Mapping

# A setting, and the kinds and names of resources that exist because of it in one stage only. `*` ends a name.
RESOURCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "the stack itself": (("pulumi:pulumi:Stack", "tollgate-*"),),
    "processor_accounts": (("aws:secretsmanager/secret:Secret", "processor-*"),),
    "network.zones": (
        ("aws:ec2/route:Route", "egress-c"),
        ("aws:ec2/routeTable:RouteTable", "*-c"),
        ("aws:ec2/routeTableAssociation:RouteTableAssociation", "*-c"),
        ("aws:ec2/subnet:Subnet", "*-c"),
    ),
    "network.nat": (
        ("aws:ec2/eip:Eip", "nat-*"),
        ("aws:ec2/natGateway:NatGateway", "nat-*"),
        ("aws:ec2/route:Route", "public-*"),
        ("aws:ec2/routeTable:RouteTable", "public-*"),
        ("aws:ec2/routeTableAssociation:RouteTableAssociation", "public-*"),
        ("aws:ec2/subnet:Subnet", "public-*"),
    ),
    "network.firewall": (
        ("aws:cloudwatch/logGroup:LogGroup", "egress-firewall"),
        ("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "egress-firewall"),
        ("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "egress-firewall"),
        ("aws:ec2/route:Route", "firewall-*"),
        ("aws:ec2/route:Route", "return-*"),
        ("aws:ec2/routeTable:RouteTable", "firewall-*"),
        ("aws:ec2/routeTableAssociation:RouteTableAssociation", "firewall-*"),
        ("aws:ec2/subnet:Subnet", "firewall-*"),
        ("aws:networkfirewall/firewall:Firewall", "egress-firewall"),
        ("aws:networkfirewall/firewallPolicy:FirewallPolicy", "egress-firewall"),
        ("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "egress-firewall"),
        ("aws:networkfirewall/ruleGroup:RuleGroup", "processor-hosts"),
        ("tollgate:network:EgressFirewall", "egress-firewall"),
        ("tollgate:network:Subnets", "firewall"),
    ),
    "capacity.concurrency.provisioned": (
        ("aws:appautoscaling/policy:Policy", "*"),
        ("aws:appautoscaling/target:Target", "*"),
        ("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "*"),
        ("tollgate:autoscaling:TargetTracking", "*"),
    ),
    "capacity.concurrency.reserved": (("aws:cloudwatch/metricAlarm:MetricAlarm", "*-concurrency"),),
    "backup.copy_region": (
        ("aws:backup/vault:Vault", "backup-copies"),
        ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backup-copies"),
        ("aws:cloudwatch/eventRule:EventRule", "heartbeat-backup-copy"),
        ("aws:cloudwatch/eventTarget:EventTarget", "heartbeat-backup-copy"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "backup-copy-overdue"),
        ("aws:kms/alias:Alias", "backup-copy"),
        ("aws:kms/key:Key", "backup-copy"),
    ),
    "detection.unused_access_days": (("aws:accessanalyzer/analyzer:Analyzer", "unused-access"),),
    "detection.standards": (
        ("aws:securityhub/standardsSubscription:StandardsSubscription", "pci-dss-4.0.1"),
    ),
    "durability": (
        ("aws:backup/vaultPolicy:VaultPolicy", "backup*"),
        ("aws:cfg/rule:Rule", "backup-recovery-point-manual-deletion-disabled"),
        ("aws:cfg/rule:Rule", "dynamodb-table-deletion-protection-enabled"),
    ),
    "alerts.urgent": (("aws:sns/topicSubscription:TopicSubscription", "urgent-*"),),
}
# A setting, and the inputs that have two values because of it. `*` for a kind is any.
INPUTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "durability": (
        ("*", "opts.protect"),
        ("*", "forceDestroy"),
        ("aws:dynamodb/table:Table", "deletionProtectionEnabled"),
        ("aws:kms/key:Key", "deletionWindowInDays"),
        ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "rule.defaultRetention.mode"),
        ("aws:secretsmanager/secret:Secret", "recoveryWindowInDays"),
    ),
    "tags, and the stage's name": (
        ("pulumi:providers:aws", "defaultTags.tags.cost_center"),
        ("pulumi:providers:aws", "defaultTags.tags.stage"),
        ("aws:cloudwatch/dashboard:Dashboard", "dashboardBody.widgets"),
        ("aws:cloudwatch/eventTarget:EventTarget", "inputTransformer.inputTemplate"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "alarmDescription"),
        ("aws:lambda/function:Function", "environment.variables.STAGE"),
        ("aws:sns/topic:Topic", "displayName"),
    ),
    "edge.domain, issuer, audience": (
        ("aws:apigateway/basePathMapping:BasePathMapping", "domainName"),
        ("aws:apigateway/domainName:DomainName", "domainName"),
        ("aws:lambda/function:Function", "environment.variables.AUDIENCE"),
        ("aws:lambda/function:Function", "environment.variables.ISSUER"),
        ("aws:route53/record:Record", "name"),
        ("aws:apigateway/domainName:DomainName", "regionalCertificateArn"),
        ("aws:route53/record:Record", "zoneId"),
    ),
    "card_fields, edge.domain": (
        ("aws:cloudfront/distribution:Distribution", "aliases"),
        ("aws:cloudfront/distribution:Distribution", "viewerCertificate.acmCertificateArn"),
        ("aws:cloudfront/function:Function", "code"),
        ("aws:lambda/function:Function", "environment.variables.PAGES_ORIGIN"),
        (
            "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
            "securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy",
        ),
        ("aws:s3/bucketObjectv2:BucketObjectv2", "content"),
    ),
    "throttle": (
        ("aws:apigateway/methodSettings:MethodSettings", "settings.throttlingBurstLimit"),
        ("aws:apigateway/methodSettings:MethodSettings", "settings.throttlingRateLimit"),
    ),
    "processor_accounts": (
        ("aws:lambda/function:Function", "environment.variables.PROCESSOR_ACCOUNTS.payroc"),
        ("aws:lambda/function:Function", "environment.variables.PROCESSOR_ACCOUNTS.payroc-uat"),
        ("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList", "domains"),
        ("aws:iam/rolePolicy:RolePolicy", "policy.Statement"),
    ),
    "backup.copy_region": (
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "metricQueries"),
        ("aws:kms/key:Key", "policy.Statement"),
    ),
    "backup": (
        ("aws:backup/plan:Plan", "rules"),
        ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "changeableForDays"),
        ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "minRetentionDays"),
    ),
    "archive, detection.evidence": (
        ("aws:glue/catalogTable:CatalogTable", "parameters.projection.day.range"),
        ("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules"),
        ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "rule.defaultRetention.days"),
    ),
    "log_retention_days": (
        ("aws:cfg/rule:Rule", "inputParameters.MinRetentionTime"),
        ("aws:cloudwatch/logGroup:LogGroup", "retentionInDays"),
    ),
    "detection.insights": (("aws:cloudtrail/trail:Trail", "insightSelectors"),),
    "archive.export_at": (
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "datapointsToAlarm"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "evaluationPeriods"),
        ("aws:scheduler/schedule:Schedule", "scheduleExpression"),
    ),
    "alerts": (
        ("aws:budgets/budget:Budget", "limitAmount"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "threshold"),
    ),
    "capacity.tables": (
        ("aws:dynamodb/table:Table", "globalSecondaryIndexes"),
        ("aws:dynamodb/table:Table", "onDemandThroughput.maxReadRequestUnits"),
        ("aws:dynamodb/table:Table", "onDemandThroughput.maxWriteRequestUnits"),
        ("aws:dynamodb/table:Table", "warmThroughput"),
    ),
    "capacity.concurrency": (("aws:lambda/function:Function", "reservedConcurrentExecutions"),),
    "capacity.projector_parallelization": (
        ("aws:lambda/eventSourceMapping:EventSourceMapping", "parallelizationFactor"),
    ),
    "worker_concurrency": (
        ("aws:lambda/eventSourceMapping:EventSourceMapping", "scalingConfig.maximumConcurrency"),
    ),
    "network": (
        ("aws:ec2/networkAcl:NetworkAcl", "egress"),
        ("aws:ec2/networkAcl:NetworkAcl", "ingress"),
        ("aws:ec2/networkAcl:NetworkAcl", "subnetIds"),
        ("aws:ec2/route:Route", "natGatewayId"),
        ("aws:ec2/route:Route", "vpcEndpointId"),
        ("aws:ec2/subnet:Subnet", "cidrBlock"),
        ("aws:ec2/vpc:Vpc", "cidrBlock"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "routeTableIds"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "subnetIds"),
        ("aws:lambda/function:Function", "vpcConfig.subnetIds"),
    ),
}
