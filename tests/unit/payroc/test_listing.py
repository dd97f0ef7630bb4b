import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollgate.adapters.payroc.listing import Page, one, page
from tollgate.domain.evidence import Possible, RefundEntry, Trace, TraceStatus

AT = "2024-07-02T15:30:00.123Z"


def payment(
    kind: str | None, status: str, code: str, authorized: int | None, *refunds: tuple[int, str, str]
) -> dict[str, Any]:
    fields = ("amount", "status", "responseCode")
    entries = [dict(zip(fields, refund, strict=True)) for refund in refunds]
    return {
        "paymentId": "M2MJOG6O2Y",
        "processingTerminalId": "1234001",
        "order": {"orderId": "pay_1", "amount": 5000, "currency": "USD", "dateTime": AT},
        "card": {"type": "Visa"},
        "transactionResult": {
            "type": kind,
            "status": status,
            "responseCode": code,
            "authorizedAmount": authorized,
        },
        "refunds": [entry | {"refundId": "RE1", "dateTime": AT} for entry in entries],
    }


def listed(*payments: Any, **more: Any) -> bytes:
    return json.dumps({"count": len(payments), "hasMore": False, "data": payments} | more).encode()


def trace(document: dict[str, Any]) -> Trace:
    found = page(listed(document))
    assert found is not None
    (only,) = found.traces
    return only


@pytest.mark.parametrize(
    ("kind", "status", "code", "authorized", "expected"),
    [
        ("sale", "ready", "A", 5000, ("approved", 5000, 5000)),
        ("sale", "complete", "A", 5000, ("approved", 5000, 5000)),
        ("sale", "pending", "A", 5000, ("held", 5000, 0)),
        ("preAuthorizationCompletion", "pending", "A", 5000, ("held", 5000, 0)),
        ("sale", "ready", "A", 3000, ("approved", 5000, 5000)),
        ("sale", "ready", "P", 4000, ("approved", 4000, 4000)),
        ("preAuthorization", "pending", "A", 5000, ("approved", 5000, 0)),
        ("preAuthorization", "ready", "A", 5000, ("approved", 5000, 0)),
        ("preAuthorization", "pending", "P", 4000, ("approved", 4000, 0)),
        ("preAuthorizationCompletion", "ready", "A", 3000, ("approved", 5000, 3000)),
        ("preAuthorizationCompletion", "complete", "A", 5000, ("approved", 5000, 5000)),
        ("preAuthorizationCompletion", "ready", "P", 4000, ("approved", 4000, 4000)),
        ("sale", "reversal", "A", 5000, ("reversed", 5000, 0)),
        ("preAuthorizationCompletion", "reversal", "A", 3000, ("reversed", 5000, 0)),
        ("sale", "declined", "D", 0, ("declined", 0, 0)),
        (None, "referral", "R", None, ("declined", 0, 0)),
        ("sale", "pickup", "C", 5000, ("declined", 0, 0)),
        ("sale", "ready", "E", 5000, ("unknown", 0, 0)),
        ("sale", "ready", "D", 5000, ("unknown", 0, 0)),
        ("sale", "declined", "A", 5000, ("unknown", 0, 0)),
        ("preAuthorization", "expired", "A", 5000, ("expired", 5000, 0)),
        ("preAuthorization", "expired", "D", 5000, ("unknown", 0, 0)),
        ("preAuthorization", "expired", "A", None, ("unknown", 0, 0)),
        ("sale", "ready", "A", None, ("unknown", 0, 0)),
        ("sale", "ready", "A", -5000, ("unknown", 0, 0)),
        (None, "ready", "A", 5000, ("unknown", 0, 0)),
        ("refund", "ready", "A", 5000, ("unknown", 0, 0)),
        ("sale", "not yet invented", "A", 5000, ("unknown", 0, 0)),
    ],
)
def test_a_payment_is_traced_as_far_as_it_is_understood(
    kind: str | None, status: str, code: str, authorized: int | None, expected: tuple[str, int, int]
) -> None:
    found = trace(payment(kind, status, code, authorized))

    assert (found.status.value, found.authorized, found.captured) == expected


