"""What starts the functions that the API doesn't: the payments stream, the operations queue, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.compute import Function
from infra.functions import Resources

# DynamoDB drops a change from the stream after 24 hours, in silence. Lambda gives it up an hour before, and
# says so: the message names the place in the stream.
STREAM_PATIENCE = 23 * 3600


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
    """The projector follows the stream, the worker the queue, the sweeper and the reconciler the clock."""

    def __init__(self, name: str, args: TriggersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:triggers:Triggers", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self._follow_stream()
        self._follow_queue()
        # A sweep that fails is made good by the next one.
        self._schedule(Schedule("sweeper", "rate(1 minute)", "Queues the operations that are due", 60, 0))
        compares = "Compares a quarter of an hour's payments with the processors' own lists"
        self._schedule(Schedule("reconciler", "cron(0/15 * * * ? *)", compares, 3600, 2))
        self.register_outputs({})

    def _follow_stream(self) -> None:
        # A change that can't be projected is tried again until it is about to leave the stream: an audit
        # record is late and alarming rather than skipped.
        projector, resources = self._args.functions["projector"], self._args.resources
        failure = aws.lambda_.EventSourceMappingDestinationConfigOnFailureArgs(
            destination_arn=resources.messaging.failed_events.arn
        )
        aws.lambda_.EventSourceMapping(
            "projector",
            event_source_arn=resources.data.payments.stream_arn,
            function_name=projector.alias.arn,
            starting_position="TRIM_HORIZON",
            batch_size=100,
            parallelization_factor=resources.settings.capacity.projector_parallelization,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=-1,
            maximum_record_age_in_seconds=STREAM_PATIENCE,
            destination_config=aws.lambda_.EventSourceMappingDestinationConfigArgs(on_failure=failure),
            function_response_types=["ReportBatchItemFailures"],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[projector.policy]),
        )

    def _follow_queue(self) -> None:
        worker, resources = self._args.functions["worker"], self._args.resources
        aws.lambda_.EventSourceMapping(
            "worker",
            event_source_arn=resources.messaging.operations.arn,
            function_name=worker.alias.arn,
            # One: what a batch gives back unopened has been received all the same, and a few slow looks would
            # put healthy payments into the dead-letter queue.
            batch_size=1,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(
                maximum_concurrency=resources.settings.worker_concurrency
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[worker.policy]),
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
