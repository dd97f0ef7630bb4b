"""Events sent to a shop's server: signed, again until they are taken, and to nobody else."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from svix.webhooks import Webhook as SvixWebhook

from onboarding import Stage
from tests.e2e.caller import Caller, Object, created
from tests.e2e.receiver import Receiver, receiving
from tests.integration.local.project import eventually

ENDPOINTS = "/v1/webhook_endpoints"
PATIENCE = 90


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def endpoint(shop: Caller, url: str, *types: str) -> Object:
    return created(shop.post(ENDPOINTS, {"url": url, **({"types": list(types)} if types else {})}))


def removed(shop: Caller, made: Object) -> None:
    assert shop.session.delete(f"{shop.base_url}{ENDPOINTS}/{made['id']}").status_code == 204


def deliveries(shop: Caller, made: Object) -> list[Object]:
    return shop.get(f"{ENDPOINTS}/{made['id']}/deliveries", limit="100").json()["data"]


def until(shop: Caller, made: Object, status: str, event: str) -> list[Object]:
    deadline = time.monotonic() + PATIENCE
    while True:
        shown = deliveries(shop, made)
        if any((each["status"], each["event"]) == (status, event) for each in shown):
            return shown
        assert time.monotonic() < deadline, shown
        time.sleep(0.5)


def test_what_happens_arrives_signed_as_others_verify_it(shop: Caller, receiver: Receiver) -> None:
    made = endpoint(shop, receiver.url, "payment.captured", "refund.succeeded")
    paid = shop.pay()
    refund = shop.refund(paid, amount=5)
    receiver.wait(2)
    events = receiver.verified(made["secret"])
    assert [(each["type"], each["sequence"]) for each in events] == [
        ("payment.captured", 1),
        ("refund.succeeded", 2),
    ]
    assert events[0]["data"]["object"] == paid
    assert events[1]["data"]["object"]["id"] == refund["id"]
    for headers, body in receiver.got:
        SvixWebhook(made["secret"]).verify(body, headers)
    shown = until(shop, made, "delivered", events[1]["id"])
    first = next(each for each in shown if each["event"] == events[0]["id"])
    assert (first["attempt"], first["response_status"]) == (1, 200)
    assert len(first["response_start"]) == 1024
    removed(shop, made)


def test_what_is_refused_comes_again_in_seconds(shop: Caller) -> None:
    with receiving(500, 302, 503) as receiver:
        made = endpoint(shop, receiver.url, "payment.captured")
        shop.pay()
        receiver.wait(4)
        ids = {headers["webhook-id"] for headers, _ in receiver.got}
        assert len(ids) == 1
        shown = until(shop, made, "delivered", ids.pop())
        assert [(each["attempt"], each["status"], each["response_status"]) for each in shown] == [
            (4, "delivered", 200),
            (3, "failed", 503),
            (2, "failed", 302),
            (1, "failed", 500),
        ]
        path = f"{ENDPOINTS}/{made['id']}/deliveries"
        page = shop.get(path, limit="1").json()
        assert shop.get(path, limit="1", cursor=page["next_cursor"]).json()["data"] == [shown[1]]
        removed(shop, made)


def test_a_server_that_was_away_gets_everything_once_it_is_back(shop: Caller) -> None:
    with receiving() as gone:
        port = gone.port
    made = endpoint(shop, f"http://127.0.0.1:{port}/hooks", "payment.captured", "payment.authorized")
    paid = [shop.pay() for _ in range(3)]
    time.sleep(3)
    with receiving(port=port) as back:
        wanted = {each["id"] for each in paid}
        deadline = time.monotonic() + 150
        while {each["resource"]["id"] for each in back.verified(made["secret"])} < wanted:
            assert time.monotonic() < deadline, deliveries(shop, made)
            time.sleep(0.5)
        removed(shop, made)


def test_a_delivery_whose_message_is_stuck_is_found_by_the_clock(
    shop: Caller, stage: Stage, receiver: Receiver
) -> None:
    function = stage.physical_name("deliverer")
    (mapping,) = stage.functions.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    made = endpoint(shop, receiver.url, "payment.captured")
    stage.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        shop.pay()
        eventually(lambda: deliveries(shop, made))
        clock = stage.functions.invoke(FunctionName=function, Payload=b"{}")
        assert "FunctionError" not in clock
    finally:
        stage.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
    receiver.wait(1)
    removed(shop, made)


def test_endpoints_are_listed_page_by_page_newest_first(rival: Caller) -> None:
    made = [endpoint(rival, f"http://127.0.0.1:{port}/hooks") for port in (7, 8, 9)]
    page = rival.get(ENDPOINTS, limit="2").json()
    rest = rival.get(ENDPOINTS, limit="2", cursor=page["next_cursor"]).json()
    assert [each["id"] for each in (*page["data"], *rest["data"])] == [each["id"] for each in reversed(made)]
    assert (page["has_more"], rest["has_more"], rest["next_cursor"]) == (True, False, None)
    assert rival.get(ENDPOINTS, limit="two").status_code == 400
    for each in made:
        removed(rival, each)


def test_a_server_that_wants_no_more_is_left_alone(shop: Caller) -> None:
    with receiving(410) as receiver:
        made = endpoint(shop, receiver.url, "payment.captured")
        shop.pay()
        receiver.wait(1)
        deadline = time.monotonic() + PATIENCE
        while shop.get(f"{ENDPOINTS}/{made['id']}").json()["status"] != "disabled":
            assert time.monotonic() < deadline
            time.sleep(0.3)
        answer = shop.session.patch(
            f"{shop.base_url}{ENDPOINTS}/{made['id']}", json={"status": "enabled", "types": ["token.created"]}
        )
        assert (answer.json()["status"], answer.json()["types"]) == ("enabled", ["token.created"])
        removed(shop, made)


def test_an_endpoint_is_the_merchants_own_and_its_secret_shown_once(shop: Caller, rival: Caller) -> None:
    url, key = "http://127.0.0.1:9/hooks", "endpoint-once"
    first = shop.post(ENDPOINTS, {"url": url, "description": "till"}, key)
    made = created(first)
    again = shop.post(ENDPOINTS, {"url": url, "description": "till"}, key)
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (made, "true")
    other = shop.post(ENDPOINTS, {"url": url}, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    path = f"{ENDPOINTS}/{made['id']}"
    shown = {name: value for name, value in made.items() if name != "secret"}
    assert shop.get(path).json() == shown
    assert shown in shop.get(ENDPOINTS).json()["data"]
    assert rival.get(path).status_code == 404
    assert rival.session.patch(f"{rival.base_url}{path}", json={"status": "disabled"}).status_code == 404
    assert rival.session.delete(f"{rival.base_url}{path}").status_code == 404
    assert rival.post(f"{path}/test", {}).status_code == 404
    removed(shop, made)
    assert shop.get(path).status_code == 404
    assert shop.post(ENDPOINTS, {"url": url, "description": "till"}, key).json() == made


def test_two_secrets_sign_while_one_takes_the_others_place(shop: Caller, receiver: Receiver) -> None:
    made = endpoint(shop, receiver.url, "payment.captured")
    rolled = shop.post(f"{ENDPOINTS}/{made['id']}/roll_secret", {})
    assert rolled.status_code == 200
    assert rolled.json()["secret"] != made["secret"]
    test = shop.post(f"{ENDPOINTS}/{made['id']}/test", {})
    assert (test.status_code, test.json()["type"]) == (202, "ping")
    receiver.wait(1)
    old, new = receiver.verified(made["secret"]), receiver.verified(rolled.json()["secret"])
    assert old == new == [test.json()]
    removed(shop, made)


def test_an_event_is_sent_once_more_on_request(shop: Caller, receiver: Receiver) -> None:
    made = endpoint(shop, receiver.url, "payment.captured")
    shop.pay()
    receiver.wait(1)
    (event,) = receiver.verified(made["secret"])
    answer = shop.post(f"/v1/events/{event['id']}/redeliver", {})
    assert (answer.status_code, answer.json()) == (202, event)
    receiver.wait(2)
    assert receiver.verified(made["secret"]) == [event, event]
    assert shop.post("/v1/events/evt_22222222222222222222/redeliver", {}).status_code == 404
    removed(shop, made)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example.com/hooks",
        "https://shop.example.com:8443/hooks",
        "https://127.0.0.1/hooks",
        "https://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://localhost/",
        "https://user:word@shop.example.com/",
        "http://127.0.0.2:8080/",
        "ftp://shop.example.com/",
        "shop",
    ],
)
def test_a_server_that_may_not_be_called_is_refused(shop: Caller, url: str) -> None:
    answer = shop.post(ENDPOINTS, {"url": url})
    assert answer.status_code == 400
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/url"]


def test_what_is_malformed_is_named(shop: Caller) -> None:
    wrong: list[tuple[Any, str]] = [
        ({}, "/url"),
        ({"url": "https://a.example", "types": []}, "/types"),
        ({"url": "https://a.example", "types": ["payment.lost"]}, "/types/0"),
        ({"url": "https://a.example", "secret": "s"}, "/secret"),
    ]
    for body, pointer in wrong:
        answer = shop.post(ENDPOINTS, body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer), body
