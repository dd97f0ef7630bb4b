"""Two merchants: what is one's doesn't exist for the other."""

from typing import Any

import pytest

from tests.e2e.caller import Caller, Object, code_of
from tests.integration.local.project import eventually


@pytest.fixture(scope="module")
def theirs(shop: Caller) -> dict[str, str]:
    """Ids of the first merchant's objects."""
    payment = shop.authorize()
    paid = shop.pay()
    refund = shop.refund(paid, amount=1)
    audit = eventually(lambda: shop.get("/v1/audits", resource=paid["id"]).json()["data"])[0]
    return {
        "payment": payment["id"],
        "paid": paid["id"],
        "refund": refund["id"],
        "token": shop.token(),
        "audit": audit["id"],
    }


UNKNOWN = {
    "payment": "pay_aaaaaaaaaaaaaaaaaaaa",
    "paid": "pay_aaaaaaaaaaaaaaaaaaaa",
    "refund": "ref_aaaaaaaaaaaaaaaaaaaa",
    "token": "tok_aaaaaaaaaaaaaaaaaaaa",
    "audit": "aud_aaaaaaaaaaaaaaaaaaaa",
}


def told(answer: Any) -> Object:
    """The problem, less what differs from exchange to exchange."""
    return {name: value for name, value in answer.json().items() if name != "request_id"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/payments/{payment}"),
        ("POST", "/v1/payments/{payment}/captures"),
        ("POST", "/v1/payments/{payment}/void"),
        ("POST", "/v1/payments/{paid}/refunds"),
        ("GET", "/v1/payments/{paid}/refunds"),
        ("GET", "/v1/payments/{paid}/refunds/{refund}"),
        ("GET", "/v1/tokens/{token}"),
        ("DELETE", "/v1/tokens/{token}"),
        ("GET", "/v1/audits/{audit}"),
    ],
)
def test_anothers_object_is_as_one_that_never_existed(
    shop: Caller, rival: Caller, theirs: dict[str, str], method: str, path: str
) -> None:
    body = {"json": {}, "headers": {"Idempotency-Key": "rival"}} if method == "POST" else {}
    foreign, unknown = (rival.call(method, path.format_map(ids), **body) for ids in (theirs, UNKNOWN))
    assert (foreign.status_code, code_of(foreign)) == (404, "not_found")
    assert told(foreign) == told(unknown)
    assert shop.get(f"/v1/payments/{theirs['payment']}").json()["status"] == "authorized"
    assert shop.get(f"/v1/tokens/{theirs['token']}").status_code == 200


def test_anothers_token_pays_nothing(rival: Caller, theirs: dict[str, str]) -> None:
    foreign, unknown = (
        rival.post_payment(payment_method={"token": ids["token"]}) for ids in (theirs, UNKNOWN)
    )
    assert (foreign.status_code, code_of(foreign)) == (422, "token_invalid")
    assert told(foreign) == told(unknown)


def test_lists_show_ones_own_alone(shop: Caller, rival: Caller, theirs: dict[str, str]) -> None:
    own = rival.pay()
    eventually(lambda: own["id"] in ids(rival, "/v1/payments"))
    assert not set(ids(rival, "/v1/payments")) & set(ids(shop, "/v1/payments"))
    assert rival.pages("/v1/audits", resource=theirs["paid"], action="payment.created") == [[]]
    actors = {each["actor"]["id"] for page in rival.pages("/v1/audits", limit=100) for each in page}
    assert rival.client_id in actors
    assert shop.client_id not in actors


def ids(caller: Caller, path: str) -> list[str]:
    return [each["id"] for page in caller.pages(path, limit=100) for each in page]
