"""What a deployment may simply make again, though it may exist already.

Setting these a second time changes nothing, a second subscription is the first, and a second API deployment
or saved query costs nothing.
"""

REPEATABLE = frozenset(
    """
    aws:account/alternativeContact:AlternativeContact
    aws:apigateway/account:Account
    aws:apigateway/deployment:Deployment
    aws:apigateway/methodSettings:MethodSettings
    aws:appautoscaling/policy:Policy
    aws:appautoscaling/target:Target
    aws:athena/namedQuery:NamedQuery
    aws:backup/regionSettings:RegionSettings
    aws:backup/vaultLockConfiguration:VaultLockConfiguration
    aws:cfg/configurationAggregator:ConfigurationAggregator
    aws:cfg/deliveryChannel:DeliveryChannel
    aws:cfg/recorder:Recorder
    aws:cfg/recorderStatus:RecorderStatus
    aws:cfg/rule:Rule
    aws:cloudwatch/compositeAlarm:CompositeAlarm
    aws:cloudwatch/dashboard:Dashboard
    aws:cloudwatch/eventRule:EventRule
    aws:cloudwatch/eventTarget:EventTarget
    aws:cloudwatch/logResourcePolicy:LogResourcePolicy
    aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter
    aws:cloudwatch/metricAlarm:MetricAlarm
    aws:ebs/encryptionByDefault:EncryptionByDefault
    aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess
    aws:ec2/defaultNetworkAcl:DefaultNetworkAcl
    aws:ec2/defaultRouteTable:DefaultRouteTable
    aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
    aws:guardduty/detectorFeature:DetectorFeature
    aws:guardduty/organizationConfiguration:OrganizationConfiguration
    aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature
    aws:iam/accountPasswordPolicy:AccountPasswordPolicy
    aws:iam/rolePoliciesExclusive:RolePoliciesExclusive
    aws:iam/rolePolicy:RolePolicy
    aws:iam/rolePolicyAttachment:RolePolicyAttachment
    aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive
    aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig
    aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig
    aws:networkfirewall/loggingConfiguration:LoggingConfiguration
    aws:organizations/awsServiceAccess:AwsServiceAccess
    aws:route53/resolverFirewallConfig:ResolverFirewallConfig
    aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock
    aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration
    aws:s3/bucketLogging:BucketLogging
    aws:s3/bucketNotification:BucketNotification
    aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration
    aws:s3/bucketObjectv2:BucketObjectv2
    aws:s3/bucketOwnershipControls:BucketOwnershipControls
    aws:s3/bucketPolicy:BucketPolicy
    aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
    aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration
    aws:s3/bucketVersioning:BucketVersioning
    aws:securityhub/organizationConfiguration:OrganizationConfiguration
    aws:securityhub/standardsSubscription:StandardsSubscription
    aws:sns/topic:Topic
    aws:sns/topicPolicy:TopicPolicy
    aws:sns/topicSubscription:TopicSubscription
    aws:sqs/queuePolicy:QueuePolicy
    aws:wafv2/webAclAssociation:WebAclAssociation
    aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
    """.split()
)
