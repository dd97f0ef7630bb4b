"""How a resource is found that may or may not exist, for each type that AWS would refuse to make twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Lookup:
    """One call of boto3, which fails with "not found" or leaves it out of its answer when it doesn't exist.

    `parameters`, `found` and `id` are templates over the resource's arguments, `account`, and `host`: an
    argument `url` without its scheme. `found` is a JMESPath into the answer, `id` what the provider imports.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    found: str = "@"
    id: str = "{name}"


@dataclass(frozen=True)
class Tagged:
    """Has no name of its own: it is found by its tags, as a `kind` of the Resource Groups Tagging API."""

    kind: str
    tags: tuple[str, ...] = field(default=("Name",))


def _listed(
    service: str, operation: str, found: str, identifier: str = "{found}", **parameters: Any
) -> Lookup:
    return Lookup(service, operation, parameters, found, identifier)


def _described(service: str, operation: str, identifier: str = "{name}", **parameters: Any) -> Lookup:
    return Lookup(service, operation, parameters, id=identifier)


LOOKUPS: Mapping[str, Lookup | Tagged] = {
    "aws:accessanalyzer/analyzer:Analyzer": _described(
        "accessanalyzer", "get_analyzer", "{analyzerName}", analyzerName="{analyzerName}"
    ),
    "aws:apigateway/basePathMapping:BasePathMapping": _described(
        "apigateway", "get_base_path_mapping", "{domainName}/", domainName="{domainName}", basePath="(none)"
    ),
    "aws:apigateway/domainName:DomainName": _described(
        "apigateway", "get_domain_name", "{domainName}", domainName="{domainName}"
    ),
    "aws:apigateway/restApi:RestApi": _listed(
        "apigateway", "get_rest_apis", "items[?name=='{name}'].id | [0]", limit=500
    ),
    "aws:apigateway/stage:Stage": _described(
        "apigateway", "get_stage", "{restApi}/{stageName}", restApiId="{restApi}", stageName="{stageName}"
    ),
    "aws:apigateway/usagePlan:UsagePlan": _listed(
        "apigateway", "get_usage_plans", "items[?name=='{name}'].id | [0]", limit=500
    ),
    "aws:athena/workgroup:Workgroup": _listed(
        "athena", "list_work_groups", "WorkGroups[?Name=='{name}'].Name | [0]"
    ),
    "aws:backup/plan:Plan": _listed(
        "backup", "list_backup_plans", "BackupPlansList[?BackupPlanName=='{name}'].BackupPlanId | [0]"
    ),
    "aws:backup/selection:Selection": _listed(
        "backup", "list_backup_selections",
        "BackupSelectionsList[?SelectionName=='{name}'].SelectionId | [0]", "{planId}|{found}",
        BackupPlanId="{planId}",
    ),
    # Its policy refuses to be put a second time.
    "aws:backup/vaultPolicy:VaultPolicy": _described(
        "backup", "get_backup_vault_access_policy", "{backupVaultName}", BackupVaultName="{backupVaultName}"
    ),
    "aws:backup/vault:Vault": _listed(
        "backup", "list_backup_vaults", "BackupVaultList[?BackupVaultName=='{name}'].BackupVaultName | [0]"
    ),
    "aws:budgets/budget:Budget": _described(
        "budgets", "describe_budget", "{account}:{name}", AccountId="{account}", BudgetName="{name}"
    ),
    "aws:cloudfront/distribution:Distribution": _listed(
        "cloudfront", "list_distributions", "DistributionList.Items[?Comment=='{comment}'].Id | [0]"
    ),
    "aws:cloudfront/function:Function": _described(
        "cloudfront", "describe_function", Name="{name}", Stage="DEVELOPMENT"
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": _listed(
        "cloudfront", "list_origin_access_controls", "OriginAccessControlList.Items[?Name=='{name}'].Id | [0]"
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": _listed(
        "cloudfront", "list_response_headers_policies",
        "ResponseHeadersPolicyList.Items[].ResponseHeadersPolicy"
        " | [?ResponseHeadersPolicyConfig.Name=='{name}'].Id | [0]",
        Type="custom",
    ),
    "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount": _listed(
        "organizations", "list_delegated_administrators",
        "DelegatedAdministrators[?Id=='{accountId}'].Id | [0]",
        ServicePrincipal="cloudtrail.amazonaws.com",
    ),
    "aws:cloudtrail/trail:Trail": _listed("cloudtrail", "get_trail", "Trail.TrailARN", Name="{name}"),
    "aws:cloudwatch/logDelivery:LogDelivery": _listed(
        "logs", "describe_deliveries", "deliveries[?deliverySourceName=='{deliverySourceName}'].id | [0]"
    ),
    "aws:cloudwatch/logGroup:LogGroup": _listed(
        "logs", "describe_log_groups", "logGroups[?logGroupName=='{name}'].logGroupName | [0]",
        logGroupNamePrefix="{name}",
    ),
    "aws:cloudwatch/logStream:LogStream": _listed(
        "logs", "describe_log_streams", "logStreams[?logStreamName=='{name}'].logStreamName | [0]",
        "{logGroupName}:{name}", logGroupName="{logGroupName}", logStreamNamePrefix="{name}",
    ),
    "aws:dynamodb/table:Table": _described("dynamodb", "describe_table", TableName="{name}"),
    "aws:ec2/eip:Eip": Tagged("ec2:elastic-ip"),
    "aws:ec2/flowLog:FlowLog": Tagged("ec2:vpc-flow-log"),
    "aws:ec2/internetGateway:InternetGateway": Tagged("ec2:internet-gateway"),
    "aws:ec2/natGateway:NatGateway": Tagged("ec2:natgateway"),
    "aws:ec2/networkAcl:NetworkAcl": Tagged("ec2:network-acl"),
    "aws:ec2/route:Route": _listed(
        "ec2", "describe_route_tables",
        "RouteTables[].Routes[?DestinationCidrBlock=='{destinationCidrBlock}'][] | [0].DestinationCidrBlock",
        "{routeTableId}_{found}", RouteTableIds=["{routeTableId}"],
    ),
    "aws:ec2/routeTable:RouteTable": Tagged("ec2:route-table"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _listed(
        "ec2", "describe_route_tables",
        "RouteTables[].Associations[?SubnetId=='{subnetId}'][] | [0].RouteTableId", "{subnetId}/{found}",
        Filters=[{"Name": "association.subnet-id", "Values": ["{subnetId}"]}],
    ),
    "aws:ec2/securityGroup:SecurityGroup": Tagged("ec2:security-group"),
    "aws:ec2/subnet:Subnet": Tagged("ec2:subnet"),
    "aws:ec2/vpc:Vpc": Tagged("ec2:vpc"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Tagged("ec2:vpc-endpoint"),
    "aws:glue/catalogDatabase:CatalogDatabase": _described(
        "glue", "get_database", "{account}:{name}", Name="{name}"
    ),
    "aws:glue/catalogTable:CatalogTable": _described(
        "glue", "get_table", "{account}:{databaseName}:{name}", DatabaseName="{databaseName}", Name="{name}"
    ),
    "aws:guardduty/detector:Detector": _listed("guardduty", "list_detectors", "DetectorIds[0]"),
    "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": _listed(
        "guardduty", "list_organization_admin_accounts", "AdminAccounts[0].AdminAccountId"
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _described(
        "iam", "get_open_id_connect_provider", "arn:aws:iam::{account}:oidc-provider/{host}",
        OpenIDConnectProviderArn="arn:aws:iam::{account}:oidc-provider/{host}",
    ),
    "aws:iam/policy:Policy": _described(
        "iam", "get_policy", "arn:aws:iam::{account}:policy/{name}",
        PolicyArn="arn:aws:iam::{account}:policy/{name}",
    ),
    "aws:iam/role:Role": _described("iam", "get_role", RoleName="{name}"),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": _listed(
        "iam", "list_roles", "Roles[0].Arn", PathPrefix="/aws-service-role/{awsServiceName}/"
    ),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _listed(
        "firehose", "describe_delivery_stream", "DeliveryStreamDescription.DeliveryStreamARN",
        DeliveryStreamName="{name}",
    ),
    "aws:kms/alias:Alias": _described("kms", "describe_key", KeyId="{name}"),
    # All keys of a stage have the same tags; the description tells them apart.
    "aws:kms/key:Key": Tagged("kms:key", tags=("application", "stage")),
    "aws:lambda/alias:Alias": _described(
        "lambda", "get_alias", "{functionName}/{name}", FunctionName="{functionName}", Name="{name}"
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": _listed(
        "lambda", "list_event_source_mappings", "EventSourceMappings[0].UUID",
        EventSourceArn="{eventSourceArn}", FunctionName="{functionName}",
    ),
    "aws:lambda/function:Function": _described(
        "lambda", "get_function_configuration", FunctionName="{name}"
    ),
    "aws:lambda/permission:Permission": _listed(
        "lambda", "get_policy", """contains(Policy, '"{statementId}"') && '{statementId}'""",
        "{function}:{qualifier}/{found}", FunctionName="{function}", Qualifier="{qualifier}",
    ),
    "aws:networkfirewall/firewall:Firewall": _listed(
        "network-firewall", "describe_firewall", "Firewall.FirewallArn", FirewallName="{name}"
    ),
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": _listed(
        "network-firewall", "describe_firewall_policy", "FirewallPolicyResponse.FirewallPolicyArn",
        FirewallPolicyName="{name}",
    ),
    "aws:networkfirewall/ruleGroup:RuleGroup": _listed(
        "network-firewall", "describe_rule_group", "RuleGroupResponse.RuleGroupArn",
        RuleGroupName="{name}", Type="{type}",
    ),
    "aws:organizations/delegatedAdministrator:DelegatedAdministrator": _listed(
        "organizations", "list_delegated_administrators",
        "DelegatedAdministrators[?Id=='{accountId}'].Id | [0]",
        "{found}/{servicePrincipal}", ServicePrincipal="{servicePrincipal}",
    ),
    "aws:route53/record:Record": _listed(
        "route53", "list_resource_record_sets",
        "ResourceRecordSets[?Name=='{name}.' && Type=='{type}'].Type | [0]", "{zoneId}_{name}_{found}",
        HostedZoneId="{zoneId}", StartRecordName="{name}", StartRecordType="{type}",
    ),
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": _listed(
        "route53resolver", "list_firewall_domain_lists", "FirewallDomainLists[?Name=='{name}'].Id | [0]"
    ),
    "aws:route53/resolverFirewallRule:ResolverFirewallRule": _listed(
        "route53resolver", "list_firewall_rules", "FirewallRules[?Name=='{name}'].FirewallDomainListId | [0]",
        "{firewallRuleGroupId}:{found}", FirewallRuleGroupId="{firewallRuleGroupId}",
    ),
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": _listed(
        "route53resolver", "list_firewall_rule_groups", "FirewallRuleGroups[?Name=='{name}'].Id | [0]"
    ),
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": _listed(
        "route53resolver", "list_firewall_rule_group_associations",
        "FirewallRuleGroupAssociations[?Name=='{name}'].Id | [0]", VpcId="{vpcId}",
    ),
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": _listed(
        "route53resolver", "list_resolver_query_log_configs",
        "ResolverQueryLogConfigs[?Name=='{name}'].Id | [0]",
    ),
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": _listed(
        "route53resolver", "list_resolver_query_log_config_associations",
        "ResolverQueryLogConfigAssociations[?ResourceId=='{resourceId}'].Id | [0]",
    ),
    "aws:s3/bucket:Bucket": _described("s3", "head_bucket", "{bucket}", Bucket="{bucket}"),
    "aws:scheduler/schedule:Schedule": _described(
        "scheduler", "get_schedule", "{groupName}/{name}", GroupName="{groupName}", Name="{name}"
    ),
    "aws:scheduler/scheduleGroup:ScheduleGroup": _described("scheduler", "get_schedule_group", Name="{name}"),
    "aws:secretsmanager/secret:Secret": _listed(
        "secretsmanager", "describe_secret", "ARN", SecretId="{name}"
    ),
    "aws:securityhub/account:Account": _described("securityhub", "describe_hub", "{account}"),
    "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount": _listed(
        "securityhub", "list_organization_admin_accounts", "AdminAccounts[0].AccountId"
    ),
    "aws:sqs/queue:Queue": _listed("sqs", "get_queue_url", "QueueUrl", QueueName="{name}"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _listed(
        "ec2", "describe_security_group_rules",
        "SecurityGroupRules[?Description=='{description}' && IsEgress].SecurityGroupRuleId | [0]",
        Filters=[{"Name": "group-id", "Values": ["{securityGroupId}"]}],
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _listed(
        "ec2", "describe_security_group_rules",
        "SecurityGroupRules[?Description=='{description}' && !IsEgress].SecurityGroupRuleId | [0]",
        Filters=[{"Name": "group-id", "Values": ["{securityGroupId}"]}],
    ),
    "aws:wafv2/webAcl:WebAcl": _listed(
        "wafv2", "list_web_acls", "WebACLs[?Name=='{name}'].Id | [0]", "{found}/{name}/{scope}",
        Scope="{scope}",
    ),
}  # fmt: skip
