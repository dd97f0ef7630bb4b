"""The `reconciler` function: once a day, and when an operator asks, our payments against the books."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tollgate import telemetry
from tollgate.domain.day import Day, days_to_look_at
from tollgate.operations.reconcile import Found, Report, reconcile
from tollgate.wiring.reconciler import World, world


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the report. `event` may name a `day` (`YYYY-MM-DD`, UTC); else it is the days whose turn
    it is."""
    return compared(event, context.aws_request_id, world())


def compared(event: Mapping[str, Any], request_id: str, here: World) -> dict[str, Any]:
    """`{"days": [{"day", "compared", "open", "differences", "unread"}]}`. Raises `ValueError` for no day."""
    days = (Day.of(event["day"]),) if "day" in event else days_to_look_at(here.ports.clock.now())
    reports = [_report(reconcile(day, request_id, here.ports)) for day in days]
    differences = [each for report in reports for each in report["differences"]]
    unread = [each for report in reports for each in report["unread"]]
    for each in differences:
        telemetry.difference(request_id, each)
    for each in unread:
        telemetry.unread_books(request_id, each)
    kinds = Counter(each["kind"] for each in differences)
    telemetry.reconciled(kinds, sum(report["compared"] for report in reports), len(unread), request_id)
    return {"days": reports}


def _report(report: Report) -> dict[str, Any]:
    return {
        "day": str(report.day),
        "compared": report.compared,
        "open": report.open,
        "differences": [_difference(found) for found in report.found],
        "unread": [
            {"account": each.account.account, "terminal": each.account.terminal, "reason": each.reason}
            for each in report.unread
        ],
    }


def _difference(found: Found) -> dict[str, Any]:
    difference = found.difference
    return {
        "kind": difference.kind.value,
        "merchant_id": found.merchant_id,
        "payment_id": difference.payment_id,
        "reference": difference.reference,
        "ours": difference.ours and asdict(difference.ours),
        "books": difference.books and asdict(difference.books),
        "resolved": found.resolved,
    }
