"""Alarms: for what breaks, to somebody, with what to do."""

import re

from .aws import ALARM, FUNCTION, PERMISSION, QUEUE, TOPIC
from .declaring import HIGH, MEDIUM, Resource, Violations, policy, text
from .delivery import takes_dead_letters
from .stack import Member, Stack, value_at, values_at

CLOUDWATCH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def _watching(stack: Stack, dimension: str, resource: Member) -> list[Member]:
    """The alarms on a metric of the resource."""
    return [
        alarm
        for path in ("dimensions", "metricQueries.metric.dimensions")
        for alarm in stack.of_type(ALARM)
        if resource.props["name"] in list(values_at(alarm.props, f"{path}.{dimension}"))
    ]


@policy(
    on=(ALARM, COMPOSITE),
    severity=HIGH,
    pci=["10.7.2", "12.10.5"],
    remedy="Set `alarm_actions` to a topic.",
    url=f"{CLOUDWATCH}/AlarmThatSendsEmail.html",
)
def alarm_has_action(alarm: Resource) -> Violations:
    """Every alarm tells somebody."""
    if not alarm.props.get("alarmActions") or alarm.props.get("actionsEnabled") is False:
        yield "nobody hears of the alarm"


@policy(
    on=(ALARM, COMPOSITE),
    severity=MEDIUM,
    pci=["12.10.1", "10.7.3"],
    remedy="End `alarm_description` with `Runbook:` and where it is.",
    url=f"{CLOUDWATCH}/AlarmThatSendsEmail.html",
    settings={
        "pattern": text(r"Runbook: \S+", "A regular expression for what a description must have in it.")
    },
)
def alarm_names_runbook(alarm: Resource, pattern: str) -> Violations:
    """Every alarm says where it stands what to do."""
    if not re.search(pattern, alarm.props.get("alarmDescription") or ""):
        yield "its description names no runbook"


@policy(
    on=QUEUE,
    severity=HIGH,
    pci=["10.7.2"],
    remedy="Add an alarm on ApproximateAgeOfOldestMessage; for a dead-letter queue on "
    "ApproximateNumberOfMessagesVisible.",
    url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-available-cloudwatch-metrics.html",
)
def queue_has_alarm(queue: Member, stack: Stack) -> Violations:
    """Every queue has an alarm: when messages wait too long, or when one couldn't be worked off."""
    metric = (
        "ApproximateNumberOfMessagesVisible"
        if takes_dead_letters(queue, stack)
        else "ApproximateAgeOfOldestMessage"
    )
    alarms = _watching(stack, "QueueName", queue)
    if not any(metric in _metrics(alarm) for alarm in alarms):
        yield f"no alarm is on its {metric}"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["10.7.2"],
    remedy="Add an alarm on the function's Errors.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html",
    settings={"metric": text("Errors", "The metric that must have an alarm.")},
)
def function_has_alarm(function: Member, stack: Stack, metric: str) -> Violations:
    """Every function has an alarm on its errors.

    An authorizer refuses by failing, so that its errors tell nothing: any other alarm on it will do.
    """
    watched = {each for alarm in _watching(stack, "FunctionName", function) for each in _metrics(alarm)}
    if metric not in watched and not (watched and _is_authorizer(function, stack)):
        yield f"no alarm is on its {metric}"


def _is_authorizer(function: Member, stack: Stack) -> bool:
    permissions = stack.naming(PERMISSION, "function", function)
    return any("/authorizers/" in (each.props.get("sourceArn") or "") for each in permissions)


def _metrics(alarm: Member) -> set[str]:
    return {
        *filter(None, [value_at(alarm.props, "metricName")]),
        *values_at(alarm.props, "metricQueries.metric.metricName"),
    }


@policy(
    on=TOPIC,
    severity=HIGH,
    pci=["12.10.5"],
    remedy="Add a TopicSubscription.",
    url="https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html",
)
def topic_has_subscriber(topic: Member, stack: Stack) -> Violations:
    """Somebody listens to every topic."""
    if not stack.naming(SUBSCRIPTION, "topic", topic):
        yield "nobody listens to the topic"
