"""The end of all tests: the processor's books agree with the API, and no operation is left open."""

import time
from collections import Counter, defaultdict

import pytest
import requests

from tests.e2e.caller import Caller, Object, code_of
from tests.e2e.lost import ACCEPTED, Lost
from tests.e2e.matrix.agreement import disagreements
from tests.e2e.matrix.convergence import WITHIN, wait_until_resolved
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.striking import Struck
from tests.e2e.processor import Processor, as_told
from tests.integration.local.project import eventually

Answers = list[tuple[Lost, requests.Response]]


@pytest.fixture(scope="module")
def final_answers(shop: Caller, lost: list[Lost], recovered: float) -> Answers:
    """To the lost requests, repeated after the outage until there is an outcome."""
    return [(each, final_answer(shop, each, recovered + WITHIN)) for each in lost]


def final_answer(shop: Caller, lost: Lost, deadline: float) -> requests.Response:
    """Asking leaves a record on the trail, so that it isn't done more often than needed."""
    while (answer := shop.post(lost.path, lost.body, lost.key)).status_code == ACCEPTED:
        assert time.monotonic() < deadline, f"{lost.name}: no outcome within {WITHIN} s"
        time.sleep(1)
    return answer


def test_every_lost_outcome_is_found_out_and_told(final_answers: Answers, simulator: Processor) -> None:
    for each, answer in final_answers:
        assert answer.status_code == each.outcome, (each.name, answer.text)
        assert answer.headers["Idempotent-Replayed"] == "true"
        effects = [kind for kind, _ in simulator.effects({"id": each.payment_id})]
        assert effects == list(each.effects), each.name


def test_after_every_pair_of_faults_everybody_agrees_in_time(
    laptop: Laptop, simulator: Processor, struck: list[Struck], recovered: float
) -> None:
    check(laptop, simulator, struck, recovered)


def test_what_a_killed_function_left_behind_is_finished_in_time_and_nobody_asking(
    laptop: Laptop, simulator: Processor, crashed: list[Struck], recovered: float
) -> None:
    check(laptop, simulator, crashed, recovered)


def check(laptop: Laptop, simulator: Processor, struck: list[Struck], recovered: float) -> None:
    """No request is sent again before everything is resolved."""
    payment_ids = {each.payment_id for each in struck}
    wait_until_resolved(laptop.shop, payment_ids, recovered, lambda line: None)
    assert disagreements(struck, laptop.shop, simulator) == []


@pytest.mark.usefixtures("final_answers")
@pytest.mark.parametrize(
    "action", ["payment.captured", "payment.canceled", "payment.failed", "refund.succeeded"]
)
def test_what_was_found_out_later_is_on_the_trail_as_the_systems_doing(shop: Caller, action: str) -> None:
    query = {"actor": "follow-up", "action": action}
    found_out = eventually(lambda: shop.get("/v1/audits", **query).json()["data"])
    assert {record["actor"]["type"] for record in found_out} == {"system"}


def test_a_client_is_out_a_minute_after_it_was_revoked(revoked: tuple[Caller, float]) -> None:
    client, at = revoked
    eventually(lambda: time.monotonic() > at + 60, 60)
    answer = client.get("/v1/payments")
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


def in_the_books(simulator: Processor) -> dict[str, Counter[str]]:
    """For each payment, the sums of what took effect, by kind."""
    entries: dict[str, list[Object]] = defaultdict(list)
    for entry in simulator.transactions():
        entries[entry["order_id"]].append(entry)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for order_id, of_order in entries.items():
        for kind, amount in as_told(of_order):
            sums[order_id][kind] += amount
    return sums


def told(payment: Object) -> Counter[str]:
    """The same, as the API tells it. Of half an approval (the simulator's part) it tells only that it was."""
    manual = payment["capture_method"] == "manual"
    if payment["failure"] and payment["failure"]["code"] == "partial_approval":
        taken, given_back = ("authorization", "reversal") if manual else ("sale", "refund")
        return Counter({taken: payment["amount"] // 2, given_back: payment["amount"] // 2})
    return Counter(
        {
            "authorization": payment["amount_authorized"] if manual else 0,
            "sale": 0 if manual else payment["amount_captured"],
            "capture": payment["amount_captured"] if manual else 0,
            "reversal": payment["amount_authorized"] if payment["status"] == "canceled" else 0,
            "refund": payment["amount_refunded"],
        }
    )


@pytest.mark.usefixtures("final_answers")
def test_the_processors_books_agree_with_every_payment(
    shop: Caller, rival: Caller, one_capture: Caller, laptop: Laptop, simulator: Processor
) -> None:
    merchants = (shop, rival, one_capture, laptop.shop)
    payments = eventually(lambda: without_open_ones(all_payments(*merchants)))
    books = in_the_books(simulator)
    assert {each["id"] for each in payments} >= books.keys()
    for payment in payments:
        assert +told(payment) == +books.get(payment["id"], Counter()), payment


def all_payments(*merchants: Caller) -> list[Object]:
    return [each for who in merchants for page in who.pages("/v1/payments", limit=100) for each in page]


def without_open_ones(payments: list[Object]) -> list[Object] | None:
    """All of them, or None while one has an operation without an outcome."""
    return None if any(payment["next_check_at"] for payment in payments) else payments
