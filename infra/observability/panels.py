"""What the dashboard shows: sections of panels. Thresholds are those of the alarms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infra.access import FUNCTIONS, SERVED
from infra.observability.alarm import HOUR, MINUTE, Alarm
from infra.observability.alarms.money import AUTHORIZATIONS, NOT_ANSWERED, OUTCOMES
from infra.observability.metrics import Metric, Series, api, function, queue, runtime, table, total
from infra.observability.watched import QUEUES, TABLES
from infra.settings import Settings

# AWS publishes what a bill will be there, for all regions, once billing alerts are switched on.
BILLING_REGION = "us-east-1"


@dataclass(frozen=True)
class Search:
    """Every series of a metric, whatever its dimensions' values are."""

    metric: str
    dimensions: Sequence[str]
    stat: str


@dataclass(frozen=True)
class Panel:
    """`series` by their labels. `period` in seconds. `threshold`: at which an alarm goes off."""

    title: str
    series: Mapping[str, Series | Search]
    period: int = 5 * MINUTE
    region: str | None = None
    threshold: float | None = None


def sections(settings: Settings, alarms: Sequence[Alarm]) -> Mapping[str, Sequence[Panel]]:
    """The dashboard from top to bottom."""
    return {
        "Money": _money(),
        "Traffic": _traffic(settings),
        "Safety": _safety(settings, {alarm.name: alarm for alarm in alarms}),
        "Cost": _cost(settings),
    }


def _money() -> list[Panel]:
    amount = Search("Amount", ("service", "operation", "currency"), "Sum")
    return [
        Panel("Amounts by operation and currency (minor units)", {"": amount}, HOUR),
        Panel(
            "Authorizations by outcome",
            {outcome: total([_operations(kind, outcome) for kind in AUTHORIZATIONS]) for outcome in OUTCOMES},
        ),
        Panel("Refunds by outcome", {outcome: _operations("refund", outcome) for outcome in OUTCOMES}),
        Panel("Captures and voids", {kind: _operations(kind, "approved") for kind in ("capture", "void")}),
    ]


def _operations(kind: str, outcome: str) -> Metric:
    return runtime("Operations", operation=kind, outcome=outcome)


def _traffic(settings: Settings) -> list[Panel]:
    stage = settings.stage
    return [
        Panel("Requests", {name: api(stage, name) for name in ("Count", "4XXError", "5XXError")}, MINUTE),
        Panel("Latency", {stat: api(stage, "Latency", stat) for stat in ("p50", "p90", "p99")}, MINUTE),
        Panel(
            "Calls of the processor",
            {result: runtime("ProcessorCalls", result=result) for result in ("answered", *NOT_ANSWERED)},
            MINUTE,
        ),
        Panel(
            "Access tokens",
            {
                outcome: runtime("Authorizations", outcome=outcome)
                for outcome in ("admitted", "denied", "failed")
            },
            MINUTE,
        ),
        Panel(
            "Executions at once",
            {name: function(stage, name, "ConcurrentExecutions", "Maximum") for name in SERVED},
            MINUTE,
        ),
    ]


def _safety(settings: Settings, alarms: Mapping[str, Alarm]) -> list[Panel]:
    """Each of these should be flat; the line is where the alarm goes off."""
    flat = (
        "operations-overdue",
        "operation-open-long",
        "operation-in-doubt",
        "late-charge",
        "reconciliation-differences",
        "audit-failures",
        "projector-failing",
        "audit-trail-behind",
        "unexpected-failures",
    )
    return [
        *(
            Panel(
                name.replace("-", " ").capitalize() + f" ({alarms[name].unit})",
                {"": alarms[name].series},
                alarms[name].period,
                threshold=alarms[name].threshold,
            )
            for name in flat
        ),
        Panel(
            "Messages waiting",
            {name: queue(settings.stage, name, "ApproximateNumberOfMessagesVisible") for name in QUEUES},
        ),
    ]


def _cost(settings: Settings) -> list[Panel]:
    stage = settings.stage
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"})
    consumed = {
        metric: {name: table(stage, name, metric) for name in TABLES}
        for metric in ("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits")
    }
    return [
        Panel(
            "Estimated charges this month (USD)",
            {"": charges},
            6 * HOUR,
            BILLING_REGION,
            threshold=settings.alerts.budget_usd,
        ),
        *(Panel(metric, series, HOUR) for metric, series in consumed.items()),
        Panel(
            "Time of functions (milliseconds)",
            {name: function(stage, name, "Duration") for name in FUNCTIONS},
            HOUR,
        ),
    ]
