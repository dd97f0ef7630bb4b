"""Alarms about events: what isn't in merchants' logs, and what doesn't reach their servers."""

from infra.observability.alarm import MINUTE, Alarm, Severity
from infra.observability.metrics import runtime


def events() -> list[Alarm]:
    """Everything about events."""
    return [
        Alarm(
            name="deliveries-overdue",
            runbook="deliveries-overdue",
            meaning="A delivery to a merchant's server should have been tried ten minutes ago.",
            series=runtime("OldestDelivery", "Maximum"),
            threshold=600,
            unit="seconds",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=3,
            datapoints=3,
        ),
        Alarm(
            name="endpoint-disabled",
            runbook="endpoint-disabled",
            meaning="A merchant's server took nothing for three days, or wants nothing any more.",
            series=runtime("Deliveries", outcome="given_up"),
            threshold=1,
            unit="count",
            severity=Severity.NOTICE,
        ),
        Alarm(
            name="events-held",
            runbook="events-held",
            meaning="A payment's events don't get into the log: they are tried again every minute.",
            series=runtime("Publications", outcome="held"),
            threshold=1,
            unit="count",
            severity=Severity.NOTICE,
            periods=2,
            datapoints=2,
        ),
    ]
