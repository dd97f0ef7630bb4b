"""What a changed setting may replace is decided: kept by protection, left alone, or made again, and why."""

from collections.abc import Mapping

import pytest

from engine import Graph, Node
from tests.engine.replacement import REPLACING
from tests.infra.graphs import Graphs

# What holds something that can't be made again, or tells of it. A durable stage's plan that would replace one
# is refused by Pulumi, before anything is changed.
PROTECTED = {
    "aws:backup/vault:Vault",
    "aws:cloudtrail/trail:Trail",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:dynamodb/table:Table",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:secretsmanager/secret:Secret",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
}
# What is made again when such an input changes, and why that is borne. The name is `tollgate-<stage>-…` for
# ever: it changes with the stack's name only, and that is another stage.
MADE_AGAIN: Mapping[str, tuple[str, ...]] = {
    "it has a fixed name or belongs to what has one; nothing is lost and nobody waits for it": (
        "aws:accessanalyzer/analyzer:Analyzer",
        "aws:athena/namedQuery:NamedQuery",
        "aws:athena/workgroup:Workgroup",
        "aws:budgets/budget:Budget",
        "aws:cloudfront/function:Function",
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "aws:cloudwatch/dashboard:Dashboard",
        "aws:cloudwatch/eventRule:EventRule",
        "aws:cloudwatch/eventTarget:EventTarget",
        "aws:cloudwatch/logDelivery:LogDelivery",
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:cloudwatch/logStream:LogStream",
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:cfg/rule:Rule",
        "aws:glue/catalogDatabase:CatalogDatabase",
        "aws:glue/catalogTable:CatalogTable",
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "aws:kms/alias:Alias",
        "aws:scheduler/schedule:Schedule",
        "aws:scheduler/scheduleGroup:ScheduleGroup",
        "aws:sns/topicSubscription:TopicSubscription",
    ),
    "the next run goes on where the last one stopped: backups and scaling have no state of their own": (
        "aws:appautoscaling/policy:Policy",
        "aws:appautoscaling/target:Target",
        "aws:backup/plan:Plan",
        "aws:backup/selection:Selection",
    ),
    "the lock, or the policy, of what is protected: it is put back in the same deployment": (
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
        "aws:backup/vaultPolicy:VaultPolicy",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketNotification:BucketNotification",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:sqs/queuePolicy:QueuePolicy",
    ),
    "a new one is the point: a deployment is frozen, a package named by its content; old ones stay": (
        "aws:apigateway/deployment:Deployment",
        "aws:s3/bucketObjectv2:BucketObjectv2",
    ),
    "AWS allows one in the Region or account, which is switched on again": (
        "aws:cfg/deliveryChannel:DeliveryChannel",
        "aws:cfg/recorder:Recorder",
        "aws:cfg/recorderStatus:RecorderStatus",
        "aws:guardduty/detectorFeature:DetectorFeature",
        "aws:securityhub/account:Account",
        "aws:securityhub/standardsSubscription:StandardsSubscription",
    ),
    "functions have fixed names; a stream is read from its beginning, which rows' versions make harmless": (
        "aws:lambda/alias:Alias",
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        "aws:lambda/function:Function",
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        "aws:lambda/permission:Permission",
        "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    ),
    "roles have fixed names; keys and buckets name them, so a new one needs a second deployment": (
        "aws:iam/role:Role",
        "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    ),
    "the API's own name and stage: moving them is a planned interruption": (
        "aws:apigateway/basePathMapping:BasePathMapping",
        "aws:apigateway/domainName:DomainName",
        "aws:apigateway/methodSettings:MethodSettings",
        "aws:apigateway/stage:Stage",
        "aws:route53/record:Record",
        "aws:wafv2/webAcl:WebAcl",
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    ),
    "addresses are planned once: `cidr` stays, `zones` grows at its end only": (
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/eip:Eip",
        "aws:ec2/flowLog:FlowLog",
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
        "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
        "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
        "aws:route53/resolverFirewallRule:ResolverFirewallRule",
        "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
        "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
        "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
        "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ),
}
# Inputs that AWS changes by itself, so that what was declared once would undo it. `*` is any resource.
LEFT_ALONE: Mapping[tuple[str, str], tuple[set[str], str]] = {
    ("aws:backup/regionSettings:RegionSettings", "dynamodb"): (
        {"resourceTypeManagementPreference", "resourceTypeOptInPreference"},
        "AWS answers with every type that it knows",
    ),
    ("aws:dynamodb/table:Table", "payments"): (
        {"globalSecondaryIndexes", "warmThroughput"},
        "AWS raises warm throughput with traffic, also that of indexes; a lower wish replaces the table",
    ),
    ("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "closed"): (
        {"subnetIds"},
        "AWS lends it new subnets for a moment",
    ),
    ("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "*"): (
        {"provisionedConcurrentExecutions"},
        "scaling sets it",
    ),
}
# Known to replace, and in no schema: the provider decides by the values.
BY_VALUE = {("aws:dynamodb/table:Table", "payments"): "warmThroughput"}


@pytest.fixture
def prod(graphs: Graphs) -> Graph:
    return graphs("prod")


def replaceable(graph: Graph) -> dict[str, list[Node]]:
    """By type: resources with an input that can't be changed in place."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        if set(REPLACING.get(node.type, ())) & node.inputs.keys():
            found.setdefault(node.type, []).append(node)
    return found


def test_every_input_that_replaces_something_has_a_decision(prod: Graph) -> None:
    again = [kind for kinds in MADE_AGAIN.values() for kind in kinds]
    assert len(again) == len(set(again))
    assert not PROTECTED & set(again)
    assert set(replaceable(prod)) - PROTECTED - set(again) == set()


def test_what_cant_be_made_again_is_protected(prod: Graph) -> None:
    for kind in PROTECTED:
        assert replaceable(prod)[kind]
        assert [node.urn for node in replaceable(prod)[kind] if not node.protect] == []


def test_what_aws_changes_by_itself_is_left_alone_and_nothing_else(prod: Graph) -> None:
    ignoring = {(node.type, node.name): set(node.ignore_changes) for node in prod.nodes.values()}
    decided = {
        identity: inputs
        for identity, ignored in ignoring.items()
        if ignored
        for inputs in (LEFT_ALONE.get(identity) or LEFT_ALONE.get((identity[0], "*")),)
    }
    for identity, known in decided.items():
        assert known, identity
        assert ignoring[identity] == known[0]
    for (kind, name), (inputs, _) in LEFT_ALONE.items():
        matching = [node for node in prod.of_type(kind) if name in ("*", node.name)]
        assert matching
        assert all(inputs == set(node.ignore_changes) for node in matching)


def test_what_the_provider_replaces_by_value_is_left_alone(prod: Graph) -> None:
    for (kind, name), given in BY_VALUE.items():
        assert given in prod.one(kind, name).inputs
        assert given in prod.one(kind, name).ignore_changes
