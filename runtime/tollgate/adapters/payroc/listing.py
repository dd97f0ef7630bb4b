"""A page of `GET /payments`, and what a payment in it says.

Payroc documents no field for the captured amount. Read here, and to be confirmed in its test environment:
a captured authorization's `type` is `preAuthorizationCompletion`, `order.amount` stays what was asked for,
and `authorizedAmount` is what has been captured so far. The simulator speaks the same way. In an open
batch Payroc reverses what is to be refunded: there a refunded payment may be listed as a reversed one.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

import msgspec

from tollgate.adapters.payroc.results import AUTHORIZED, EXPIRED, REVERSED, TAKEN, Refund, Result, decode
from tollgate.domain.evidence import Trace, TraceStatus

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_APPROVALS = frozenset({"A", "P"})
_AUTHORIZED_ONCE = frozenset({TraceStatus.APPROVED, TraceStatus.REVERSED, TraceStatus.EXPIRED})
_COMPLETION = "preAuthorizationCompletion"
_TYPES = frozenset({"sale", "preAuthorization", _COMPLETION})


class _Order(msgspec.Struct, rename="camel"):
    amount: int
    currency: str
    date_time: Annotated[datetime, msgspec.Meta(tz=True)]
    order_id: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    payment_id: str
    order: _Order
    transaction_result: Result
    refunds: list[Refund] | None = None


class _Link(msgspec.Struct):
    rel: str
    href: str


class _List(msgspec.Struct, rename="camel"):
    data: list[_Payment]
    has_more: bool
    links: list[_Link] | None = None


class Page(msgspec.Struct, frozen=True):
    """`after` is the cursor of the next page, None on the last one."""

    traces: tuple[Trace, ...]
    after: str | None


def page(content: bytes) -> Page | None:
    """None for what isn't certainly a whole page: a payment that is overlooked would be taken for none."""
    found = decode(content, _List)
    if found is None:
        return None
    traces = tuple(_trace(payment) for payment in found.data)
    if not found.has_more:
        return Page(traces, None)
    after = _next(found.links or [])
    return Page(traces, after) if after else None


def _next(links: list[_Link]) -> str | None:
    """The cursor alone: a request with our token goes to no host that an answer names."""
    for link in links:
        if link.rel == "next":
            try:
                return parse_qs(urlsplit(link.href).query).get("after", [None])[0]
            except ValueError:
                return None
    return None


def _trace(payment: _Payment) -> Trace:
    status = _status(payment.transaction_result)
    return Trace(
        reference=payment.payment_id,
        order_id=payment.order.order_id or "",
        status=status,
        authorized=_authorized(payment) if status in _AUTHORIZED_ONCE else 0,
        captured=_captured(payment) if status is TraceStatus.APPROVED else 0,
        refunded=sum(refund.amount for refund in payment.refunds or [] if refund.succeeded),
        currency=payment.order.currency,
        at=(payment.order.date_time - EPOCH) // timedelta(milliseconds=1),
    )


def _status(result: Result) -> TraceStatus:
    """An approval whose amounts can't be told is unknown."""
    if result.declined:
        return TraceStatus.DECLINED
    told = result.type in _TYPES and (result.authorized_amount or 0) > 0
    if result.response_code not in _APPROVALS or not told:
        return TraceStatus.UNKNOWN
    if result.status in REVERSED:
        return TraceStatus.REVERSED
    if result.status in EXPIRED:
        return TraceStatus.EXPIRED
    return TraceStatus.APPROVED if result.status in AUTHORIZED else TraceStatus.UNKNOWN


def _authorized(payment: _Payment) -> int:
    result = payment.transaction_result
    if result.type == _COMPLETION and result.response_code == "A":
        return payment.order.amount
    return result.authorized_amount or 0


def _captured(payment: _Payment) -> int:
    result = payment.transaction_result
    taken = result.type != "preAuthorization" and result.status in TAKEN
    return result.authorized_amount or 0 if taken else 0
