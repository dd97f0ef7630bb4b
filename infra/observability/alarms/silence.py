"""Alarms about what would stop without a word: telling people, keeping logs, recording, backups, exports."""

from collections.abc import Sequence

from infra.alerts import NOTICE, URGENT
from infra.detection import findings_of, trail_log_group_name
from infra.observability.alarm import HOUR, MINUTE, Alarm, Severity
from infra.observability.heartbeats import Heartbeat, heartbeats, rule_name
from infra.observability.metrics import Metric, total
from infra.settings import Settings
from infra.stage import Stage

# CloudWatch takes ten metrics in one alarm, the sum of the others included.
METRICS = 9
# Firehose gives up on a record after a day. What it buffers is five minutes old at the most.
STALE_SECONDS = 900


def silence(settings: Settings) -> list[Alarm]:
    """Everything that tells of a silence."""
    stage = settings.stage
    return [
        *_untold(settings),
        *(_undelivered(stage, topic) for topic in (URGENT, NOTICE)),
        *_logs(stage),
        *([_unrecorded(stage)] if settings.detection.trail == "standalone" else []),
        *(_overdue(stage, heartbeat) for heartbeat in heartbeats(settings)),
        _uncounted(settings),
    ]


def _failed(stage: Stage, rule: str) -> Metric:
    return Metric("AWS/Events", "FailedInvocations", "Sum", {"RuleName": stage.physical(rule)})


def _untold(settings: Settings) -> list[Alarm]:
    """Of all rules of findings in the stage's Region. Those of us-east-1 have a heartbeat instead."""
    stage, security_hub = settings.stage, settings.detection.security_hub != "off"
    rules = [
        f"finding-{finding.name}" for finding in findings_of(stage, readers=(), security_hub=security_hub)
    ]
    groups: Sequence[Sequence[str]] = [
        rules[start : start + METRICS] for start in range(0, len(rules), METRICS)
    ]
    return [
        Alarm(
            name=f"findings-untold-{number}",
            runbook="findings-untold",
            meaning="Something was found, and EventBridge couldn't hand it to the topic of alerts.",
            series=total([_failed(stage, rule) for rule in group]),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
        )
        for number, group in enumerate(groups, 1)
    ]


def _undelivered(stage: Stage, topic: str) -> Alarm:
    """Who hears of it is told by the other topic."""
    return Alarm(
        name=f"{topic}-alerts-undelivered",
        runbook="alerts-undelivered",
        meaning=f"SNS couldn't deliver an alert of the topic {topic} to a subscriber.",
        series=Metric("AWS/SNS", "NumberOfNotificationsFailed", "Sum", {"TopicName": stage.physical(topic)}),
        threshold=1,
        unit="count",
        severity=Severity.NOTICE if topic == URGENT else Severity.URGENT,
    )


def _logs(stage: Stage) -> list[Alarm]:
    dimensions = {"DeliveryStreamName": stage.physical("logs")}
    return [
        Alarm(
            name="log-delivery-late",
            runbook="log-delivery",
            meaning="Logs wait to get into the archive; after a day they are lost.",
            series=Metric("AWS/Firehose", "DeliveryToS3.DataFreshness", "Maximum", dimensions),
            threshold=STALE_SECONDS,
            unit="seconds",
            severity=Severity.URGENT,
            periods=3,
            datapoints=3,
        ),
        # The sweeper alone logs every minute.
        Alarm(
            name="log-delivery-silent",
            runbook="log-delivery",
            meaning="For an hour no log has been handed over to the archive.",
            series=Metric("AWS/Firehose", "IncomingRecords", "Sum", dimensions),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
            period=15 * MINUTE,
            periods=4,
            datapoints=4,
            comparison="LessThanThreshold",
            missing="breaching",
        ),
    ]


def _unrecorded(stage: Stage) -> Alarm:
    """Every minute's assumption of a role by the sweeper is in it."""
    group = {"LogGroupName": trail_log_group_name(stage)}
    return Alarm(
        name="trail-silent",
        runbook="trail-silent",
        meaning="For an hour CloudTrail has written nothing into its log group.",
        series=Metric("AWS/Logs", "IncomingLogEvents", "Sum", group),
        threshold=1,
        unit="count",
        severity=Severity.URGENT,
        period=15 * MINUTE,
        periods=4,
        datapoints=4,
        comparison="LessThanThreshold",
        missing="breaching",
    )


def _overdue(stage: Stage, heartbeat: Heartbeat) -> Alarm:
    return Alarm(
        name=f"{heartbeat.name}-overdue",
        runbook=heartbeat.runbook,
        meaning=f"Not for {heartbeat.hours} hours: {heartbeat.beats[0].lower()}{heartbeat.beats[1:]}.",
        series=Metric("AWS/Events", "Invocations", "Sum", {"RuleName": rule_name(stage, heartbeat.name)}),
        threshold=1,
        unit="count",
        severity=heartbeat.severity,
        period=HOUR,
        periods=heartbeat.hours,
        datapoints=heartbeat.hours,
        comparison="LessThanThreshold",
        missing="breaching",
    )


def _uncounted(settings: Settings) -> Alarm:
    """The beat counts nevertheless; what is missing is the line about it."""
    rules = [f"heartbeat-{heartbeat.name}" for heartbeat in heartbeats(settings)]
    return Alarm(
        name="heartbeats-unwritten",
        runbook="heartbeats-unwritten",
        meaning="EventBridge can't write a heartbeat into its log group.",
        series=total([_failed(settings.stage, rule) for rule in rules]),
        threshold=1,
        unit="count",
        severity=Severity.NOTICE,
        period=HOUR,
    )
