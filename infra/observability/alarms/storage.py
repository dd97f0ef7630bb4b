"""Alarms about tables, queues and schedules."""

from infra.observability.alarm import Alarm, Severity
from infra.observability.metrics import Metric, queue, table, total
from infra.observability.watched import QUEUES, SCHEDULES, TABLE_OPERATIONS, TABLES
from infra.settings import Settings
from infra.stage import Stage

THROTTLES = ("ReadThrottleEvents", "WriteThrottleEvents")


def storage(settings: Settings) -> list[Alarm]:
    """Everything about what holds data or messages."""
    stage = settings.stage
    return [
        *(_throttled(stage, name) for name in TABLES),
        *(_failing(stage, name) for name in TABLES),
        _refused(),
        *(_given_up(stage, name) for name, kind in QUEUES.items() if kind == "given_up"),
        *(alarm for name, kind in QUEUES.items() if kind == "worked" for alarm in _waiting(stage, name)),
        *(_not_started(stage, name) for name in SCHEDULES),
    ]


def _throttled(stage: Stage, name: str) -> Alarm:
    """An index that is too busy holds up the writes of its table."""
    of_the_table = [table(stage, name, metric) for metric in THROTTLES]
    of_indexes = [
        table(stage, name, metric, GlobalSecondaryIndexName=index)
        for index in TABLES[name]
        for metric in THROTTLES
    ]
    return Alarm(
        name=f"{name}-table-throttled",
        runbook="table-throttled",
        meaning=f"DynamoDB turns requests to the table {name}, or to an index of it, away: too many.",
        series=total([*of_the_table, *of_indexes]),
        threshold=1,
        unit="count",
        severity=Severity.URGENT if name == "payments" else Severity.NOTICE,
        periods=3,
        datapoints=2,
    )


def _failing(stage: Stage, name: str) -> Alarm:
    errors = [table(stage, name, "SystemErrors", Operation=operation) for operation in TABLE_OPERATIONS]
    return Alarm(
        name=f"{name}-table-failing",
        runbook="table-failing",
        meaning=f"DynamoDB itself fails at the table {name}.",
        series=total(errors),
        threshold=5,
        unit="count",
        severity=Severity.NOTICE,
        periods=3,
        datapoints=2,
    )


def _refused() -> Alarm:
    """DynamoDB counts these for the account only. A condition that doesn't hold isn't one of them."""
    return Alarm(
        name="table-requests-refused",
        runbook="table-requests-refused",
        meaning="DynamoDB refuses requests as wrong: a fault in a release, or in somebody's script.",
        series=Metric("AWS/DynamoDB", "UserErrors", "Sum"),
        threshold=10,
        unit="count",
        severity=Severity.NOTICE,
    )


def _given_up(stage: Stage, name: str) -> Alarm:
    noun = name.removesuffix(".fifo")
    return Alarm(
        name=f"{noun}-queue",
        runbook=f"{noun}-queue",
        meaning=f"Something was given up on and waits for people in the queue {name}.",
        series=queue(stage, name, "ApproximateNumberOfMessagesVisible"),
        threshold=1,
        unit="count",
        severity=Severity.URGENT,
    )


def _waiting(stage: Stage, name: str) -> list[Alarm]:
    noun = name.removesuffix(".fifo")
    return [
        Alarm(
            name=f"{noun}-queue-old",
            runbook="queue-behind",
            meaning=f"A message has waited in the queue {name} for ten minutes.",
            series=queue(stage, name, "ApproximateAgeOfOldestMessage"),
            threshold=600,
            unit="seconds",
            severity=Severity.URGENT,
            periods=2,
            datapoints=2,
        ),
        Alarm(
            name=f"{noun}-queue-long",
            runbook="queue-behind",
            meaning=f"The queue {name} grows faster than it is worked off.",
            series=queue(stage, name, "ApproximateNumberOfMessagesVisible"),
            threshold=1_000,
            unit="count",
            severity=Severity.NOTICE,
            periods=3,
            datapoints=3,
        ),
    ]


def _not_started(stage: Stage, name: str) -> Alarm:
    return Alarm(
        name=f"{name}-not-started",
        runbook="schedule-failing",
        meaning=f"The schedule of the function {name} can't start it.",
        series=Metric("AWS/Events", "FailedInvocations", "Sum", {"RuleName": stage.physical(name)}),
        threshold=1,
        unit="count",
        severity=Severity.NOTICE,
    )
