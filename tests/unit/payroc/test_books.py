import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.unit.payroc.scripted import ScriptedTransport
from tollgate.adapters.payroc.access import AccessTokens
from tollgate.adapters.payroc.books import Books
from tollgate.adapters.payroc.settings import LOOK_UPS, Limits, PayrocAccount
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent
from tollgate.domain.merchant import ProcessorAccount
from tollgate.ports import BooksUnavailable

API = "https://api.payroc.com/v1"
ACCOUNTS = {"main": PayrocAccount(API, "https://identity.payroc.com", "processor-main")}
ACCOUNT = ProcessorAccount("payroc", "main", "1234001")


def books(transport: ScriptedTransport, limits: Limits = LOOK_UPS) -> Books:
    tokens = AccessTokens(ACCOUNTS, lambda _: "api-key", transport, transport)
    return Books(ACCOUNTS, tokens, transport, transport, lambda: 0.5, limits)


def entry(reference: str, second: int, order_id: str = "pay_1") -> dict[str, Any]:
    at = f"2024-07-02T15:30:{second:02}Z"
    return {
        "paymentId": reference,
        "order": {"orderId": order_id, "amount": 5000, "currency": "USD", "dateTime": at},
        "transactionResult": {
            "type": "sale",
            "status": "ready",
            "responseCode": "A",
            "authorizedAmount": 5000,
        },
    }


def listed(*entries: dict[str, Any], after: str | None = None) -> Response:
    links = [{"rel": "next", "href": f"{API}/payments?after={after}"}] if after else []
    return Response(200, json.dumps({"hasMore": bool(after), "links": links, "data": entries}).encode())


def queries(transport: ScriptedTransport) -> list[dict[str, str]]:
    return [
        {name: values[0] for name, values in parse_qs(urlsplit(send.url).query).items()}
        for send in transport.requests
    ]


def test_all_pages_are_read_with_the_filters_of_the_first() -> None:
    transport = ScriptedTransport(
        answers=[listed(entry("P3", 3), entry("P2", 2), after="8516"), listed(entry("P1", 1))]
    )

    found = books(transport).of_order(ACCOUNT, "pay_1")

    assert [trace.reference for trace in found] == ["P1", "P2", "P3"]
    filters = {"orderId": "pay_1", "processingTerminalId": "1234001"}
    assert queries(transport) == [filters, filters | {"after": "8516"}]


def test_only_the_exact_order_id_is_found() -> None:
    transport = ScriptedTransport(answers=[listed(entry("P2", 2, "pay_10"), entry("P1", 1, "PAY_1"))])

    assert books(transport).of_order(ACCOUNT, "pay_1") == ()


def test_a_look_up_carries_a_token_and_no_idempotency_key() -> None:
    transport = ScriptedTransport(answers=[Response(401, b""), listed()])

    books(transport).of_order(ACCOUNT, "pay_1")

    assert [send.headers["Authorization"] for send in transport.requests] == [
        "Bearer token-1",
        "Bearer token-2",
    ]
    assert all("Idempotency-Key" not in send.headers for send in transport.requests)


def test_cursors_that_go_round_in_circles_are_no_list() -> None:
    transport = ScriptedTransport(answers=[listed(after=cursor) for cursor in ("1", "2", "1", "2")])

    with pytest.raises(BooksUnavailable, match="can't be read"):
        books(transport).of_order(ACCOUNT, "pay_1")


@pytest.mark.parametrize("trouble", [NotConnected(), NoAnswer(), Response(500, b""), Response(503, b"")])
def test_a_passing_trouble_is_tried_again_and_a_lasting_one_is_not_for_ever(trouble: Sent) -> None:
    assert books(ScriptedTransport(answers=[trouble, listed()])).of_order(ACCOUNT, "pay_1") == ()

    transport = ScriptedTransport(answers=[trouble] * 5)
    with pytest.raises(BooksUnavailable):
        books(transport).of_order(ACCOUNT, "pay_1")
    assert len(transport.requests) == LOOK_UPS.sends


@pytest.mark.parametrize("status", [201, 204, 302, 400, 403, 404, 409, 422, 429])
def test_any_other_answer_is_no_evidence(status: int) -> None:
    transport = ScriptedTransport(answers=[Response(status, listed().content)] * 2)

    with pytest.raises(BooksUnavailable, match=f"answered {status}"):
        books(transport).of_order(ACCOUNT, "pay_1")
    assert len(transport.requests) == 1


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.5, 6.0])
def test_a_find_ends_within_its_budget_whatever_the_pages(seconds: float) -> None:
    pages = [listed(entry(f"P{n}", n), after=str(n)) for n in range(50)]
    transport = ScriptedTransport(answers=[*pages], seconds=seconds)

    with pytest.raises(BooksUnavailable):
        books(transport).of_order(ACCOUNT, "pay_1")
    assert transport.now <= LOOK_UPS.budget_seconds


def test_a_list_takes_its_time_page_by_page() -> None:
    pages = [listed(entry(f"P{n}", n), after=str(n)) for n in range(50)]
    transport = ScriptedTransport(answers=[*pages, listed()], seconds=1.0)

    assert len(list(books(transport).between(ACCOUNT, 0, 1 << 41))) == 50
    assert transport.now > LOOK_UPS.budget_seconds


def test_a_list_is_asked_for_a_second_more_and_cut_to_the_millisecond() -> None:
    second = 1_719_934_200_000
    transport = ScriptedTransport(answers=[listed(entry("P2", 2), entry("P1", 1), entry("P0", 0))])

    found = list(books(transport).between(ACCOUNT, second + 1000, second + 2000))

    assert [trace.reference for trace in found] == ["P1"]
    assert queries(transport) == [
        {
            "processingTerminalId": "1234001",
            "dateFrom": "2024-07-02T15:30:00.000Z",
            "dateTo": "2024-07-02T15:30:03.000Z",
            "limit": "25",
        }
    ]
