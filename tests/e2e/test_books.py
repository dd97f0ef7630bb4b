"""The end of all tests: the processor's books agree with the API, and no operation is left open."""

from collections import Counter, defaultdict

import pytest

from tests.e2e.caller import Caller, Object
from tests.e2e.lost import Lost
from tests.e2e.processor import Processor
from tests.integration.local.project import eventually

WITHIN = 120
"""Seconds in which everything resolves after the processor works again."""


@pytest.fixture(scope="module", autouse=True)
def processor_works(simulator: Processor, lost: list[Lost]) -> None:
    simulator.works()


def test_every_lost_outcome_is_found_out_and_told(
    shop: Caller, simulator: Processor, lost: list[Lost]
) -> None:
    for each in lost:
        again = eventually(lambda each=each: final(shop, each), WITHIN)
        assert again.status_code == each.outcome, (each.name, again.text)
        assert again.headers["Idempotent-Replayed"] == "true"
        effects = [entry["kind"] for entry in simulator.transactions({"id": each.payment_id})]
        assert effects == list(each.effects), each.name


def final(shop: Caller, lost: Lost):
    answer = shop.post(lost.path, lost.body, lost.key)
    return None if answer.status_code == 202 else answer


def test_what_was_found_out_later_is_on_the_trail_as_the_systems_doing(
    shop: Caller, lost: list[Lost]
) -> None:
    for each in lost:
        resource = each.answer.json()["id"]
        records = [r for r in shop.get("/v1/audits", resource=resource).json()["data"] if r["chain"]]
        assert records[0]["actor"] == {"type": "system", "id": "follow-up"}, each.name


def in_the_books(simulator: Processor) -> dict[str, Counter[str]]:
    """For each payment, the sums of what took effect, by kind."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in simulator.transactions():
        sums[entry["order_id"]][entry["kind"]] += entry["amount"]
    return sums


def told(payment: Object) -> Counter[str]:
    """The same, as the API tells it."""
    manual = payment["capture_method"] == "manual"
    return Counter(
        {
            "authorization": payment["amount_authorized"] if manual else 0,
            "sale": 0 if manual else payment["amount_captured"],
            "capture": payment["amount_captured"] if manual else 0,
            "reversal": payment["amount_authorized"] if payment["status"] == "canceled" else 0,
            "refund": payment["amount_refunded"],
        }
    )


def test_the_processors_books_agree_with_every_payment(
    shop: Caller, rival: Caller, simulator: Processor
) -> None:
    books = in_the_books(simulator)
    payments = [
        each for who in (shop, rival) for page in who.pages("/v1/payments", limit=100) for each in page
    ]
    assert {each["id"] for each in payments} >= books.keys()
    for payment in payments:
        assert payment["next_check_at"] is None
        assert +told(payment) == +books.get(payment["id"], Counter()), payment
