"""Messages and events: what can't be worked off is kept, and somebody hears of it."""

import json

from .aws import EVENT_SOURCE, EVENT_TARGET, FUNCTION, QUEUE, SCHEDULE
from .declaring import HIGH, MEDIUM, Resource, Violations, number, policy
from .documents import refuses_plain_text
from .stack import Member, Stack, value_at

SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide"
LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg"
INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
# Where a queue is named that takes what others couldn't work off.
DEAD_LETTERS = {
    EVENT_TARGET: "deadLetterConfig.arn",
    SCHEDULE: "target.deadLetterConfig.arn",
    EVENT_SOURCE: "destinationConfig.onFailure.destinationArn",
    INVOKE_CONFIG: "destinationConfig.onFailure.destination",
    FUNCTION: "deadLetterConfig.targetArn",
    "aws:sns/topicSubscription:TopicSubscription": "redrivePolicy",
}


def _redriven(queue: Resource) -> str:
    """The ARN of the queue's dead-letter queue, empty if it has none."""
    policy_text = queue.props.get("redrivePolicy")
    return json.loads(policy_text).get("deadLetterTargetArn", "") if policy_text else ""


def takes_dead_letters(queue: Member, stack: Stack) -> bool:
    """Whether the queue takes what others couldn't work off."""
    return any(
        _redriven(other) == queue.props.get("arn") for other in stack.of_type(QUEUE) if _redriven(other)
    ) or any(stack.naming(kind, path, queue) for kind, path in DEAD_LETTERS.items())


@policy(
    on=QUEUE,
    severity=HIGH,
    pci=[],
    remedy="Set `redrive_policy` with a dead-letter queue and a number of attempts.",
    url=f"{SQS}/sqs-dead-letter-queues.html",
)
def queue_has_dead_letter_queue(queue: Member, stack: Stack) -> Violations:
    """Every queue has a dead-letter queue, but those that are one.

    A message that can't be worked off is otherwise tried again until it is thrown away.
    """
    if not _redriven(queue) and not takes_dead_letters(queue, stack):
        yield "what can't be worked off is lost"


@policy(
    on=QUEUE,
    severity=MEDIUM,
    pci=[],
    remedy="Set `message_retention_seconds` to 14 days.",
    url=f"{SQS}/sqs-dead-letter-queues.html",
    settings={"days": number(14, "How long a dead-letter queue keeps its messages.")},
)
def dead_letter_queue_keeps_long(queue: Member, stack: Stack, days: float) -> Violations:
    """A dead-letter queue keeps its messages until somebody has time for them.

    A message's age counts from when it was first sent, also after it has moved.
    """
    seconds = queue.props.get("messageRetentionSeconds") or 345600
    if takes_dead_letters(queue, stack) and seconds < days * 86400:
        yield f"its messages are gone after {seconds / 86400:.0f} days"


@policy(
    on=EVENT_SOURCE,
    severity=HIGH,
    pci=[],
    remedy="Set `function_response_types` to ReportBatchItemFailures.",
    url=f"{LAMBDA}/services-sqs-errorhandling.html",
)
def event_source_reports_failed_items(mapping: Resource) -> Violations:
    """One message that fails doesn't bring back the others of its batch: they have been paid."""
    if "ReportBatchItemFailures" not in list(mapping.props.get("functionResponseTypes") or ()):
        yield "a whole batch is tried again"


@policy(
    on=EVENT_SOURCE,
    severity=HIGH,
    pci=["10.2.1"],
    remedy="Set `destination_config.on_failure` to a queue.",
    url=f"{LAMBDA}/services-dynamodb-eventsourcemapping.html",
)
def stream_consumer_keeps_failures(mapping: Resource) -> Violations:
    """What a function can't take from a stream goes to a queue before the stream forgets it."""
    source = mapping.props.get("eventSourceArn") or ""
    if ":sqs:" not in source and not value_at(mapping.props, "destinationConfig.onFailure.destinationArn"):
        yield "records that fail are lost with the stream"


@policy(
    on=EVENT_TARGET,
    severity=MEDIUM,
    pci=[],
    remedy="Add a FunctionEventInvokeConfig with a destination for failures.",
    url=f"{LAMBDA}/invocation-async-retain-records.html",
)
def function_event_keeps_failures(target: Member, stack: Stack) -> Violations:
    """An event that a function couldn't work off is kept."""
    for function in stack.named(target, "arn", FUNCTION):
        configs = stack.naming(INVOKE_CONFIG, "functionName", function)
        kept = any(value_at(each.props, "destinationConfig.onFailure.destination") for each in configs)
        if not kept and not value_at(function.props, "deadLetterConfig.targetArn"):
            yield f"events that {function.name} can't work off are lost"


@policy(
    on=SCHEDULE,
    severity=MEDIUM,
    pci=[],
    remedy="Set `dead_letter_config` on the schedule's target.",
    url="https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html",
)
def schedule_keeps_failures(schedule: Resource) -> Violations:
    """A schedule that can't reach its target leaves a message."""
    if not value_at(schedule.props, "target.deadLetterConfig.arn"):
        yield "nobody hears of a run that couldn't start"


@policy(
    on=QUEUE,
    severity=HIGH,
    pci=["4.2.1", "2.2.7"],
    remedy="Add a QueuePolicy that denies everything when `aws:SecureTransport` is false.",
    url=f"{SQS}/sqs-security-best-practices.html",
)
def queue_requires_tls(queue: Member, stack: Stack) -> Violations:
    """Every queue refuses plain text."""
    documents = [queue.props.get("policy")]
    documents += [each.props.get("policy") for each in stack.naming(QUEUE_POLICY, "queueUrl", queue)]
    if not any(refuses_plain_text(document) for document in documents):
        yield "nothing denies access without TLS"


@policy(
    on="aws:sns/topic:Topic",
    severity=HIGH,
    pci=["4.2.1", "2.2.7"],
    remedy="Add a TopicPolicy that denies `sns:Publish` when `aws:SecureTransport` is false.",
    url="https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
)
def topic_requires_tls(topic: Member, stack: Stack) -> Violations:
    """Every topic refuses plain text."""
    documents = [topic.props.get("policy")]
    documents += [each.props.get("policy") for each in stack.naming(TOPIC_POLICY, "arn", topic)]
    if not any(refuses_plain_text(document) for document in documents):
        yield "nothing denies access without TLS"
