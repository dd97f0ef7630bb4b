"""Alarms about money: operations without an outcome, the processor, reconciliation, the audit trail."""

from infra.observability.alarm import HOUR, MINUTE, Alarm, Severity
from infra.observability.metrics import percentage, runtime
from infra.settings import Settings

AUTHORIZATIONS = ("sale", "authorize")
OUTCOMES = ("approved", "declined", "failed")
NOT_ANSWERED = ("refused", "not_attempted", "unknown", "circuit_open")


def money(settings: Settings) -> list[Alarm]:
    """Everything about money."""
    return [
        *_open_operations(settings),
        *_processor(settings),
        *_reconciliation(),
        *_audit_trail(),
    ]


def _open_operations(settings: Settings) -> list[Alarm]:
    return [
        Alarm(
            name="operations-overdue",
            runbook="operations-overdue",
            meaning="An operation without an outcome should have been followed up ten minutes ago.",
            series=runtime("OldestOpenOperation", "Maximum"),
            threshold=600,
            unit="seconds",
            severity=Severity.URGENT,
            period=MINUTE,
            periods=3,
            datapoints=3,
        ),
        Alarm(
            name="sweeper-silent",
            runbook="sweeper-silent",
            meaning="Nobody looks for operations that are due: no sweep has ended for five minutes.",
            series=runtime("OldestOpenOperation", "SampleCount"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
            period=MINUTE,
            periods=5,
            datapoints=5,
            comparison="LessThanThreshold",
            missing="breaching",
        ),
        Alarm(
            name="operation-open-long",
            runbook="operation-open-long",
            meaning="What came of an operation on money is still not known, longer than follow-ups take.",
            series=runtime("OpenOperationAge", "Maximum"),
            threshold=settings.alerts.open_operation_minutes * 60,
            unit="seconds",
            severity=Severity.URGENT,
            period=HOUR,
        ),
        Alarm(
            name="follow-ups-failing",
            runbook="follow-ups-failing",
            meaning="The worker fails at follow-ups.",
            series=runtime("FollowUps", outcome="failed"),
            threshold=3,
            unit="count",
            severity=Severity.NOTICE,
            period=15 * MINUTE,
        ),
        Alarm(
            name="operation-in-doubt",
            runbook="operation-in-doubt",
            meaning="What the processor shows of an operation contradicts itself: people have to decide.",
            series=runtime("FollowUps", outcome="in_doubt"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
        ),
        Alarm(
            name="payment-gone",
            runbook="payment-gone",
            meaning="A payment that was stored wasn't there any more, and has been put back.",
            series=runtime("PaymentsGone"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
        ),
        Alarm(
            name="late-charge",
            runbook="late-charge",
            meaning="A charge showed up after we had given it up, and is being reversed.",
            series=runtime("FollowUps", outcome="late_charge"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
        ),
    ]


def _processor(settings: Settings) -> list[Alarm]:
    failed = [runtime("ProcessorCalls", result=result) for result in NOT_ANSWERED]
    declined = [runtime("Operations", operation=kind, outcome="declined") for kind in AUTHORIZATIONS]
    authorizations = [
        runtime("Operations", operation=kind, outcome=outcome)
        for kind in AUTHORIZATIONS
        for outcome in OUTCOMES
    ]
    return [
        Alarm(
            name="processor-failing",
            runbook="processor-failing",
            meaning="Too many calls of the processor come to nothing.",
            series=percentage(failed, [runtime("ProcessorCalls", result="answered"), *failed], at_least=10),
            threshold=settings.alerts.processor_failure_percent,
            unit="percent",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=5,
            datapoints=3,
        ),
        Alarm(
            name="processor-circuit-open",
            runbook="processor-failing",
            meaning="The processor isn't called for now, since calls failed in a row.",
            series=runtime("ProcessorCalls", result="circuit_open"),
            threshold=1,
            unit="count",
            severity=Severity.NOTICE,
            period=MINUTE,
            periods=5,
            datapoints=3,
        ),
        Alarm(
            name="outcomes-unknown",
            runbook="outcomes-unknown",
            meaning="The processor leaves many calls without an answer: they may have moved money.",
            series=runtime("ProcessorCalls", result="unknown"),
            threshold=10,
            unit="count",
            severity=Severity.NOTICE,
        ),
        Alarm(
            name="declines-high",
            runbook="declines-high",
            meaning="Issuers decline more authorizations than usual.",
            series=percentage(declined, authorizations, at_least=30),
            threshold=settings.alerts.decline_percent,
            unit="percent",
            severity=Severity.NOTICE,
            period=15 * MINUTE,
            periods=2,
            datapoints=2,
        ),
    ]


def _reconciliation() -> list[Alarm]:
    return [
        Alarm(
            name="reconciliation-differences",
            runbook="reconciliation-differences",
            meaning="Our payments and the processor's books differ.",
            series=runtime("ReconciliationDifferences"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
            period=HOUR,
        ),
        Alarm(
            name="reconciliation-unread",
            runbook="reconciliation-unread",
            meaning="A processor account's books couldn't be read, so nothing was compared.",
            series=runtime("ReconciliationUnreadBooks"),
            threshold=1,
            unit="count",
            severity=Severity.NOTICE,
            period=HOUR,
        ),
        Alarm(
            name="reconciler-silent",
            runbook="reconciler-silent",
            meaning="No reconciliation has ended for two hours.",
            series=runtime("ReconciliationUnreadBooks", "SampleCount"),
            threshold=1,
            unit="count",
            severity=Severity.NOTICE,
            period=HOUR,
            periods=2,
            datapoints=2,
            comparison="LessThanThreshold",
            missing="breaching",
        ),
    ]


def _audit_trail() -> list[Alarm]:
    return [
        Alarm(
            name="audit-failures",
            runbook="audit-failures",
            meaning="The audit trail doesn't take records: reads of payments and tokens are refused.",
            series=runtime("AuditFailures"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
        ),
        Alarm(
            name="projector-failing",
            runbook="projector-failing",
            meaning="Changes of payments don't get onto the audit trail; all later ones wait behind them.",
            series=runtime("Projections", outcome="failed"),
            threshold=1,
            unit="count",
            severity=Severity.URGENT,
            periods=2,
            datapoints=2,
        ),
    ]
