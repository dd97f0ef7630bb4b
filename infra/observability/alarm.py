"""What an alarm is, and how CloudWatch is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import pulumi
import pulumi_aws as aws

from infra.alerts import Alerts
from infra.observability.metrics import Expression, Metric, Series
from infra.settings import Settings

MINUTE = 60
HOUR = 3600
Unit = Literal["count", "percent", "seconds", "milliseconds"]
# What happens in a period without a value, in CloudWatch's words.
Missing = Literal["notBreaching", "breaching", "ignore"]
Comparison = Literal["GreaterThanOrEqualToThreshold", "LessThanThreshold"]


class Severity(StrEnum):
    """How soon somebody has to look: the topic of the same name is told."""

    URGENT = "urgent"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """`threshold` (in `unit`) is breached in `datapoints` of the last `periods` periods of `period` seconds.

    `name`: of the alarm in the stage. `runbook`: the section of the runbook, which may serve several alarms.
    `meaning`: what is the matter, in one sentence.
    """

    name: str
    runbook: str
    meaning: str
    series: Series
    threshold: float
    unit: Unit
    severity: Severity
    period: int = 5 * MINUTE
    periods: int = 1
    datapoints: int = 1
    comparison: Comparison = "GreaterThanOrEqualToThreshold"
    missing: Missing = "notBreaching"


@dataclass(frozen=True, kw_only=True)
class Composite:
    """An alarm that goes off with any of several others, named by their names in the stage."""

    name: str
    runbook: str
    meaning: str
    any_of: Sequence[str]
    severity: Severity


def description(about: Alarm | Composite, settings: Settings) -> str:
    """What whoever is told reads first."""
    return f"{about.meaning} Runbook: {settings.alerts.runbook}#{about.runbook}"


def told(about: Alarm | Composite, alerts: Alerts) -> list[pulumi.Input[str]]:
    """Who hears that the alarm goes off, and that it is over."""
    return [(alerts.urgent if about.severity is Severity.URGENT else alerts.notice).arn]


def raise_alarm(
    alarm: Alarm, settings: Settings, alerts: Alerts, opts: pulumi.ResourceOptions
) -> aws.cloudwatch.MetricAlarm:
    """The alarm as a resource."""
    single = alarm.series if isinstance(alarm.series, Metric) else None
    percentile = single is not None and single.stat.startswith("p")
    return aws.cloudwatch.MetricAlarm(
        alarm.name,
        name=settings.stage.physical(alarm.name),
        alarm_description=description(alarm, settings),
        namespace=single and single.namespace,
        metric_name=single and single.name,
        dimensions=single and single.dimensions,
        statistic=single.stat if single and not percentile else None,
        extended_statistic=single.stat if single and percentile else None,
        period=alarm.period if single else None,
        metric_queries=None if isinstance(alarm.series, Metric) else _queries(alarm.series, alarm.period),
        threshold=alarm.threshold,
        comparison_operator=alarm.comparison,
        evaluation_periods=alarm.periods,
        datapoints_to_alarm=alarm.datapoints,
        treat_missing_data=alarm.missing,
        alarm_actions=told(alarm, alerts),
        ok_actions=told(alarm, alerts),
        opts=opts,
    )


def raise_composite(
    composite: Composite, settings: Settings, alerts: Alerts, opts: pulumi.ResourceOptions
) -> aws.cloudwatch.CompositeAlarm:
    """The alarm as a resource; those that it is made of must be there before."""
    return aws.cloudwatch.CompositeAlarm(
        composite.name,
        alarm_name=settings.stage.physical(composite.name),
        alarm_description=description(composite, settings),
        alarm_rule=" OR ".join(f"ALARM({settings.stage.physical(name)})" for name in composite.any_of),
        alarm_actions=told(composite, alerts),
        ok_actions=told(composite, alerts),
        opts=opts,
    )


def _queries(expression: Expression, period: int) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    query = aws.cloudwatch.MetricAlarmMetricQueryArgs
    return [
        query(id="result", expression=expression.text, return_data=True),
        *(
            query(
                id=name,
                metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                    namespace=metric.namespace,
                    metric_name=metric.name,
                    dimensions=metric.dimensions,
                    stat=metric.stat,
                    period=period,
                ),
                return_data=False,
            )
            for name, metric in expression.metrics.items()
        ),
    ]