def test_a_trace_says_who_and_when() -> None:
    refunds = [(1000, "ready", "A"), (500, "complete", "A"), (700, "declined", "D"), (900, "ready", "E")]

    at = 1_719_934_200_123
    stands = (True, True, False, None)
    entries = tuple(
        RefundEntry("RE1", amount, at, each) for (amount, _, _), each in zip(refunds, stands, strict=True)
    )
    assert trace(payment("sale", "ready", "A", 5000, *refunds)) == Trace(
        "M2MJOG6O2Y", "pay_1", TraceStatus.APPROVED, 5000, 5000, 1500, "USD", at, refunds=entries
    )


def test_what_a_partial_reversal_took_back_counts_as_given_back() -> None:
    found = trace(payment("sale", "ready", "A", 3000, (1000, "ready", "A")))
    assert (found.authorized, found.captured, found.refunded, found.kept) == (5000, 5000, 3000, 2000)


@pytest.mark.parametrize(
    ("said", "possible"),
    [
        (["capture", "fullyReverse", "adjustTip"], {Possible.CAPTURE, Possible.FULL_REVERSAL}),
        (["refund", "partiallyReverse"], {Possible.REFUND, Possible.PARTIAL_REVERSAL}),
        ([], set()),
        (None, None),
    ],
)
def test_what_may_be_done_is_read_as_far_as_it_is_said(said: Any, possible: set[Possible] | None) -> None:
    assert trace(payment("sale", "ready", "A", 5000) | {"supportedOperations": said}).possible == possible


def test_a_closed_batch_is_settled() -> None:
    statuses = ("ready", "complete", "accepted")
    settled = {status: trace(payment("sale", status, "A", 5000)).settled for status in statuses}
    assert settled == {"ready": False, "complete": True, "accepted": False}


def test_one_payment_is_read_as_the_list_has_it() -> None:
    document = payment("sale", "ready", "A", 5000)
    assert one(json.dumps(document).encode()) == trace(document)
    assert one(b"{}") is None


def test_a_payment_made_elsewhere_may_have_no_order_id() -> None:
    document = payment("sale", "ready", "A", 5000)
    del document["order"]["orderId"]
    del document["refunds"]

    assert (trace(document).order_id, trace(document).refunded) == ("", 0)


@pytest.mark.parametrize(
    "href",
    [
        "https://api.payroc.com/v1/payments?after=8516&limit=25",
        "/v1/payments?orderId=pay_1&after=8516",
        "https://elsewhere.example/?after=8516",
    ],
)
def test_of_the_link_to_the_next_page_only_the_cursor_counts(href: str) -> None:
    links = [{"rel": "previous", "href": "?before=1"}, {"rel": "next", "method": "get", "href": href}]

    assert page(listed(hasMore=True, links=links)) == Page((), "8516")
    assert page(listed(hasMore=False, links=links)) == Page((), None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"data": []}).encode(),
        json.dumps({"hasMore": False}).encode(),
        json.dumps({"hasMore": False, "data": None}).encode(),
        listed({"paymentId": "M2MJOG6O2Y"}),
        listed(payment("sale", "ready", "A", 5000), {}),
        listed(payment("sale", "ready", "A", 5000) | {"order": {"amount": 1, "currency": "USD"}}),
        listed(hasMore=True),
        listed(hasMore=True, links=[{"rel": "next", "href": "/v1/payments"}]),
        listed(hasMore=True, links=[{"rel": "next", "href": "https://[/?after=1"}]),
        listed(hasMore=True, links=[{"rel": "previous", "href": "?after=1"}]),
    ],
)
def test_what_is_not_certainly_a_whole_page_is_none(content: bytes) -> None:
    assert page(content) is None


@given(st.binary())
def test_any_bytes_are_a_page_or_none(content: bytes) -> None:
    assert page(content) is None or isinstance(page(content), Page)


WORDS = st.sampled_from(["A", "P", "D", "E", "ready", "pending", "reversal", "declined", "expired"])
KINDS = st.sampled_from(["sale", "preAuthorization", "preAuthorizationCompletion", "refund", "other", None])


@given(KINDS, WORDS, WORDS, st.none() | st.integers(-(1 << 40), 1 << 40))
def test_no_trace_has_a_negative_amount(
    kind: str | None, status: str, code: str, authorized: int | None
) -> None:
    found = trace(payment(kind, status, code, authorized))

    assert min(found.authorized, found.captured, found.refunded) >= 0
    if found.status in (TraceStatus.DECLINED, TraceStatus.UNKNOWN):
        assert (found.authorized, found.captured) == (0, 0)
