"""Logs and metrics. The only module that makes Powertools objects, and the only one that logs."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from tollgate.config import ConfigError

NAMESPACE = "Tollgate"
PACKAGE = Path(__file__).parent

# A level of its own: a variable would be the emulator's, and its functions inherit that environment.
logger = Logger(service="tollgate", level="INFO")


def answered(event: Mapping[str, Any], status: int) -> None:
    """One line for each answer: ids and outcome, never a body, a query or a header."""
    context = event["requestContext"]
    claims = context.get("authorizer") or {}
    logger.info(
        "answered",
        extra={
            "request_id": context["requestId"],
            "route": f"{event['httpMethod']} {event['resource']}",
            "status": status,
            "merchant_id": claims.get("merchant_id"),
            "client_id": claims.get("client_id"),
        },
    )


def failed(failure: BaseException, request_id: str) -> None:
    """An unexpected failure: its type and place. Not its text: a library's text may quote its input.
    A `ConfigError` says what to change, and quotes nothing."""
    frames = traceback.extract_tb(failure.__traceback__)
    logger.error(
        "failed",
        extra={
            "request_id": request_id,
            "failure": type(failure).__name__,
            "reason": str(failure) if isinstance(failure, ConfigError) else None,
            "at": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-6:]],
        },
    )
    _metric("Failures", 1, MetricUnit.Count)


def _place(file: str) -> str:
    """A file of ours from the package on, another by its last two parts: the rest is the machine's own."""
    path = Path(file)
    ours = path.is_relative_to(PACKAGE)
    return path.relative_to(PACKAGE.parent).as_posix() if ours else "/".join(path.parts[-2:])


def projected(records: int) -> None:
    """One line for each batch of the stream."""
    logger.info("projected", extra={"records": records})
    _metric("Projections", records, MetricUnit.Count, outcome="recorded")


def not_projected(failure: BaseException, event_id: str) -> None:
    """A change of the stream that isn't on the audit trail yet, and everything after it in its shard."""
    failed(failure, event_id)
    _metric("Projections", 1, MetricUnit.Count, outcome="failed")


def published(sources: int, held: int) -> None:
    """One line for each batch on its way to the logs of events."""
    logger.info("published", extra={"sources": sources, "held": held})
    _metric("Publications", sources - held, MetricUnit.Count, outcome="entered")


def not_published(failure: BaseException, source_id: str) -> None:
    """Events that aren't in the log yet: they wait for another try."""
    failed(failure, source_id)
    _metric("Publications", 1, MetricUnit.Count, outcome="held")


def deliveries_queued(queued: int, oldest_age: int) -> None:
    """`oldest_age`: milliseconds for which the longest overdue delivery has been due."""
    logger.info("deliveries_queued", extra={"queued": queued, "oldest_age": oldest_age})
    _metric("OldestDelivery", oldest_age / 1000, MetricUnit.Seconds)


def delivered(delivery_id: str, came: str) -> None:
    """One line for each look at a delivery, and a metric by what it came to; one given up has an alarm."""
    logger.info("delivered", extra={"delivery_id": delivery_id, "came": came})
    _metric("Deliveries", 1, MetricUnit.Count, outcome=came)


def not_audited(failure: BaseException, request_id: str) -> None:
    """A record that the audit trail didn't take. Whoever asked for it fails."""
    logger.error("not_audited", extra={"request_id": request_id, "failure": type(failure).__name__})
    _metric("AuditFailures", 1, MetricUnit.Count)


def admitted(client_id: str, request_id: str) -> None:
    """The authorizer let a client in."""
    logger.info("admitted", extra={"request_id": request_id, "client_id": client_id})
    _metric("Authorizations", 1, MetricUnit.Count, outcome="admitted")


def unauthorized(reason: str, request_id: str) -> None:
    """The authorizer let nobody in. `reason` is a constant word; the caller isn't told."""
    logger.warning("unauthorized", extra={"request_id": request_id, "reason": reason})
    _metric("Authorizations", 1, MetricUnit.Count, outcome="denied")


