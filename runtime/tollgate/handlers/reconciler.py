"""The `reconciler` function: once a day, and when an operator asks, our payments against the books."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tollgate import telemetry
from tollgate.domain.day import Day, days_to_look_at
from tollgate.domain.evidence import Trace
from tollgate.domain.operation import Statement
from tollgate.domain.outcome import Unknown
from tollgate.domain.resolution import NotResolvable
from tollgate.operations.find_open import find_open
from tollgate.operations.reconcile import Found, Report, Unread, reconcile
from tollgate.operations.resolve_operation import resolve_operation
from tollgate.wiring.reconciler import World, world


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the report. `event` may name a `day` (`YYYY-MM-DD`, UTC); else it is the days whose turn
    it is. Does it name a `payment`, the answer is what the books say of that alone; or, with `said`, what
    became of a statement on its open operation."""
    if "said" in event:
        return resolved(event, context.aws_request_id, world())
    if "payment" in event:
        return looked_up(event["payment"], world())
    return compared(event, context.aws_request_id, world())


def looked_up(payment_id: str, here: World) -> dict[str, Any]:
    """`{"books": […], "unread": null}`, or null and why. Raises `LookupError` for no payment of ours."""
    payment = here.ports.all_payments.load(payment_id)
    if payment is None:
        raise LookupError("there is no such payment")
    found = here.ports.processor.find(payment.processor, payment.id)
    if isinstance(found, Unknown):
        return {"books": None, "unread": found.reason}
    return {"books": [_trace(each) for each in found], "unread": None}


def resolved(event: Mapping[str, Any], request_id: str, here: World) -> dict[str, Any]:
    """`{"refused": null}`, or why. `said`: `{"took_effect", "reference", "evidence", "by", "approves"}`.

    The name is the caller's word; whose credentials called this function, CloudTrail knows.
    """
    said = Statement(**event["said"], at=0, request_id=request_id)
    try:
        resolve_operation(event["payment"], said, here.ports)
    except NotResolvable as refusal:
        return {"refused": str(refusal)}
    return {"refused": None}


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "reference": trace.reference,
        "order_id": trace.order_id,
        "status": trace.status.value,
        "authorized": trace.authorized,
        "captured": trace.captured,
        "refunded": trace.refunded,
        "currency": trace.currency,
        "at": trace.at,
    }


def compared(event: Mapping[str, Any], request_id: str, here: World) -> dict[str, Any]:
    """`{"days": [{"day", "compared", "open", "differences", "unread"}], "open": {"differences", "unread"}}`:
    of the days, and of what has been open for more than one, whichever day it is of. Raises `ValueError` for
    no day."""
    days = (Day.of(event["day"]),) if "day" in event else days_to_look_at(here.ports.clock.now())
    reports = [_report(reconcile(day, request_id, here.ports)) for day in days]
    left = find_open(request_id, here.ports)
    open_ = {"differences": list(map(_difference, left.found)), "unread": list(map(_unread, left.unread))}
    differences = [each for report in (*reports, open_) for each in report["differences"]]
    unread = [each for report in (*reports, open_) for each in report["unread"]]
    for each in differences:
        telemetry.difference(request_id, each)
    for each in unread:
        telemetry.unread_books(request_id, each)
    kinds = Counter(each["kind"] for each in differences)
    telemetry.reconciled(kinds, sum(report["compared"] for report in reports), len(unread), request_id)
    return {"days": reports, "open": open_}


def _report(report: Report) -> dict[str, Any]:
    return {
        "day": str(report.day),
        "compared": report.compared,
        "open": report.open,
        "differences": [_difference(found) for found in report.found],
        "unread": list(map(_unread, report.unread)),
    }


def _unread(books: Unread) -> dict[str, str]:
    return {"account": books.account.account, "terminal": books.account.terminal, "reason": books.reason}


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
