"""`GET /payments`: filters and the paged envelope."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from local.simulator.payment import Payment
from local.simulator.problems import invalid
from local.simulator.wire import payment_body

_DEFAULT_LIMIT = 10
_MAX_LIMIT = 100


def list_payments(payments: list[Payment], query: Mapping[str, str]) -> dict[str, Any]:
    """One page, newest first. `after` and `before` are payment ids, and exclude each other.

    Filters that aren't spoken here are ignored. Raises `Problem` (400).
    """
    limit = _limit(query.get("limit", str(_DEFAULT_LIMIT)))
    matching = [payment for payment in payments if _matches(payment, query)]
    place = {payment.id: index for index, payment in enumerate(matching)}
    if "after" in query and "before" in query:
        raise invalid("before", "Use either 'before' or 'after'")
    start, end = 0, len(matching)
    if "after" in query:
        start = _cursor(place, query["after"], "after") + 1
        end = start + limit
    elif "before" in query:
        end = _cursor(place, query["before"], "before")
        start = max(0, end - limit)
    else:
        end = limit
    page = matching[start:end]
    return {
        "limit": limit,
        "count": len(page),
        "hasMore": start > 0 if "before" in query else end < len(matching),
        "links": _links(query, page, older=end < len(matching), newer=start > 0),
        "data": [payment_body(payment) for payment in page],
    }


def _matches(payment: Payment, query: Mapping[str, str]) -> bool:
    if "dateFrom" in query and _instant(payment.at) < _filter_instant(query, "dateFrom"):
        return False
    if "dateTo" in query and _instant(payment.at) > _filter_instant(query, "dateTo"):
        return False
    return (
        query.get("orderId", payment.order_id) == payment.order_id
        and query.get("processingTerminalId", payment.terminal) == payment.terminal
    )


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MAX_LIMIT:
        raise invalid("limit", f"The limit must be from 1 to {_MAX_LIMIT}")
    return int(text)


def _cursor(place: Mapping[str, int], payment_id: str, name: str) -> int:
    if payment_id not in place:
        raise invalid(name, "The cursor is not valid")
    return place[payment_id]


def _filter_instant(query: Mapping[str, str], name: str) -> datetime:
    try:
        return _instant(query[name])
    except ValueError:
        raise invalid(name, "The date must be in ISO 8601 format") from None


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _links(
    query: Mapping[str, str], page: list[Payment], *, older: bool, newer: bool
) -> list[dict[str, str]]:
    filters = {name: value for name, value in query.items() if name not in ("after", "before")}
    cursors = []
    if page and newer:
        cursors.append(("previous", {"before": page[0].id}))
    if page and older:
        cursors.append(("next", {"after": page[-1].id}))
    return [
        {"rel": rel, "method": "get", "href": "/v1/payments?" + urlencode(filters | cursor)}
        for rel, cursor in cursors
    ]
