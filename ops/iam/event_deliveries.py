"""Deliveries of events: what a rule hands over, and what functions fetch or couldn't work off."""

from ops.iam.delivery import LOGS, WRITING, Delivery

EVENTS = "events.amazonaws.com"
CALLER = {"kms:CallerAccount": "{account}"}
THROUGH_SQS = {**CALLER, "kms:ViaService": "sqs.{region}.amazonaws.com"}
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
EVENT_DELIVERIES = (
    Delivery(
        TARGET,
        "arn",
        EVENTS,
        [("lambda:InvokeFunction", "{to}")],
        "EventBridge User Guide, Resource-based policies: AWS Lambda permissions",
        {"aws:SourceArn": "arn:aws:events:{region}:{account}:rule/{rule}"},
        which=":lambda:",
    ),
    Delivery(
        TARGET,
        "arn",
        EVENTS,
        [("sns:Publish", "{to}")],
        # The guide: no condition is supported there.
        "EventBridge User Guide, Resource-based policies: Amazon SNS permissions",
        {"kms:EncryptionContext:aws:sns:topicArn": "{to}"},
        WRITING,
        which=":sns:",
    ),
    *(
        Delivery(
            TARGET,
            "arn",
            writer,
            [("logs:CreateLogStream", "{to}:*"), ("logs:PutLogEvents", "{to}:log-stream:x")],
            "EventBridge User Guide, Resource-based policies: CloudWatch Logs permissions",
            which=":logs:",
        )
        for writer in (EVENTS, LOGS)
    ),
    Delivery(
        TARGET,
        "arn",
        "=roleArn",
        [("events:PutEvents", "{to}")],
        "EventBridge User Guide, Sending and receiving events between AWS Regions",
        which=":event-bus/",
    ),
    Delivery(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        "destinationConfig.onFailure.destination",
        "@functionName",
        [("sqs:SendMessage", "{to}")],
        "Lambda Developer Guide, Capturing records of asynchronous invocations",
        THROUGH_SQS,
        WRITING,
    ),
    Delivery(
        MAPPING,
        "destinationConfig.onFailure.destinationArn",
        "@functionName",
        [("sqs:SendMessage", "{to}")],
        "Lambda Developer Guide, Retain discarded batch records for a DynamoDB event source",
        THROUGH_SQS,
        WRITING,
    ),
    Delivery(
        MAPPING,
        "eventSourceArn",
        "@functionName",
        [
            ("dynamodb:DescribeStream", "{to}"),
            ("dynamodb:GetRecords", "{to}"),
            ("dynamodb:GetShardIterator", "{to}"),
            ("dynamodb:ListStreams", "{to}"),
        ],
        "Lambda Developer Guide, Using AWS Lambda with Amazon DynamoDB: execution role permissions",
        {**CALLER, "kms:ViaService": "dynamodb.{region}.amazonaws.com"},
        ("kms:Decrypt",),
        which=":dynamodb:",
    ),
    Delivery(
        MAPPING,
        "eventSourceArn",
        "@functionName",
        [
            ("sqs:DeleteMessage", "{to}"),
            ("sqs:GetQueueAttributes", "{to}"),
            ("sqs:ReceiveMessage", "{to}"),
        ],
        "Lambda Developer Guide, Using Lambda with Amazon SQS: execution role permissions",
        THROUGH_SQS,
        ("kms:Decrypt",),
        which=":sqs:",
    ),
)
