"""`GET /v1/payments`: newest first, by filter and cursor."""

from tests.unit.api.caller import Api


def test_listing_is_newest_first_filtered_and_goes_on_by_cursor(api: Api) -> None:
    ids = []
    for number in range(5):
        api.clock.advance(10)
        ids.append(api.pay(reference="odd" if number % 2 else "even").body["id"])
    api.pay("mer_two")
    first = api.call("GET /v1/payments", query={"limit": "2"}).body
    assert [each["id"] for each in first["data"]] == ids[:2:-1]
    assert first["has_more"] is True
    second = api.call("GET /v1/payments", query={"limit": "100", "cursor": first["next_cursor"]}).body
    assert [each["id"] for each in second["data"]] == ids[2::-1]
    assert (second["has_more"], second["next_cursor"]) == (False, None)
    odd = api.call("GET /v1/payments", query={"reference": "odd"}).body
    assert [each["id"] for each in odd["data"]] == [ids[3], ids[1]]
    assert api.call("GET /v1/payments", query={"status": "declined"}).body["data"] == []


def test_an_order_is_found_however_many_payments_came_after_it(api: Api) -> None:
    token = api.token()
    first = api.pay(reference="order-A", payment_method={"token": token}).body["id"]
    for _ in range(250):
        api.clock.advance(10)
        api.pay(payment_method={"token": token})
    again = api.pay(reference="order-A", payment_method={"token": token}).body["id"]
    api.pay("mer_two", reference="order-A")
    page = api.call("GET /v1/payments", query={"reference": "order-A"}).body
    assert [each["id"] for each in page["data"]] == [again, first]
    assert page["has_more"] is False
    one = api.call("GET /v1/payments", query={"reference": "order-A", "limit": "1"}).body
    assert ([each["id"] for each in one["data"]], one["has_more"]) == ([again], True)
    rest = api.call(
        "GET /v1/payments", query={"reference": "order-A", "limit": "5", "cursor": one["next_cursor"]}
    ).body
    assert ([each["id"] for each in rest["data"]], rest["has_more"]) == ([first], False)
    assert api.call("GET /v1/payments", query={"reference": "order-B"}).body["data"] == []


def test_a_filter_by_status_goes_on_where_a_page_stopped(api: Api) -> None:
    token = api.token()
    held = api.pay(capture_method="manual", payment_method={"token": token}).body["id"]
    for _ in range(220):
        api.clock.advance(10)
        api.pay(payment_method={"token": token})
    first = api.call("GET /v1/payments", query={"status": "authorized"}).body
    assert (first["data"], first["has_more"]) == ([], True)
    query = {"status": "authorized", "cursor": first["next_cursor"]}
    rest = api.call("GET /v1/payments", query=query).body
    assert ([each["id"] for each in rest["data"]], rest["has_more"]) == ([held], False)


def test_a_cursor_is_bound_to_merchant_route_and_filters(api: Api) -> None:
    for _ in range(2):
        api.clock.advance(1)
        api.pay()
    cursor = api.call("GET /v1/payments", query={"limit": "1"}).body["next_cursor"]
    for query, merchant in [
        ({"cursor": cursor}, "mer_two"),
        ({"cursor": cursor, "status": "captured"}, "mer_one"),
        ({"cursor": cursor + "x"}, "mer_one"),
    ]:
        refused = api.call("GET /v1/payments", query=query, merchant=merchant)
        assert (refused.status, refused.code) == (400, "invalid_cursor")


def test_created_from_is_inclusive_and_created_to_exclusive(api: Api) -> None:
    times = []
    for _ in range(3):
        api.clock.advance(1_000)
        times.append(api.pay().body["created_at"])
    page = api.call("GET /v1/payments", query={"created_from": times[1], "created_to": times[2]}).body
    assert [each["created_at"] for each in page["data"]] == [times[1]]
