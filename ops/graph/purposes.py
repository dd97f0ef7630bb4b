"""What each kind of resource is for, in a reader's words. `{name}` is the resource's name in the program."""

from __future__ import annotations

from collections.abc import Mapping

from engine import Node

ALARMS = ("aws:cloudwatch/compositeAlarm:CompositeAlarm", "aws:cloudwatch/metricAlarm:MetricAlarm")
BUCKETS = {
    "access-logs": "who asked for what in the other buckets",
    "artifacts": "the packages that functions run or ran, locked",
    "card-fields": "the card fields' files, of this release and those before",
    "card-fields-logs": "who fetched the card fields, and what their firewall refused",
    "archive": "logs and regular copies of payments and audit records, locked",
    "configuration": "how AWS Config has seen the account's resources",
    "evidence": "the files of the trails, locked",
    "query-results": "answers to questions put to the archive",
}
QUEUES = {
    "deliveries": "events to be sent to merchants' servers, in order per endpoint",
    "deliveries-dead": "deliveries whose sender died again and again",
    "exports-dead": "exports that could not be started",
    "failed-events": "events that a function gave up on",
    "operations": "operations to be executed or looked after, in order per payment",
    "operations-dead": "operations that the worker gave up on",
}
TABLES = {
    "audits": "the audit trail",
    "clients": "merchants, clients, and the published card keys",
    "events": "merchants' logs of what has happened, and what is on its way there",
    "payments": "one item per payment, with its captures, voids, refunds and history",
    "webhooks": "merchants' webhook endpoints, and what was sent to them",
    "sessions": "checkout sessions: what shoppers' pages may pay",
    "vault": "card numbers as ciphertext, and merchants' wrapped keys",
}
TOPICS = {"notice": "what can wait for working hours", "urgent": "what somebody must be woken for"}
# Kinds whose resources are best told one by one.
NAMED: Mapping[str, Mapping[str, str]] = {
    "aws:dynamodb/table:Table": TABLES,
    "aws:s3/bucket:Bucket": BUCKETS,
    "aws:sns/topic:Topic": TOPICS,
    "aws:sqs/queue:Queue": QUEUES,
}
KINDS = {
    "aws:accessanalyzer/analyzer:Analyzer": "finds {name} that nobody intended",
    "aws:apigateway/account:Account": "lets API Gateway write logs, once per account and region",
    "aws:apigateway/basePathMapping:BasePathMapping": "the API at the root of its own name",
    "aws:apigateway/deployment:Deployment": "the frozen copy of the API that the stage serves",
    "aws:apigateway/domainName:DomainName": "the API's own name, and the TLS that it insists on",
    "aws:apigateway/methodSettings:MethodSettings": "throttle, metrics and error log of all methods",
    "aws:apigateway/stage:Stage": "serves the API, writes its access log, traces",
    "aws:apigateway/usagePlan:UsagePlan": "limits of clients on the plan {name}",
    "aws:appautoscaling/policy:Policy": "keeps the utilization of {name} at its target",
    "aws:appautoscaling/target:Target": "between which bounds {name} is scaled",
    "aws:athena/workgroup:Workgroup": "where the archive is queried: results encrypted, scans limited",
    "aws:backup/plan:Plan": "when tables are backed up, and for how long backups are kept",
    "aws:backup/regionSettings:RegionSettings": "lets AWS Backup look after DynamoDB",
    "aws:backup/selection:Selection": "what is backed up: every table",
    "aws:backup/vault:Vault": "holds {name}",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": "nobody deletes {name} before their time",
    "aws:backup/vaultPolicy:VaultPolicy": "nobody deletes {name} by hand",
    "aws:budgets/budget:Budget": "tells when a month gets more expensive than planned",
    "aws:cfg/deliveryChannel:DeliveryChannel": "where AWS Config delivers what it has recorded",
    "aws:cfg/recorder:Recorder": "records the configuration of all resources",
    "aws:cfg/recorderStatus:RecorderStatus": "switches the recorder on",
    "aws:cloudfront/distribution:Distribution": "hands out the card fields at their own name, over TLS 1.2+",
    "aws:cloudfront/function:Function": "names in a page's policy whose pages may show it",
    "aws:cloudfront/originAccessControl:OriginAccessControl": "signs what CloudFront asks of the bucket",
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": "the headers that go with {name}",
    "aws:cloudtrail/trail:Trail": "who did what in the account, in all Regions",
    "aws:cloudwatch/dashboard:Dashboard": "money, traffic, safety and cost at a glance",
    "aws:cloudwatch/eventTarget:EventTarget": "whom the event {name} reaches",
    "aws:cloudwatch/logDelivery:LogDelivery": "brings the log of {name} to its bucket",
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": "where the log of {name} goes",
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": "what the log of {name} comes from",
    "aws:cloudwatch/logGroup:LogGroup": "the log {name}, encrypted and kept for a set time",
    "aws:cloudwatch/logStream:LogStream": "the errors of {name}",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "sends the log {name} to the archive",
    "aws:guardduty/detector:Detector": "looks for attacks in network, DNS and API records",
    "aws:guardduty/detectorFeature:DetectorFeature": "whether it looks at {name}, too",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": "takes policies away that others gave {name}",
    "aws:iam/rolePolicy:RolePolicy": "all that {name} may do",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "AWS's own policy for {name}",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": (
        "takes managed policies away that others gave {name}"
    ),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "brings {name} to the archive, compressed",
    "aws:kms/alias:Alias": "the name of the key {name}",
    "aws:lambda/alias:Alias": "the version of {name} that is called",
    "aws:lambda/eventSourceMapping:EventSourceMapping": "feeds {name}",
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
        "how often {name} is tried again, and where a failure is kept"
    ),
    "aws:lambda/permission:Permission": "lets one caller invoke {name}",
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": "keeps {name} warm",
    "aws:route53/record:Record": "DNS of the API's and the card fields' own names ({name})",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (
        "when objects of {name} get colder, and when they go"
    ),
    "aws:s3/bucketLogging:BucketLogging": "writes down who asks for what in {name}",
    "aws:s3/bucketNotification:BucketNotification": "tells EventBridge of objects put into {name}",
    "aws:s3/bucketObjectv2:BucketObjectv2": "{name}: all functions' package, or a file of the card fields",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": (
        "nobody deletes or replaces objects of {name} before their time"
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "all objects of {name} belong to the account",
    "aws:s3/bucketPolicy:BucketPolicy": "who may use {name}, over TLS and with its key only",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "keeps {name} from ever being public",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "encrypts what is put into {name}"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": "keeps what is replaced or deleted in {name}",
    "aws:scheduler/scheduleGroup:ScheduleGroup": "the schedules of {name}",
    "aws:securityhub/account:Account": "collects findings, and checks controls",
    "aws:securityhub/standardsSubscription:StandardsSubscription": "checks the standard {name}",
    "aws:sns/topicPolicy:TopicPolicy": "who may publish to {name}",
    "aws:sns/topicSubscription:TopicSubscription": "who is told ({name})",
    "aws:sqs/queuePolicy:QueuePolicy": "refuses plain text to {name}",
    "aws:wafv2/webAclAssociation:WebAclAssociation": "puts the firewall in front of the API",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (
        "logs what the firewall refused, without secrets"
    ),
    # The network.
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "lets AWS write the log {name}",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "what a subnet of no other ACL may do: nothing",
    "aws:ec2/defaultRouteTable:DefaultRouteTable": "where a subnet of no other table leads: nowhere",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "what a member of no other group may do: nothing",
    "aws:ec2/eip:Eip": "the address of {name} on the internet",
    "aws:ec2/flowLog:FlowLog": "who talked to whom in the VPC",
    "aws:ec2/internetGateway:InternetGateway": "the VPC's way to the internet",
    "aws:ec2/natGateway:NatGateway": "the way out for functions that call the processor",
    "aws:ec2/networkAcl:NetworkAcl": "HTTPS and its answers, in every subnet",
    "aws:ec2/route:Route": "one destination of the route table {name}",
    "aws:ec2/routeTable:RouteTable": "where the subnet {name} leads",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "gives the subnet {name} its route table",
    "aws:ec2/subnet:Subnet": "the addresses {name}",
    "aws:ec2/vpc:Vpc": "the stage's own network",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "the door to {name} within AWS's network",
    "aws:networkfirewall/firewall:Firewall": "what passes on the way out",
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": "drops what no rule lets out",
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": "writes down what is dropped",
    "aws:networkfirewall/ruleGroup:RuleGroup": "the hosts that are let out",
    "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": "no name is found while its firewall fails",
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": "the names of {name}",
    "aws:route53/resolverFirewallRule:ResolverFirewallRule": "what becomes of the names of {name}",
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": "which names are looked up",
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": (
        "puts the rules before the VPC's resolver"
    ),
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": "writes down which names are asked for",
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": (
        "does it for the VPC's resolver"
    ),
}


def purpose(node: Node) -> str:
    """The resource's own description, or what its kind is for. `KeyError` for an unknown kind."""
    if node.type in NAMED:
        return NAMED[node.type][node.name]
    if node.type in ALARMS:
        return node.inputs["alarmDescription"].partition("\n")[0]
    described = node.inputs.get("description")
    return described if isinstance(described, str) else KINDS[node.type].format(name=node.name)
