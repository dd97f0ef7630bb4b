"""The trail: every access leaves a record, and without the record there is no answer."""

import hashlib

import pytest

from tests.unit.api.caller import ALL_SCOPES, Api

READ = "GET /v1/payments/{id}"
AUDITS = "GET /v1/audits"


def test_a_payment_and_its_refund_leave_their_changes(api: Api) -> None:
    paid = api.pay().body["id"]
    refund = api.call("POST /v1/payments/{id}/refunds", {"amount": 1}, id=paid).body["id"]
    assert api.actions(paid) == ["payment.created", "payment.captured"]
    assert api.actions(refund) == ["refund.created", "refund.succeeded"]


def test_a_token_leaves_its_creation_its_use_its_reading_and_its_end(api: Api) -> None:
    token = api.token()
    api.call("GET /v1/tokens/{id}", id=token)
    api.pay(payment_method={"token": token})
    api.call("DELETE /v1/tokens/{id}", id=token)
    assert sorted(api.actions(token)) == ["token.created", "token.deleted", "token.read", "token.used"]


def test_a_read_is_on_record_with_its_reader_and_the_digest_of_what_was_read(api: Api) -> None:
    paid = api.pay().body["id"]
    answer = api.call(READ, id=paid)
    record = api.trail.audits[-1]
    assert record.action.value == "payment.read"
    assert record.sha256 == hashlib.sha256(answer.content.encode()).hexdigest()
    assert (record.exchange.actor_id, record.exchange.ip) == ("cli_mer_one", "192.0.2.1")
    assert record.exchange.request_id == answer.headers["X-Request-Id"]
    assert (record.status, record.ids, record.chain) == (200, (paid,), None)


def test_a_list_is_on_record_with_the_ids_it_showed(api: Api) -> None:
    paid = api.pay().body["id"]
    api.call("GET /v1/payments")
    record = api.trail.audits[-1]
    assert (record.action.value, record.ids) == ("payments.listed", (paid,))


@pytest.mark.parametrize(
    ("scope", "merchant", "status"), [("audits:read", "mer_one", 403), (ALL_SCOPES, "mer_two", 404)]
)
def test_a_refused_access_is_on_the_record_of_the_callers_merchant(
    api: Api, scope: str, merchant: str, status: int
) -> None:
    paid = api.pay().body["id"]
    assert api.call(READ, id=paid, merchant=merchant, scope=scope).status == status
    record = api.trail.audits[-1]
    assert (record.action.value, record.outcome.value, record.status) == ("access.denied", "denied", status)
    assert (record.merchant_id, record.resource.id) == (merchant, paid)


def test_what_cannot_be_recorded_is_not_answered(api: Api) -> None:
    paid = api.pay().body["id"]
    api.trail.broken = True
    for route, merchant in [(READ, "mer_one"), (READ, "mer_two"), ("GET /v1/payments", "mer_one")]:
        answer = api.call(route, merchant=merchant, id=paid)
        assert (answer.status, answer.code) == (500, "internal_error")
        assert paid not in answer.content


def test_a_replay_is_an_access_of_its_own(api: Api) -> None:
    token = api.token()
    for _ in range(2):
        api.pay(key="k1", payment_method={"token": token})
    assert api.trail.audits[-1].action.value == "payment.read"


def test_the_trail_is_listed_newest_first_and_filtered(api: Api) -> None:
    paid = api.pay().body["id"]
    api.clock.advance(10)
    api.call(READ, id=paid)
    api.project()
    about = api.call(AUDITS, query={"resource": paid}).body["data"]
    assert about[0]["action"] == "payment.read"
    assert {each["action"] for each in about[1:]} == {"payment.created", "payment.captured"}
    reads = api.call(AUDITS, query={"action": "payment.read", "actor": "cli_mer_one"}).body["data"]
    assert [each["resource"]["id"] for each in reads] == [paid]
    assert api.call(AUDITS, query={"actor": "cli_other"}).body["data"] == []
    assert api.call(AUDITS, query={"resource": paid}, merchant="mer_two").body["data"] == []


def test_a_record_is_read_by_its_merchant_only(api: Api) -> None:
    paid = api.pay().body["id"]
    api.project()
    record = api.call(AUDITS, query={"resource": paid}).body["data"][0]
    assert api.call("GET /v1/audits/{id}", id=record["id"]).body == record
    assert api.call("GET /v1/audits/{id}", id=record["id"], merchant="mer_two").code == "not_found"


def test_reading_the_trail_is_on_the_trail(api: Api) -> None:
    api.token()
    listed = api.call(AUDITS).body["data"]
    api.call("GET /v1/audits/{id}", id=listed[0]["id"])
    assert [each.action.value for each in api.trail.audits[-2:]] == ["audits.listed", "audit.read"]
