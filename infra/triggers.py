"""What starts the functions that the API doesn't: the payments stream, the operations queue, the clock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.compute import Function
from infra.functions import Resources

# DynamoDB drops a change from the stream after 24 hours, in silence. Lambda gives it up an hour before, and
# says so: the message names the place in the stream.
STREAM_PATIENCE = 23 * 3600
# Entries of the outbox as they are put, and nothing that the publisher itself writes.
OUTBOX_ENTRIES = json.dumps(
    {"eventName": ["INSERT"], "dynamodb": {"Keys": {"id": {"S": [{"prefix": "out_"}]}}}}, sort_keys=True
)


@dataclass(frozen=True)
class Schedule:
    """`patience_seconds` and `retries`: when a start that failed or found the function busy is given up."""

    function: str
    expression: str
    description: str
    patience_seconds: int
    retries: int


@dataclass(frozen=True)
class TriggersArgs:
    """`functions`: all, by name."""

    functions: Mapping[str, Function]
    resources: Resources


class Triggers(pulumi.ComponentResource):
    """The projector and the publisher follow streams, the worker the queue, and the others the clock."""

    def __init__(self, name: str, args: TriggersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:triggers:Triggers", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        payments, events = args.resources.data.payments, args.resources.data.events
        # A change that can't be projected is tried again until it is about to leave the stream: an audit
        # record is late and alarming rather than skipped. The publisher holds back what it can't make out.
        self._follow_stream("projector", "projector", payments.stream_arn)
        self._follow_stream("publisher", "publisher", payments.stream_arn)
        self._follow_stream("publisher-outbox", "publisher", events.stream_arn, only=OUTBOX_ENTRIES)
        queues = args.resources.messaging
        # One: what a batch gives back unopened has been received all the same, and a few slow looks would put
        # healthy payments into the dead-letter queue.
        self._follow_queue("worker", queues.operations, 1, args.resources.settings.worker_concurrency)
        self._follow_queue("deliverer", queues.deliveries, 5, args.resources.settings.webhooks.concurrency)
        # A sweep that fails is made good by the next one.
        self._schedule(Schedule("sweeper", "rate(1 minute)", "Queues the operations that are due", 60, 0))
        self._schedule(Schedule("deliverer", "rate(1 minute)", "Queues the deliveries that are due", 60, 0))
        self._schedule(Schedule("publisher", "rate(1 minute)", "Tries again what was held back", 60, 0))
        compares = "Compares a quarter of an hour's payments with the processors' own lists"
        self._schedule(Schedule("reconciler", "cron(0/15 * * * ? *)", compares, 3600, 2))
        self.register_outputs({})

    def _follow_stream(
        self, name: str, function: str, stream_arn: pulumi.Output[str], only: str | None = None
    ) -> None:
        """`only`: a pattern of the records that the function is given."""
        follower, resources = self._args.functions[function], self._args.resources
        failure = aws.lambda_.EventSourceMappingDestinationConfigOnFailureArgs(
            destination_arn=resources.messaging.failed_events.arn
        )
        filters = [aws.lambda_.EventSourceMappingFilterCriteriaFilterArgs(pattern=only)] if only else []
        aws.lambda_.EventSourceMapping(
            name,
            event_source_arn=stream_arn,
            function_name=follower.alias.arn,
            starting_position="TRIM_HORIZON",
            batch_size=100,
            parallelization_factor=resources.settings.capacity.projector_parallelization,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=-1,
            maximum_record_age_in_seconds=STREAM_PATIENCE,
            filter_criteria=aws.lambda_.EventSourceMappingFilterCriteriaArgs(filters=filters)
            if filters
            else None,
            destination_config=aws.lambda_.EventSourceMappingDestinationConfigArgs(on_failure=failure),
            function_response_types=["ReportBatchItemFailures"],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[follower.policy]),
        )

    def _follow_queue(self, function: str, queue: aws.sqs.Queue, batch_size: int, concurrency: int) -> None:
        follower = self._args.functions[function]
        aws.lambda_.EventSourceMapping(
            function,
            event_source_arn=queue.arn,
            function_name=follower.alias.arn,
            batch_size=batch_size,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(maximum_concurrency=concurrency),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[follower.policy]),
        )

    def _schedule(self, schedule: Schedule) -> None:
        """Start a function by the clock; only this rule may do so."""
        name = schedule.function
        target = self._args.functions[name]
        rule = aws.cloudwatch.EventRule(
            name,
            name=self._args.resources.settings.stage.physical(name),
            description=schedule.description,
            schedule_expression=schedule.expression,
            state="ENABLED",
            opts=self._child,
        )
        permission = aws.lambda_.Permission(
            name,
            statement_id="schedule",
            action="lambda:InvokeFunction",
            function=target.function.name,
            qualifier=target.alias.name,
            principal="events.amazonaws.com",
            source_arn=rule.arn,
            opts=self._child,
        )
        given_up = self._give_up(schedule, target)
        aws.cloudwatch.EventTarget(
            name,
            rule=rule.name,
            target_id=name,
            arn=target.alias.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permission, given_up]),
        )

    def _give_up(self, schedule: Schedule, target: Function) -> aws.lambda_.FunctionEventInvokeConfig:
        """Keep what is known of a start that came to nothing; Lambda would drop it."""
        failure = aws.lambda_.FunctionEventInvokeConfigDestinationConfigOnFailureArgs(
            destination=self._args.resources.messaging.failed_events.arn
        )
        return aws.lambda_.FunctionEventInvokeConfig(
            schedule.function,
            function_name=target.function.name,
            qualifier=target.alias.name,
            maximum_event_age_in_seconds=schedule.patience_seconds,
            maximum_retry_attempts=schedule.retries,
            destination_config=aws.lambda_.FunctionEventInvokeConfigDestinationConfigArgs(on_failure=failure),
            # Lambda checks at once that the role may send there.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[target.policy]),
        )