def not_authorized(failure: BaseException, request_id: str) -> None:
    """The authorizer couldn't tell: something of ours failed."""
    failed(failure, request_id)
    _metric("Authorizations", 1, MetricUnit.Count, outcome="failed")


def processor_called(result: str) -> None:
    """A metric for each call of the processor, by what came of it. The request's own line has its ids."""
    _metric("ProcessorCalls", 1, MetricUnit.Count, result=result)


def concluded(operation: str, outcome: str, amount: int, currency: str) -> None:
    """Metrics for each operation on money that got its outcome; of money that moved, minor units as well."""
    _metric("Operations", 1, MetricUnit.Count, operation=operation, outcome=outcome)
    if outcome == "approved":
        _metric("Amount", amount, MetricUnit.Count, operation=operation, currency=currency)


def payment_gone(payment_id: str, operation_id: str) -> None:
    """A payment that was stored isn't there any more: it is put back, and somebody has to find out why."""
    logger.error("payment_gone", extra={"payment_id": payment_id, "operation_id": operation_id})
    _metric("PaymentsGone", 1, MetricUnit.Count)


def followed_up(payment_id: str, request_id: str, came: str, open_for: int | None) -> None:
    """One line for each follow-up, and a metric by what it came to; a late charge has an alarm.

    `open_for`: milliseconds since the operation began, of one that is still without an outcome.
    """
    logger.info("followed_up", extra={"request_id": request_id, "payment_id": payment_id, "came": came})
    _metric("FollowUps", 1, MetricUnit.Count, outcome=came)
    if open_for is not None:
        _metric("OpenOperationAge", open_for / 1000, MetricUnit.Seconds)


def not_followed_up(failure: BaseException, request_id: str) -> None:
    """A follow-up that failed: its message comes again, a bounded number of times."""
    failed(failure, request_id)
    _metric("FollowUps", 1, MetricUnit.Count, outcome="failed")


def swept(found: int, queued: int, oldest_age: int) -> None:
    """`found` payments that were due, of which the queue has taken `queued`. `oldest_age`: milliseconds for
    which the longest overdue one has been due."""
    say = logger.info if queued == found else logger.error
    say("swept", extra={"found": found, "queued": queued, "oldest_age": oldest_age})
    _metric("OldestOpenOperation", oldest_age / 1000, MetricUnit.Seconds)


def difference(request_id: str, found: Mapping[str, Any]) -> None:
    """One line for each difference that reconciliation finds: its kind, ids and amounts."""
    logger.error("difference", extra={"request_id": request_id, **found})


def unread_books(request_id: str, account: Mapping[str, str]) -> None:
    """One line for each processor account whose books can't be read: its names, and the reason."""
    logger.error("unread_books", extra={"request_id": request_id, **account})


def reconciled(by_kind: Mapping[str, int], compared: int, unread: int, request_id: str) -> None:
    """One line for each reconciliation, and metrics that are 0 when all agrees and all books were read."""
    counts = {"compared": compared, "unread": unread, **by_kind}
    logger.info("reconciled", extra={"request_id": request_id, **counts})
    _metric("ReconciliationDifferences", sum(by_kind.values()), MetricUnit.Count)
    _metric("ReconciliationUnreadBooks", unread, MetricUnit.Count)
    for kind, found in by_kind.items():
        _metric("ReconciliationDifferences", found, MetricUnit.Count, kind=kind)


def _metric(name: str, value: float, unit: MetricUnit, **dimensions: str) -> None:
    """In the log, by the embedded metric format; CloudWatch makes the metric of it."""
    metrics = Metrics(namespace=NAMESPACE, service="tollgate")
    metrics.add_metric(name=name, unit=unit, value=value)
    for dimension, named in dimensions.items():
        metrics.add_dimension(name=dimension, value=named)
    metrics.flush_metrics()
