"""A page of `GET /payments`, or one of them, and what a payment in it says.

Payroc documents no field for the captured amount. Read here, and to be confirmed in its test environment:
a captured authorization's `type` is `preAuthorizationCompletion`, `order.amount` stays what was asked for,
and `authorizedAmount` is what has been captured so far, less what a partial reversal took back. The
simulator speaks the same way.
"""

from urllib.parse import parse_qs, urlsplit

import msgspec

from tollgate.adapters.payroc.results import (
    AUTHORIZED,
    EXPIRED,
    PENDING,
    REVERSED,
    SETTLED,
    TAKEN,
    Instant,
    Refund,
    Result,
    decode,
    milliseconds,
)
from tollgate.domain.evidence import Possible, RefundEntry, Trace, TraceStatus

_APPROVALS = frozenset({"A", "P"})
_AUTHORIZED_ONCE = frozenset(TraceStatus) - {TraceStatus.DECLINED, TraceStatus.UNKNOWN}
_COMPLETION = "preAuthorizationCompletion"
_PRE_AUTHORIZATION = "preAuthorization"
_TYPES = frozenset({"sale", _PRE_AUTHORIZATION, _COMPLETION})
_POSSIBLE = {
    "capture": Possible.CAPTURE,
    "refund": Possible.REFUND,
    "fullyReverse": Possible.FULL_REVERSAL,
    "partiallyReverse": Possible.PARTIAL_REVERSAL,
}


class _Order(msgspec.Struct, rename="camel"):
    amount: int
    currency: str
    date_time: Instant
    order_id: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    payment_id: str
    order: _Order
    transaction_result: Result
    refunds: list[Refund] | None = None
    supported_operations: list[str] | None = None


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


def one(content: bytes) -> Trace | None:
    """Of `GET /payments/{id}`. None for what isn't a payment."""
    payment = decode(content, _Payment)
    return payment and _trace(payment)


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
    refunds = payment.refunds or []
    possible = payment.supported_operations
    refunded = sum(refund.amount for refund in refunds if refund.succeeded)
    return Trace(
        reference=payment.payment_id,
        order_id=payment.order.order_id or "",
        status=status,
        authorized=_authorized(payment) if status in _AUTHORIZED_ONCE else 0,
        captured=_captured(payment) if status is TraceStatus.APPROVED else 0,
        refunded=refunded + (_taken_back(payment) if status is TraceStatus.APPROVED else 0),
        currency=payment.order.currency,
        at=milliseconds(payment.order.date_time),
        settled=payment.transaction_result.status in SETTLED,
        possible=None if possible is None else frozenset(_POSSIBLE[e] for e in possible if e in _POSSIBLE),
        refunds=tuple(_entry(refund) for refund in refunds),
    )


def _entry(refund: Refund) -> RefundEntry:
    stands = True if refund.succeeded else False if refund.declined else None
    return RefundEntry(refund.refund_id, refund.amount, milliseconds(refund.date_time), stands)


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
    if result.status in PENDING and result.type != _PRE_AUTHORIZATION:
        return TraceStatus.HELD
    return TraceStatus.APPROVED if result.status in AUTHORIZED else TraceStatus.UNKNOWN


def _authorized(payment: _Payment) -> int:
    result = payment.transaction_result
    if result.type == _COMPLETION and result.response_code == "A":
        return payment.order.amount
    return (result.authorized_amount or 0) + _taken_back(payment)


def _captured(payment: _Payment) -> int:
    result = payment.transaction_result
    taken = result.type != _PRE_AUTHORIZATION and result.status in TAKEN
    return (result.authorized_amount or 0) + _taken_back(payment) if taken else 0


def _taken_back(payment: _Payment) -> int:
    """What a partial reversal took back of a sale that was approved in full. A completion doesn't tell it
    from what was never captured."""
    result = payment.transaction_result
    if result.type != "sale" or result.response_code != "A" or result.authorized_amount is None:
        return 0
    return max(0, payment.order.amount - result.authorized_amount)
