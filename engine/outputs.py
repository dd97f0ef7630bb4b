"""What AWS would answer when a resource is made: ids and ARNs by type, as templates."""

from collections.abc import Mapping

# type -> outputs; `id` is the physical id. {name}: physical name, {digest}: 10 stable hex digits, {uuid}: a
# stable UUID, {reach}: of a web ACL. A type that isn't here gets id=name,
# arn=arn:aws:service:region:account:kind/name.
OUTPUTS: Mapping[str, Mapping[str, str]] = {
    "aws:apigateway/apiKey:ApiKey": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/apikeys/{digest}",
    },
    "aws:apigateway/deployment:Deployment": {"id": "{digest}"},
    "aws:apigateway/domainName:DomainName": {
        "id": "{domainName}",
        "arn": "arn:aws:apigateway:{region}::/domainnames/{domainName}",
        "regionalDomainName": "d-{digest}.execute-api.{region}.amazonaws.com",
        "regionalZoneId": "Z{digest}",
    },
    "aws:apigateway/restApi:RestApi": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/restapis/{digest}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{digest}",
        "rootResourceId": "{digest}",
    },
    "aws:apigateway/stage:Stage": {
        "id": "ags-{restApi}-{stageName}",
        "arn": "arn:aws:apigateway:{region}::/restapis/{restApi}/stages/{stageName}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{restApi}/{stageName}",
        "invokeUrl": "https://{restApi}.execute-api.{region}.amazonaws.com/{stageName}",
    },
    "aws:apigateway/usagePlan:UsagePlan": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/usageplans/{digest}",
    },
    # What the provider imports: the id that it keeps is the name alone, the same for two resources.
    "aws:appautoscaling/policy:Policy": {
        "id": "{serviceNamespace}/{resourceId}/{scalableDimension}/{name}",
        "arn": "arn:aws:autoscaling:{region}:{account}:scalingPolicy:{uuid}:{name}",
    },
    "aws:athena/workgroup:Workgroup": {
        "id": "{name}",
        "arn": "arn:aws:athena:{region}:{account}:workgroup/{name}",
    },
    "aws:backup/plan:Plan": {"id": "{uuid}", "arn": "arn:aws:backup:{region}:{account}:backup-plan:{uuid}"},
    "aws:backup/vault:Vault": {
        "id": "{name}",
        "arn": "arn:aws:backup:{region}:{account}:backup-vault:{name}",
    },
    "aws:cloudfront/distribution:Distribution": {
        "id": "E{digest}",
        "arn": "arn:aws:cloudfront::{account}:distribution/E{digest}",
        "domainName": "d{digest}.cloudfront.net",
        "hostedZoneId": "Z2FDTNDATAQYW2",
    },
    "aws:cloudfront/function:Function": {
        "id": "{name}",
        "arn": "arn:aws:cloudfront::{account}:function/{name}",
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        "id": "E{digest}",
        "arn": "arn:aws:cloudfront::{account}:origin-access-control/E{digest}",
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        "id": "{uuid}",
        "arn": "arn:aws:cloudfront::{account}:response-headers-policy/{uuid}",
    },
    "aws:cloudwatch/eventRule:EventRule": {
        "id": "{name}",
        "arn": "arn:aws:events:{region}:{account}:rule/{name}",
    },
    "aws:cloudwatch/logDelivery:LogDelivery": {
        "id": "{digest}",
        "arn": "arn:aws:logs:{region}:{account}:delivery:{digest}",
    },
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        "id": "{name}",
        "arn": "arn:aws:logs:{region}:{account}:delivery-destination:{name}",
    },
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
        "id": "{name}",
        "arn": "arn:aws:logs:{region}:{account}:delivery-source:{name}",
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        "id": "{name}",
        "arn": "arn:aws:logs:{region}:{account}:log-group:{name}",
    },
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {"id": "cwlsf-{digest}"},
    "aws:cloudwatch/logStream:LogStream": {
        "id": "{name}",
        "arn": "arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{name}",
    },
    "aws:dynamodb/table:Table": {
        "id": "{name}",
        "arn": "arn:aws:dynamodb:{region}:{account}:table/{name}",
        "streamArn": "arn:aws:dynamodb:{region}:{account}:table/{name}/stream/2026-01-01T00:00:00.000",
    },
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {"id": "{defaultNetworkAclId}"},
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {"id": "{defaultRouteTableId}"},
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {"id": "sg-{digest}"},
    "aws:ec2/eip:Eip": {"id": "eipalloc-{digest}", "allocationId": "eipalloc-{digest}"},
    "aws:ec2/flowLog:FlowLog": {"id": "fl-{digest}"},
    "aws:ec2/internetGateway:InternetGateway": {"id": "igw-{digest}"},
    "aws:ec2/natGateway:NatGateway": {"id": "nat-{digest}"},
    "aws:ec2/networkAcl:NetworkAcl": {"id": "acl-{digest}"},
    "aws:ec2/route:Route": {"id": "r-{routeTableId}{digest}"},
    "aws:ec2/routeTable:RouteTable": {"id": "rtb-{digest}"},
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {"id": "rtbassoc-{digest}"},
    "aws:ec2/securityGroup:SecurityGroup": {
        "id": "sg-{digest}",
        "arn": "arn:aws:ec2:{region}:{account}:security-group/sg-{digest}",
    },
    "aws:ec2/subnet:Subnet": {
        "id": "subnet-{digest}",
        "arn": "arn:aws:ec2:{region}:{account}:subnet/subnet-{digest}",
    },
    "aws:ec2/vpc:Vpc": {
        "id": "vpc-{digest}",
        "arn": "arn:aws:ec2:{region}:{account}:vpc/vpc-{digest}",
        "defaultNetworkAclId": "acl-{digest}",
        "defaultRouteTableId": "rtb-{digest}",
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {"id": "vpce-{digest}", "prefixListId": "pl-{digest}"},
    "aws:guardduty/detector:Detector": {
        "id": "{digest}",
        "arn": "arn:aws:guardduty:{region}:{account}:detector/{digest}",
    },
    "aws:iam/policy:Policy": {"id": "{arn}", "arn": "arn:aws:iam::{account}:policy/{name}"},
    "aws:iam/role:Role": {
        "id": "{name}",
        "arn": "arn:aws:iam::{account}:role/{name}",
        "uniqueId": "AROA{digest}",
    },
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
        "id": "{arn}",
        "arn": "arn:aws:firehose:{region}:{account}:deliverystream/{name}",
    },
    "aws:iam/rolePolicy:RolePolicy": {"id": "{role}:{name}"},
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
        "id": "{arn}",
        "arn": "arn:aws:iam::{account}:role/aws-service-role/{awsServiceName}/AWSServiceRoleFor{digest}",
    },
    "aws:kms/alias:Alias": {"id": "{name}", "arn": "arn:aws:kms:{region}:{account}:{name}"},
    "aws:kms/key:Key": {
        "id": "{uuid}",
        "keyId": "{uuid}",
        "arn": "arn:aws:kms:{region}:{account}:key/{uuid}",
    },
    "aws:lambda/alias:Alias": {
        "id": "{functionName}:{name}",
        "arn": "arn:aws:lambda:{region}:{account}:function:{functionName}:{name}",
        "invokeArn": "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/"
        "arn:aws:lambda:{region}:{account}:function:{functionName}:{name}/invocations",
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        "id": "{uuid}",
        "arn": "arn:aws:lambda:{region}:{account}:event-source-mapping:{uuid}",
    },
    "aws:lambda/function:Function": {
        "id": "{name}",
        "arn": "arn:aws:lambda:{region}:{account}:function:{name}",
        "invokeArn": "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/"
        "arn:aws:lambda:{region}:{account}:function:{name}/invocations",
        "version": "1",
    },
    "aws:networkfirewall/firewall:Firewall": {
        "id": "{arn}",
        "arn": "arn:aws:network-firewall:{region}:{account}:firewall/{name}",
    },
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": {
        "id": "{arn}",
        "arn": "arn:aws:network-firewall:{region}:{account}:firewall-policy/{name}",
    },
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": {"id": "{firewallArn}"},
    "aws:networkfirewall/ruleGroup:RuleGroup": {
        "id": "{arn}",
        "arn": "arn:aws:network-firewall:{region}:{account}:stateful-rulegroup/{name}",
    },
    "aws:route53/record:Record": {"id": "{zoneId}_{name}_{type}"},
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": {"id": "rslvr-fdl-{digest}"},
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": {"id": "rslvr-frg-{digest}"},
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": {"id": "rqlc-{digest}"},
    "aws:s3/bucket:Bucket": {"id": "{bucket}", "arn": "arn:aws:s3:::{bucket}"},
    "aws:s3/bucketObjectv2:BucketObjectv2": {"id": "{bucket}/{key}", "versionId": "{digest}"},
    "aws:secretsmanager/secret:Secret": {
        "id": "{arn}",
        "arn": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-abcdef",
    },
    "aws:sns/topic:Topic": {"id": "{arn}", "arn": "arn:aws:sns:{region}:{account}:{name}"},
    "aws:sqs/queue:Queue": {
        "id": "{url}",
        "arn": "arn:aws:sqs:{region}:{account}:{name}",
        "url": "https://sqs.{region}.amazonaws.com/{account}/{name}",
    },
    "aws:wafv2/webAcl:WebAcl": {
        "id": "{uuid}",
        "arn": "arn:aws:wafv2:{region}:{account}:{reach}/webacl/{name}/{uuid}",
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {"id": "sgr-{digest}"},
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {"id": "sgr-{digest}"},
}
