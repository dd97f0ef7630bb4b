"""AWS's metrics that alarms and the dashboard may name, by the services' documentation: each with its unit
and the sets of dimensions that it is published with. Pages under docs.aws.amazon.com:

- API Gateway: apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
- Billing: AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
- DynamoDB: amazondynamodb/latest/developerguide/metrics-dimensions.html
- CloudWatch Logs: AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
- EventBridge: eventbridge/latest/userguide/eb-monitoring.html
- Firehose: firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
- Lambda: lambda/latest/dg/monitoring-metrics-types.html
- SNS: sns/latest/dg/sns-monitoring-using-cloudwatch.html
- SQS: AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
- WAF: waf/latest/developerguide/waf-metrics.html
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Documented:
    unit: str
    dimensions: tuple[frozenset[str], ...]


def _documented(unit: str, *dimensions: str) -> Documented:
    return Documented(unit, tuple(frozenset(each.split()) for each in dimensions))


_STAGE = "ApiName Stage"
_TABLE = "TableName"
_INDEX = "TableName GlobalSecondaryIndexName"
_OPERATION = "TableName Operation"
_FUNCTION = "FunctionName"
_WHOLE_ACCOUNT = ""

AWS_METRICS: Mapping[tuple[str, str], Documented] = {
    ("AWS/ApiGateway", "4XXError"): _documented("count", _STAGE),
    ("AWS/ApiGateway", "5XXError"): _documented("count", _STAGE),
    ("AWS/ApiGateway", "Count"): _documented("count", _STAGE),
    ("AWS/ApiGateway", "IntegrationLatency"): _documented("milliseconds", _STAGE),
    ("AWS/ApiGateway", "Latency"): _documented("milliseconds", _STAGE),
    ("AWS/Billing", "EstimatedCharges"): _documented("dollars", "Currency"),
    ("AWS/DynamoDB", "ConsumedReadCapacityUnits"): _documented("count", _TABLE, _INDEX),
    ("AWS/DynamoDB", "ConsumedWriteCapacityUnits"): _documented("count", _TABLE, _INDEX),
    ("AWS/DynamoDB", "ReadThrottleEvents"): _documented("count", _TABLE, _INDEX),
    ("AWS/DynamoDB", "SystemErrors"): _documented("count", _OPERATION),
    ("AWS/DynamoDB", "UserErrors"): _documented("count", _WHOLE_ACCOUNT),
    ("AWS/DynamoDB", "WriteThrottleEvents"): _documented("count", _TABLE, _INDEX),
    ("AWS/Events", "FailedInvocations"): _documented("count", "RuleName"),
    ("AWS/Events", "Invocations"): _documented("count", "RuleName", _WHOLE_ACCOUNT),
    ("AWS/Firehose", "DeliveryToS3.DataFreshness"): _documented("seconds", "DeliveryStreamName"),
    ("AWS/Firehose", "IncomingRecords"): _documented("count", "DeliveryStreamName"),
    ("AWS/Lambda", "ConcurrentExecutions"): _documented("count", _FUNCTION, _WHOLE_ACCOUNT),
    ("AWS/Lambda", "Duration"): _documented("milliseconds", _FUNCTION),
    ("AWS/Lambda", "Errors"): _documented("count", _FUNCTION),
    ("AWS/Lambda", "IteratorAge"): _documented("milliseconds", _FUNCTION),
    ("AWS/Lambda", "Throttles"): _documented("count", _FUNCTION),
    ("AWS/Logs", "IncomingLogEvents"): _documented("count", "LogGroupName", _WHOLE_ACCOUNT),
    ("AWS/SNS", "NumberOfNotificationsFailed"): _documented("count", "TopicName"),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): _documented("seconds", "QueueName"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): _documented("count", "QueueName"),
    ("AWS/WAFV2", "BlockedRequests"): _documented("count", "WebACL Region Rule"),
}
