"""Alarms about requests: the API's front, and who is let in."""

from infra.observability.alarm import MINUTE, Alarm, Severity
from infra.observability.metrics import Metric, api, percentage, runtime
from infra.settings import Settings

# API Gateway gives up on a function after 29 seconds, and the caller hears 504.
GIVING_UP = 28_500


def traffic(settings: Settings) -> list[Alarm]:
    """Everything about requests."""
    return [*_answers(settings), *_times(settings), *_authorizations(), _firewall(settings)]


def _answers(settings: Settings) -> list[Alarm]:
    stage, requests = settings.stage, [api(settings.stage, "Count")]
    return [
        Alarm(
            name="api-server-errors",
            runbook="api-server-errors",
            meaning="Too many requests are answered 5xx.",
            series=percentage([api(stage, "5XXError")], requests, at_least=20),
            threshold=settings.alerts.server_error_percent,
            unit="percent",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=5,
            datapoints=3,
        ),
        Alarm(
            name="api-client-errors",
            runbook="api-client-errors",
            meaning="Too many requests are answered 4xx (declines are 402).",
            series=percentage([api(stage, "4XXError")], requests, at_least=100),
            threshold=settings.alerts.client_error_percent,
            unit="percent",
            severity=Severity.NOTICE,
            periods=3,
            datapoints=3,
        ),
        Alarm(
            name="unexpected-failures",
            runbook="unexpected-failures",
            meaning="The functions meet failures that they have no answer for.",
            series=runtime("Failures"),
            threshold=5,
            unit="count",
            severity=Severity.NOTICE,
        ),
    ]


def _times(settings: Settings) -> list[Alarm]:
    return [
        Alarm(
            name="api-slow",
            runbook="api-slow",
            meaning="The slowest hundredth of requests takes too long.",
            series=api(settings.stage, "Latency", "p99"),
            threshold=settings.alerts.latency_p99_milliseconds,
            unit="milliseconds",
            severity=Severity.NOTICE,
            periods=3,
            datapoints=3,
        ),
        Alarm(
            name="api-timeouts",
            runbook="api-timeouts",
            meaning="The gateway gives up on functions: callers hear 504, operations have no outcome yet.",
            series=api(settings.stage, "IntegrationLatency", "Maximum"),
            threshold=GIVING_UP,
            unit="milliseconds",
            severity=Severity.NOTICE,
            periods=3,
            datapoints=2,
        ),
    ]


def _authorizations() -> list[Alarm]:
    outcomes = [runtime("Authorizations", outcome=outcome) for outcome in ("admitted", "denied")]
    return [
        Alarm(
            name="authorizer-failing",
            runbook="authorizer-failing",
            meaning="The authorizer fails, so nobody gets in.",
            series=runtime("Authorizations", outcome="failed"),
            threshold=3,
            unit="count",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=3,
            datapoints=2,
        ),
        Alarm(
            name="authorizer-denials",
            runbook="authorizer-denials",
            meaning="Most access tokens are refused: an application is broken, or somebody tries doors.",
            series=percentage(outcomes[1:], outcomes, at_least=100),
            threshold=50,
            unit="percent",
            severity=Severity.NOTICE,
            periods=2,
            datapoints=2,
        ),
    ]


def _firewall(settings: Settings) -> Alarm:
    dimensions = {"WebACL": "firewall", "Region": settings.stage.region, "Rule": "ALL"}
    return Alarm(
        name="firewall-blocks",
        runbook="firewall-blocks",
        meaning="The firewall turns many requests away: an attack, or a rule that hits payments.",
        series=Metric("AWS/WAFV2", "BlockedRequests", "Sum", dimensions),
        threshold=settings.alerts.blocked_requests,
        unit="count",
        severity=Severity.NOTICE,
    )
