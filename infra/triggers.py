"""What starts the functions that the API doesn't: the payments stream, the operations queue, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.compute import Function
from infra.functions import Resources


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
        self._schedule("sweeper", "rate(1 minute)", "Queues the operations that are due")
        self._schedule(
            "reconciler",
            args.resources.settings.reconcile_at,
            "Compares payments with the processors' own lists",
        )
        self.register_outputs({})

    def _follow_stream(self) -> None:
        # A change that can't be projected is tried again until it leaves the stream (24 hours): an audit
        # record is late and alarming rather than skipped.
        projector = self._args.functions["projector"]
        aws.lambda_.EventSourceMapping(
            "projector",
            event_source_arn=self._args.resources.data.payments.stream_arn,
            function_name=projector.function.arn,
            starting_position="TRIM_HORIZON",
            batch_size=100,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=-1,
            function_response_types=["ReportBatchItemFailures"],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[projector.policy]),
        )

    def _follow_queue(self) -> None:
        worker, resources = self._args.functions["worker"], self._args.resources
        aws.lambda_.EventSourceMapping(
            "worker",
            event_source_arn=resources.messaging.operations.arn,
            function_name=worker.function.arn,
            # Few: all of a batch that dies with the function stays hidden for the visibility timeout.
            batch_size=5,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(
                maximum_concurrency=resources.settings.worker_concurrency
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[worker.policy]),
        )

    def _schedule(self, function: str, schedule: str, description: str) -> None:
        """Start a function by the clock; only this rule may do so."""
        target = self._args.functions[function].function
        rule = aws.cloudwatch.EventRule(
            function,
            name=self._args.resources.settings.stage.physical(function),
            description=description,
            schedule_expression=schedule,
            state="ENABLED",
            opts=self._child,
        )
        permission = aws.lambda_.Permission(
            function,
            statement_id="schedule",
            action="lambda:InvokeFunction",
            function=target.name,
            principal="events.amazonaws.com",
            source_arn=rule.arn,
            opts=self._child,
        )
        aws.cloudwatch.EventTarget(
            function,
            rule=rule.name,
            target_id=function,
            arn=target.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permission]),
        )
