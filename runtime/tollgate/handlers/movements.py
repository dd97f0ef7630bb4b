"""`/v1/movements`: a day's money, line by line and in total."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from tollgate.domain.audit import Action, Resource, timestamp
from tollgate.domain.day import Day
from tollgate.domain.errors import invalid
from tollgate.domain.event import Movement, Total
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.objects import list_object
from tollgate.handlers.query import Query
from tollgate.operations.list_movements import list_movements
from tollgate.wiring.events import World

CSV = "text/csv"
MOST_LINES = 20_000
"""What an answer of Lambda's has room for."""

MOST_ON_RECORD = 100
"""Ids that the trail keeps of an answer: more than that is the day itself."""

COLUMNS = (
    "at",
    "kind",
    "payment_id",
    "id",
    "reference",
    "amount",
    "currency",
    "processor_reference",
    "settled",
)
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection)."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def list_(request: Request, world: World) -> Reply:
    query = Query(request, {"date", "currency", "limit", "cursor"})
    merchant_id, day, currency = request.principal.merchant_id, _day(query), _currency(query)
    if _wants_csv(request):
        page = list_movements(merchant_id, day, currency, None, MOST_LINES, world.movements)
        if page.next_key:
            raise invalid("date", f"It has more than {MOST_LINES} movements: read it as JSON, page by page.")
        shown = [movement_object(each) for each in page.movements]
        return Reply(200, _csv(shown), access=_access(shown), media_type=f"{CSV}; charset=utf-8")
    start, limit = query.start(world.cursors), query.limit()
    page = list_movements(merchant_id, day, currency, start, limit, world.movements)
    shown = [movement_object(each) for each in page.movements]
    totals = world.movements.totals(merchant_id, day)
    body = list_object(shown, query.next_cursor(page.next_key, world.cursors))
    of_day = [total_object(each) for each in totals if currency in {None, each.currency}]
    return Reply(200, {**body, "totals": of_day}, access=_access(shown))


def movement_object(movement: Movement) -> dict[str, Any]:
    """The contract's movement. The processor's batches aren't read: nobody knows whether it is settled."""
    return {
        "object": "movement",
        "at": timestamp(movement.at),
        "kind": movement.kind.value,
        "payment_id": movement.payment_id,
        "id": movement.id,
        "reference": movement.reference,
        "amount": movement.amount,
        "currency": movement.currency,
        "processor_reference": movement.processor_reference,
        "settled": None,
    }


def total_object(total: Total) -> dict[str, Any]:
    return {
        "currency": total.currency,
        "captured": total.captured,
        "refunded": total.refunded,
        "net": total.captured - total.refunded,
        "count": total.count,
    }


def _access(shown: Sequence[dict[str, Any]]) -> Access:
    ids = tuple(each["id"] for each in shown[:MOST_ON_RECORD])
    return Access(Action.MOVEMENTS_LISTED, Resource("movement", None), ids)


def _day(query: Query) -> Day:
    text = query.text("date", 10)
    if text is None:
        raise invalid("date", "Name a day, like 2026-01-31.")
    try:
        if _DATE.fullmatch(text):
            return Day.of(text)
    except ValueError:
        pass
    raise invalid("date", "Must be a day, like 2026-01-31.")


def _currency(query: Query) -> str | None:
    text = query.text("currency", 3)
    if text is not None and not _CURRENCY.fullmatch(text):
        raise invalid("currency", "Must be three upper-case letters.")
    return text


def _wants_csv(request: Request) -> bool:
    """Whether the caller names CSV, and not JSON before it."""
    ranges = [
        each.partition(";")[0].strip().lower() for each in (request.headers.get("accept") or "").split(",")
    ]
    return CSV in ranges and "application/json" not in ranges[: ranges.index(CSV)]


def _csv(shown: Sequence[dict[str, Any]]) -> str:
    """RFC 4180, the names of the columns first."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in shown:
        writer.writerow(_cell(each[column]) for column in COLUMNS)
    return text.getvalue()


def _cell(value: object) -> object:
    """Text that looks like a formula is shown as text; a number is a number."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
