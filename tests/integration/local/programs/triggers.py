"""A table with a sparse numeric index, and functions that a queue and a schedule start."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws
from account import options, role

aws.dynamodb.Table(
    "copies",
    name="copies",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[aws.dynamodb.TableAttributeArgs(name="id", type="S")],
    opts=options,
)
aws.dynamodb.Table(
    "tasks",
    name="tasks",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[
        aws.dynamodb.TableAttributeArgs(name="id", type="S"),
        aws.dynamodb.TableAttributeArgs(name="due_shard", type="S"),
        aws.dynamodb.TableAttributeArgs(name="due", type="N"),
    ],
    global_secondary_indexes=[
        aws.dynamodb.TableGlobalSecondaryIndexArgs(
            name="due",
            key_schemas=[
                aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(
                    attribute_name="due_shard", key_type="HASH"
                ),
                aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name="due", key_type="RANGE"),
            ],
            projection_type="KEYS_ONLY",
        )
    ],
    opts=options,
)


package = aws.s3.BucketObjectv2(
    "package",
    bucket=aws.s3.Bucket("artifacts", bucket="artifacts", opts=options).bucket,
    key="functions.zip",
    source=pulumi.FileAsset(pulumi.Config().require("package")),
    opts=options,
)


def function(name: str) -> aws.lambda_.Alias:
    """The function, by the alias of its published version."""
    made = aws.lambda_.Function(
        name,
        name=name,
        role=role.arn,
        runtime="python3.13",
        handler=f"functions.{name}",
        timeout=5,
        s3_bucket=package.bucket,
        s3_key=package.key,
        publish=True,
        opts=options,
    )
    return aws.lambda_.Alias(
        name, name="live", function_name=made.name, function_version=made.version, opts=options
    )


receiver, scheduled = function("receiver"), function("scheduled")
queue = aws.sqs.Queue(
    "operations", name="operations.fifo", fifo_queue=True, visibility_timeout_seconds=5, opts=options
)
# The API under test speaks plain HTTP.
tls_only = {
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": "sqs:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
aws.sqs.QueuePolicy(
    "operations",
    queue_url=queue.url,
    policy=json.dumps({"Version": "2012-10-17", "Statement": [tls_only]}),
    opts=options,
)
aws.lambda_.EventSourceMapping(
    "receiver",
    event_source_arn=queue.arn,
    function_name=receiver.arn,
    batch_size=5,
    function_response_types=["ReportBatchItemFailures"],
    scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(maximum_concurrency=2),
    opts=options,
)
# The emulator looks every ten seconds. It takes a rate that AWS doesn't know, which spares a test a minute.
rule = aws.cloudwatch.EventRule(
    "often",
    name="often",
    description="Whenever the emulator looks",
    schedule_expression="rate(0 minutes)",
    state="ENABLED",
    opts=options,
)
aws.lambda_.Permission(
    "often",
    statement_id="schedule",
    action="lambda:InvokeFunction",
    function=scheduled.function_name,
    qualifier=scheduled.name,
    principal="events.amazonaws.com",
    source_arn=rule.arn,
    opts=options,
)
aws.cloudwatch.EventTarget("often", rule=rule.name, target_id="often", arn=scheduled.arn, opts=options)
