"""The `reconciler` function: by the clock, and when an operator asks, our payments against the books.

By the clock it compares a quarter of an hour of each day whose turn it is, so that a day of a million
payments is a hundred short runs. An operator's day is compared hour by hour, as far as one call's time goes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tollgate import telemetry
from tollgate.domain.day import Day, Period, periods_to_look_at
from tollgate.domain.evidence import Trace
from tollgate.domain.operation import Statement
from tollgate.domain.outcome import Unknown
from tollgate.domain.resolution import NotResolvable
from tollgate.operations.find_open import LeftOpen, find_open
from tollgate.operations.reconcile import Found, Report, Unread, reconcile
from tollgate.operations.resolve_operation import resolve_operation
from tollgate.wiring.reconciler import World, world

LONG = 10**9
ENOUGH = 450_000
"""Milliseconds of the function's 900 s: half of them are left for an hour of a day."""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the report. `event` may name a `day` (`YYYY-MM-DD`, UTC), to be compared `from` its
    beginning or later (milliseconds); else it is what has its turn at its `time`. Does it name a `payment`,
    the answer is what the books say of that alone; or, with `said`, what became of a statement on its open
    operation."""
    if "said" in event:
        return resolved(event, context.aws_request_id, world())
    if "payment" in event:
        return looked_up(event["payment"], world())
    return compared(event, context.aws_request_id, world(), context.get_remaining_time_in_millis)


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


def compared(
    event: Mapping[str, Any], request_id: str, here: World, time_left: Callable[[], int] = lambda: LONG
) -> dict[str, Any]:
    """`{"days": [{"day", "compared", "open", "differences", "unread"}], "open": {"differences", "unread"},
    "next": …}`: of the days, and, once a day has its end, of what has been open for more than one, whichever
    day it is of. `next`: where to go on `from`, in milliseconds, if `time_left` (milliseconds) wasn't enough.
    Raises `ValueError` for no day."""
    whole = "day" in event
    periods = _asked(event) if whole else periods_to_look_at(_time(event, here))
    reports: list[Report] = []
    for period in periods:
        if whole and reports and time_left() < ENOUGH:
            break
        reports.append(reconcile(period, request_id, here.ports))
    rest = periods[len(reports) :]
    left = (
        LeftOpen((), ())
        if rest or not (whole or _begins_a_day(periods))
        else find_open(request_id, here.ports)
    )
    days = [_merged(day, reports) for day in dict.fromkeys(str(each.period.day) for each in reports)]
    open_ = {"differences": _once(map(_difference, left.found)), "unread": _once(map(_unread, left.unread))}
    _tell(days, open_, request_id)
    return {"days": days, "open": open_, "next": rest[0].since if rest else None}


def _asked(event: Mapping[str, Any]) -> Sequence[Period]:
    hours = Day.of(event["day"]).hours()
    return [hour for hour in hours if hour.since >= event.get("from", 0)]


def _time(event: Mapping[str, Any], here: World) -> int:
    """When the clock has started this, however late it was tried again: each quarter has its turn."""
    if "time" not in event:
        return here.ports.clock.now()
    return int(datetime.fromisoformat(event["time"]).timestamp() * 1000)


def _begins_a_day(periods: Sequence[Period]) -> bool:
    return periods[0].since == periods[0].day.since


def _tell(days: Sequence[Mapping[str, Any]], open_: Mapping[str, Any], request_id: str) -> None:
    differences = [each for report in (*days, open_) for each in report["differences"]]
    unread = [each for report in (*days, open_) for each in report["unread"]]
    for each in differences:
        telemetry.difference(request_id, each)
    for each in unread:
        telemetry.unread_books(request_id, each)
    kinds = Counter(each["kind"] for each in differences)
    telemetry.reconciled(kinds, sum(report["compared"] for report in days), len(unread), request_id)


def _merged(day: str, reports: Sequence[Report]) -> dict[str, Any]:
    """One report of the day's periods. What stands across two of them is found in both."""
    of_day = [report for report in reports if str(report.period.day) == day]
    return {
        "day": day,
        "compared": sum(report.compared for report in of_day),
        "open": sum(report.open for report in of_day),
        "differences": _once(_difference(found) for report in of_day for found in report.found),
        "unread": _once(_unread(books) for report in of_day for books in report.unread),
    }


def _once(each: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in each:
        if one not in found:
            found.append(one)
    return found


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
