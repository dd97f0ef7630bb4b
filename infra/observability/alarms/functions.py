"""Alarms about functions: what the code can't tell of itself."""

from infra.access import FUNCTIONS, SERVED
from infra.functions import TIMEOUT_SECONDS
from infra.observability.alarm import MINUTE, Alarm, Severity
from infra.observability.metrics import all_functions, function
from infra.settings import Settings

# An execution that dies here may have left an operation without an outcome.
MOVING_MONEY = ("payments", "refunds", "checkout", "worker")
# It ends in an error whenever it lets nobody in, since that is how the gateway is told; its own metric says
# which of them are failures.
TELLS_ITSELF = ("authorizer",)
NEAR_TIMEOUT = 0.8


def functions(settings: Settings) -> list[Alarm]:
    """Everything about functions."""
    return [
        *(_errors(settings, name) for name in FUNCTIONS if name not in TELLS_ITSELF),
        *(_slow(settings, name) for name in FUNCTIONS),
        *(_throttled(settings, name) for name in FUNCTIONS),
        *_concurrency(settings),
        _stream_behind(settings),
        _stream_at_risk(settings),
        _events_behind(settings),
    ]


def _errors(settings: Settings, name: str) -> Alarm:
    return Alarm(
        name=f"{name}-errors",
        runbook="function-errors",
        meaning=f"The function {name} crashes, or runs out of time.",
        series=function(settings.stage, name, "Errors"),
        threshold=1,
        unit="count",
        severity=Severity.URGENT if name in MOVING_MONEY else Severity.NOTICE,
    )


def _slow(settings: Settings, name: str) -> Alarm:
    seconds = TIMEOUT_SECONDS[name]
    return Alarm(
        name=f"{name}-slow",
        runbook="function-slow",
        meaning=f"The function {name} comes near its timeout of {seconds} seconds.",
        series=function(settings.stage, name, "Duration", "p99"),
        threshold=1000 * seconds * NEAR_TIMEOUT,
        unit="milliseconds",
        severity=Severity.NOTICE,
        periods=3,
        datapoints=2,
    )


def _throttled(settings: Settings, name: str) -> Alarm:
    return Alarm(
        name=f"{name}-throttled",
        runbook="function-throttled",
        meaning=f"Lambda refuses to start the function {name}: its concurrency is used up.",
        series=function(settings.stage, name, "Throttles"),
        threshold=1,
        unit="count",
        severity=Severity.URGENT if name in SERVED else Severity.NOTICE,
        periods=3,
        datapoints=2,
    )


def _concurrency(settings: Settings) -> list[Alarm]:
    """Of the account, and of functions that callers wait for and that have a share of their own."""
    share, concurrency = settings.alerts.concurrency_percent / 100, settings.capacity.concurrency
    reserved = {name: concurrency.reserved[name] for name in SERVED if name in concurrency.reserved}
    watched = {
        "account": (all_functions("ConcurrentExecutions", "Maximum"), concurrency.account),
        **{
            name: (function(settings.stage, name, "ConcurrentExecutions", "Maximum"), limit)
            for name, limit in reserved.items()
        },
    }
    return [
        Alarm(
            name=f"{name}-concurrency",
            runbook="concurrency",
            meaning=f"As many executions run at once as {limit} would just allow, soon ({name}).",
            series=series,
            threshold=round(limit * share),
            unit="count",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=5,
            datapoints=3,
        )
        for name, (series, limit) in watched.items()
    ]


def _stream_behind(settings: Settings) -> Alarm:
    return Alarm(
        name="audit-trail-behind",
        runbook="audit-trail-behind",
        meaning="Changes of payments get onto the audit trail more than five minutes late.",
        series=function(settings.stage, "projector", "IteratorAge", "Maximum"),
        threshold=300_000,
        unit="milliseconds",
        severity=Severity.NOTICE,
        period=MINUTE,
        periods=5,
        datapoints=5,
    )


def _stream_at_risk(settings: Settings) -> Alarm:
    return Alarm(
        name="audit-trail-at-risk",
        runbook="audit-trail-behind",
        meaning="Changes of payments aren't on the audit trail after six hours; the stream forgets after 24.",
        series=function(settings.stage, "projector", "IteratorAge", "Maximum"),
        threshold=6 * 3_600_000,
        unit="milliseconds",
        severity=Severity.URGENT,
        periods=3,
        datapoints=3,
    )


def _events_behind(settings: Settings) -> Alarm:
    return Alarm(
        name="events-behind",
        runbook="events-behind",
        meaning="What happens gets into merchants' logs of events more than five minutes late.",
        series=function(settings.stage, "publisher", "IteratorAge", "Maximum"),
        threshold=300_000,
        unit="milliseconds",
        severity=Severity.NOTICE,
        period=MINUTE,
        periods=5,
        datapoints=5,
    )
