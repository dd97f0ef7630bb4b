"""Queues: operations to be executed later, in order per payment, and events that were given up on."""

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import statements
from infra.durability import Durability
from infra.keys import Keys
from infra.stage import Stage

DAY = 86_400
ATTEMPTS = 5
# Longer than the worker runs, so that a message isn't handed out twice meanwhile, and not much longer: it is
# also how long a payment waits after a worker that died. AWS's advice of six times the function's timeout is
# for throttled functions, which the event source's own limit prevents.
VISIBILITY_SECONDS = 90
QUEUE_OPERATIONS = (
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "PurgeQueue",
    "ReceiveMessage",
    "SendMessage",
)


@dataclass(frozen=True)
class MessagingArgs:
    """Where the queues are and how hard they are to lose."""

    stage: Stage
    durability: Durability
    keys: Keys


class Messaging(pulumi.ComponentResource):
    """`operations` (FIFO, message group = payment id) and `operations_dead`, for messages given up on;
    `deliveries` (FIFO, message group = endpoint) and `deliveries_dead`.

    `failed_events`: what Lambda tells of schedules' and stream events that a function didn't get through.
    """

    def __init__(self, name: str, args: MessagingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:messaging:Messaging", name, None, opts)
        self._args = args
        self.operations, self.operations_dead = self._with_dead_letters("operations", retention=4 * DAY)
        self.deliveries, self.deliveries_dead = self._with_dead_letters("deliveries", retention=DAY)
        self.failed_events = self._failed_events()
        self.register_outputs({})

    def _with_dead_letters(self, name: str, *, retention: int) -> tuple[aws.sqs.Queue, aws.sqs.Queue]:
        """A queue, and the one for its messages that are given up on."""
        stage = self._args.stage
        source = stage.arn("sqs", stage.physical(f"{name}.fifo"))
        dead = self._queue(
            f"{name}-dead",
            retention=14 * DAY,
            redrive_allow_policy=json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [source]}),
        )
        queue = self._queue(
            name,
            retention=retention,
            redrive_policy=pulumi.Output.json_dumps(
                {"deadLetterTargetArn": dead.arn, "maxReceiveCount": ATTEMPTS}
            ),
        )
        return queue, dead

    def _failed_events(self) -> aws.sqs.Queue:
        """Read by people, so without a dead-letter queue of its own; nor may it become another queue's."""
        name, args = "failed-events", self._args
        return self._without_plain_text(
            name,
            aws.sqs.Queue(
                name,
                name=args.stage.physical(name),
                kms_master_key_id=args.keys.data["messages"].arn,
                kms_data_key_reuse_period_seconds=300,
                message_retention_seconds=14 * DAY,
                redrive_allow_policy=json.dumps({"redrivePermission": "denyAll"}),
                opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
            ),
        )

    def _queue(
        self,
        name: str,
        *,
        retention: int,
        redrive_policy: pulumi.Input[str] | None = None,
        redrive_allow_policy: str | None = None,
    ) -> aws.sqs.Queue:
        args = self._args
        queue = aws.sqs.Queue(
            name,
            name=args.stage.physical(f"{name}.fifo"),
            fifo_queue=True,
            content_based_deduplication=False,
            deduplication_scope="messageGroup",
            fifo_throughput_limit="perMessageGroupId",
            kms_master_key_id=args.keys.data["messages"].arn,
            kms_data_key_reuse_period_seconds=300,
            message_retention_seconds=retention,
            visibility_timeout_seconds=VISIBILITY_SECONDS,
            redrive_policy=redrive_policy,
            redrive_allow_policy=redrive_allow_policy,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        return self._without_plain_text(name, queue)

    def _without_plain_text(self, name: str, queue: aws.sqs.Queue) -> aws.sqs.Queue:
        aws.sqs.QueuePolicy(
            name,
            queue_url=queue.url,
            policy=queue.arn.apply(
                lambda arn: statements.document([statements.refuse_plain_text(arn, *QUEUE_OPERATIONS)])
            ),
            opts=pulumi.ResourceOptions(parent=queue),
        )
        return queue
