"""What lets one AWS service deliver to another: the pair, and the grants that its guide names."""

from ops.iam.delivery import ACCOUNT, LOGS, WRITING, Delivery
from ops.iam.event_deliveries import EVENT_DELIVERIES

OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}
TO_BUCKET = [("s3:GetBucketAcl", "{to}"), ("s3:PutObject", "{to}/AWSLogs/{account}/x")]
ALERTING = Delivery(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "alarmActions.0",
    "cloudwatch.amazonaws.com",
    [("sns:Publish", "{to}")],
    "SNS Developer Guide, Key management: event sources with encrypted topics",
    {**ACCOUNT, "aws:SourceArn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"},
    WRITING,
)
DELIVERIES = (
    ALERTING,
    Delivery(
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "alarmActions.0",
        "cloudwatch.amazonaws.com",
        ALERTING.asks,
        ALERTING.guide,
        {**ACCOUNT, "aws:SourceArn": "arn:aws:cloudwatch:{region}:{account}:alarm:{alarmName}"},
        WRITING,
    ),
    Delivery(
        "aws:budgets/budget:Budget",
        "notifications.0.subscriberSnsTopicArns.0",
        "budgets.amazonaws.com",
        [("sns:Publish", "{to}")],
        "Cost Management User Guide, Creating an Amazon SNS topic for budget notifications",
        {**ACCOUNT, "aws:SourceArn": "arn:aws:budgets::{account}:*"},
        WRITING,
    ),
    Delivery(
        "aws:s3/bucketLogging:BucketLogging",
        "targetBucket",
        "logging.s3.amazonaws.com",
        [("s3:PutObject", "arn:aws:s3:::{to}/x")],
        "S3 User Guide, Enabling Amazon S3 server access logging",
        {**ACCOUNT, "aws:SourceArn": "arn:aws:s3:::{bucket}"},
    ),
    Delivery(
        "aws:cloudtrail/trail:Trail",
        "s3BucketName",
        "cloudtrail.amazonaws.com",
        [
            ("s3:GetBucketAcl", "arn:aws:s3:::{to}"),
            ("s3:PutObject", "arn:aws:s3:::{to}/AWSLogs/{account}/x"),
        ],
        "CloudTrail User Guide, Amazon S3 bucket policy; key policies for a bucket with an S3 Bucket Key",
        {**OWNED, "aws:SourceArn": "arn:aws:cloudtrail:{region}:{account}:trail/{name}"},
        ("kms:DescribeKey", *WRITING),
    ),
    Delivery(
        "aws:cloudtrail/trail:Trail",
        "cloudWatchLogsGroupArn",
        "=cloudWatchLogsRoleArn",
        [("logs:CreateLogStream", "{to}"), ("logs:PutLogEvents", "{to}")],
        "CloudTrail User Guide, Role policy document for CloudTrail to use CloudWatch Logs",
    ),
    Delivery(
        "aws:cfg/deliveryChannel:DeliveryChannel",
        "s3BucketName",
        "config.amazonaws.com",
        [
            ("s3:GetBucketAcl", "arn:aws:s3:::{to}"),
            ("s3:ListBucket", "arn:aws:s3:::{to}"),
            ("s3:PutObject", "arn:aws:s3:::{to}/AWSLogs/{account}/Config/x"),
        ],
        "Config Developer Guide, Permissions for the Amazon S3 bucket and for the KMS key",
        {**OWNED, **ACCOUNT},
        WRITING,
    ),
    Delivery(
        "aws:ec2/flowLog:FlowLog",
        "logDestination",
        "=iamRoleArn",
        [("logs:CreateLogStream", "{to}:*"), ("logs:PutLogEvents", "{to}:*")],
        "VPC User Guide, IAM role for publishing flow logs to CloudWatch Logs",
    ),
    Delivery(
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        "destinationArn",
        "=roleArn",
        [("firehose:PutRecord", "{to}"), ("firehose:PutRecordBatch", "{to}")],
        "CloudWatch Logs User Guide, Subscription filters with Amazon Data Firehose",
    ),
    Delivery(
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "extendedS3Configuration.bucketArn",
        "=extendedS3Configuration.roleArn",
        [
            ("s3:GetBucketLocation", "{to}"),
            ("s3:ListBucket", "{to}"),
            ("s3:ListBucketMultipartUploads", "{to}"),
            ("s3:PutObject", "{to}/logs/x"),
            ("s3:AbortMultipartUpload", "{to}/logs/x"),
            ("s3:PutObject", "{to}/failed/x"),
        ],
        "Data Firehose Developer Guide, Grant Firehose access to an Amazon S3 destination",
    ),
    Delivery(
        "aws:cloudwatch/logGroup:LogGroup",
        "kmsKeyId",
        "logs.{region}.amazonaws.com",
        [],
        "CloudWatch Logs User Guide, Encrypt log data using AWS KMS",
        {"kms:EncryptionContext:aws:logs:arn": "{arn}"},
        # The guide's `Describe*` stands under a condition that no such call fulfils.
        ("kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", *WRITING),
    ),
    Delivery(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        "logDestinationConfigs.0",
        LOGS,
        [("logs:CreateLogStream", "{to}:log-stream:x"), ("logs:PutLogEvents", "{to}:log-stream:x")],
        "WAF Developer Guide, Permissions to publish logs to CloudWatch Logs",
        {**ACCOUNT, "aws:SourceArn": "arn:aws:logs:{region}:{account}:*"},
        which=":log-group:",
    ),
    Delivery(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        "logDestinationConfigs.0",
        LOGS,
        TO_BUCKET,
        "WAF Developer Guide, Permissions to publish logs to Amazon S3",
        {**ACCOUNT, **OWNED, "aws:SourceArn": "arn:aws:logs:{region}:{account}:*"},
        WRITING,
        which=":s3:",
    ),
    Delivery(
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        "deliveryDestinationConfiguration.destinationResourceArn",
        LOGS,
        TO_BUCKET,
        "CloudWatch Logs User Guide, Logs sent to Amazon S3 (V2 permissions)",
        {**ACCOUNT, **OWNED, "aws:SourceArn": "arn:aws:logs:{region}:{account}:delivery-source:{name}"},
        WRITING,
    ),
    Delivery(
        "aws:scheduler/schedule:Schedule",
        "target.deadLetterConfig.arn",
        "=target.roleArn",
        [("sqs:SendMessage", "{to}")],
        "EventBridge Scheduler User Guide, Configuring a dead-letter queue",
    ),
    Delivery(
        "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        "loggingConfiguration.logDestinationConfigs.0.logDestination.logGroup",
        LOGS,
        [
            (action, "arn:aws:logs:{region}:{account}:log-group:{to}:log-stream:x")
            for action in ("logs:CreateLogStream", "logs:PutLogEvents")
        ],
        "Network Firewall Developer Guide, Firewall logging destinations: CloudWatch Logs",
        {**ACCOUNT, "aws:SourceArn": "arn:aws:logs:{region}:{account}:*"},
    ),
    Delivery(
        "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
        "destinationArn",
        LOGS,
        [(action, "{to}:log-stream:x") for action in ("logs:CreateLogStream", "logs:PutLogEvents")],
        "Route 53 Developer Guide, Resolver query logging: AWS resources that you can send query logs to",
        {**ACCOUNT, "aws:SourceArn": "arn:aws:logs:{region}:{account}:*"},
    ),
    *EVENT_DELIVERIES,
)
