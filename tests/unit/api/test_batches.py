"""Refunds, releases and endings at a processor with open and closed batches."""

import pytest

from tests.contract.processor.fake import CANNOT_BE_MODIFIED, NO_ANSWER, NOT_ATTEMPTED, REFUSAL, LostAnswer
from tests.examples import ACCOUNT
from tests.unit.api.caller import RULES, Answer, Api
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.operation import Means
from tollgate.domain.outcome import InDoubt
from tollgate.operations.follow_up import Came

READ = "GET /v1/payments/{id}"
CAPTURES = "POST /v1/payments/{id}/captures"
VOID = "POST /v1/payments/{id}/void"
REFUNDS = "POST /v1/payments/{id}/refunds"
DAY = 86_400
CARD = Card("4539858876047062", 12, 2030)


def kinds(api: Api) -> list[tuple[str, int]]:
    return [(effect.kind, effect.amount) for effect in api.processor.effects]


def paid(api: Api, capture_method: str = "automatic") -> str:
    return api.pay(capture_method=capture_method).body["id"]


def refund(api: Api, payment: str, amount: int | None = None, key: str = "r1") -> Answer:
    return api.call(REFUNDS, {} if amount is None else {"amount": amount}, id=payment, key=key)


def read(api: Api, payment: str) -> dict[str, object]:
    return api.call(READ, id=payment).body


@pytest.mark.parametrize("amount", [None, 4_000])
@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("deferred", [False, True])
def test_on_the_day_of_sale_a_refund_is_a_reversal_of_just_as_much(
    api: Api, amount: int | None, lost: bool, deferred: bool
) -> None:
    payment, given = paid(api), amount or 10_000
    api.processor.script(*([LostAnswer()] if lost else []))
    prefer = {"Prefer": "respond-async"} if deferred else {}
    body = {} if amount is None else {"amount": amount}
    first = api.call(REFUNDS, body, id=payment, key="r1", headers=prefer)
    assert first.status == (202 if lost or deferred else 201)
    api.follow_up()
    api.later(RULES.first * 4)
    api.follow_up()
    assert refund(api, payment, amount).body["status"] == "succeeded"
    assert kinds(api) == [("sale", 10_000), ("reversal", given)]
    assert read(api, payment)["amount_refundable"] == 10_000 - given
    whole = amount is None
    means = Means.FULL_REVERSAL if whole else Means.PARTIAL_REVERSAL
    assert api.stored(payment).latest.means is means


def test_once_the_batch_has_closed_a_refund_refunds_what_reversals_left(api: Api) -> None:
    payment = paid(api)
    refund(api, payment, 3_000)
    api.processor.close_batch()
    assert refund(api, payment, 2_000, "r2").status == 201
    assert refund(api, payment, 5_000, "r3").status == 201
    assert kinds(api)[1:] == [("reversal", 3_000), ("refund", 2_000), ("refund", 5_000)]
    assert read(api, payment)["amount_refundable"] == 0


def test_a_partial_capture_is_given_back_without_the_rest_of_the_authorization(api: Api) -> None:
    payment = paid(api, capture_method="manual")
    api.call(CAPTURES, {"amount": 6_000, "final": False}, id=payment)
    assert refund(api, payment, 2_000).status == 201
    assert read(api, payment)["amount_capturable"] == 4_000
    assert api.call(CAPTURES, id=payment).body["amount_captured"] == 10_000
    assert kinds(api)[2:] == [("reversal", 2_000), ("capture", 4_000)]


def test_a_reversal_that_missed_its_batch_has_certainly_failed(api: Api) -> None:
    payment = paid(api)
    api.processor.script(NO_ANSWER)
    assert refund(api, payment).status == 202
    api.processor.close_batch()
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    failed = refund(api, payment)
    assert (failed.status, failed.body["refund"]["status"]) == (502, "failed")
    assert refund(api, payment, key="r2").status == 201
    assert kinds(api) == [("sale", 10_000), ("refund", 10_000)]


def test_a_refund_that_can_not_be_given_back_now_is_refused_and_its_key_is_free(api: Api) -> None:
    payment = paid(api)
    api.processor.books_closed = True
    assert refund(api, payment).status == 503
    api.processor.books_closed = False
    api.processor.reverse_elsewhere(api.stored(payment).processor_reference or "")
    assert refund(api, payment).code == "invalid_state"
    assert read(api, payment)["amount_refundable"] == 10_000


def test_a_refund_that_was_made_elsewhere_is_not_ours(api: Api) -> None:
    payment = paid(api)
    reference = api.stored(payment).processor_reference or ""
    api.processor.close_batch()
    api.processor.script(NO_ANSWER, NOT_ATTEMPTED)
    assert refund(api, payment, 2_500).status == 202
    api.processor.enter_refund(reference, 2_500, "by hand")
    api.later(RULES.not_found * 2)
    assert api.follow_up() == [Came.IN_DOUBT]
    assert isinstance(api.stored(payment).latest.outcome, InDoubt)
    assert read(api, payment)["amount_refunded"] == 0


def test_our_refund_is_known_by_its_text_among_others(api: Api) -> None:
    payment = paid(api)
    reference = api.stored(payment).processor_reference or ""
    api.processor.close_batch()
    api.processor.script(LostAnswer(), NO_ANSWER)
    refund(api, payment, 2_500)
    api.processor.enter_refund(reference, 2_500, "by hand")
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert refund(api, payment, 2_500).status == 201
    assert refund(api, payment, 2_500, "r2").status == 201
    references = [each.outcome.reference for each in api.stored(payment).refunds()]  # type: ignore[union-attr]
    assert len(set(references)) == 2


@pytest.mark.parametrize(("ends", "status"), [("expire", "expired"), ("reverse_elsewhere", "canceled")])
@pytest.mark.parametrize("route", [CAPTURES, VOID])
def test_an_authorization_that_ended_elsewhere_is_over_at_once(
    api: Api, ends: str, status: str, route: str
) -> None:
    payment = paid(api, capture_method="manual")
    getattr(api.processor, ends)(api.stored(payment).processor_reference)
    for _ in range(2):
        refused = api.call(route, id=payment, key="k1")
        assert (refused.status, refused.code) == (409, "invalid_state")
    assert (read(api, payment)["status"], read(api, payment)["next_check_at"]) == (status, None)
    assert api.processor.calls.count("capture") + api.processor.calls.count("reverse") == 1
    actions = [each for each in api.actions(payment) if each != "payment.read"]
    assert actions == ["payment.created", "payment.authorized", "payment.canceled"]


def test_a_capture_without_an_answer_ends_with_its_authorization(api: Api) -> None:
    payment = paid(api, capture_method="manual")
    api.processor.script(NO_ANSWER)
    assert api.call(CAPTURES, id=payment, key="c1").status == 202
    api.processor.expire(api.stored(payment).processor_reference or "")
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.RESOLVED]
    assert api.call(CAPTURES, id=payment, key="c1").status == 502
    assert read(api, payment)["status"] == "expired"


def test_a_refusal_for_a_state_that_the_books_do_not_explain_is_a_refusal(api: Api) -> None:
    payment = paid(api, capture_method="manual")
    api.processor.script(CANNOT_BE_MODIFIED)
    assert api.call(CAPTURES, id=payment).status == 502
    assert read(api, payment)["status"] == "authorized"


def test_money_that_is_held_out_of_settlement_is_not_captured(api: Api) -> None:
    api.processor.holds = True
    held = api.pay(payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    assert held.status == 202
    api.later(RULES.first * 2)
    assert api.follow_up() == [Came.STILL_OPEN]
    api.later(2 * DAY)
    api.follow_up()
    api.later(2 * DAY)
    assert api.follow_up() == [Came.IN_DOUBT]
    assert read(api, held.body["id"])["status"] == "processing"


def failed(api: Api) -> str:
    """A payment that was given up, as the books had no trace of it."""
    api.processor.script(NO_ANSWER)
    answer = api.pay(payment_method={"encrypted_card": api.card_keys.encrypt("mer_one")})
    api.later(RULES.not_found + 60)
    assert api.follow_up() == [Came.RESOLVED]
    return answer.body["id"]


def late_charge(api: Api, payment: str, key: str) -> None:
    api.processor.send(ACCOUNT, key, Charge(payment, 10_000, "USD", True, CARD, None))


def looks(api: Api, hours: int) -> list[Came]:
    came: list[Came] = []
    for _ in range(hours):
        api.later(3_600)
        came += api.follow_up()
    return came


def test_a_late_charge_whose_batch_has_closed_is_refunded_once(api: Api) -> None:
    payment = failed(api)
    late_charge(api, payment, "k1")
    api.processor.close_batch()
    api.processor.script(LostAnswer())
    assert Came.LATE_CHARGE in looks(api, 6)
    assert kinds(api) == [("sale", 10_000), ("refund", 10_000)]
    assert read(api, payment)["status"] == "failed"


def test_of_two_late_charges_both_are_given_back(api: Api) -> None:
    payment = failed(api)
    late_charge(api, payment, "k1")
    late_charge(api, payment, "k2")
    assert looks(api, 8).count(Came.LATE_CHARGE) == 2
    assert [kind for kind, _ in kinds(api)] == ["sale", "sale", "reversal", "reversal"]


def test_a_late_charge_that_can_not_be_given_back_goes_to_a_person(api: Api) -> None:
    payment = failed(api)
    late_charge(api, payment, "k1")
    api.processor.close_batch()
    api.processor.script(REFUSAL)
    assert looks(api, 30)[-1] is Came.IN_DOUBT
    assert api.processor.calls.count("refund") == 1
    assert api.stored(payment).follow_up_at is not None


def test_of_two_charges_under_one_order_the_one_that_is_not_the_payments_is_given_back(api: Api) -> None:
    card = {"encrypted_card": api.card_keys.encrypt("mer_one")}
    api.processor.script(LostAnswer())
    payment = api.pay(payment_method=card).body["id"]
    late_charge(api, payment, "k2")
    assert Came.LATE_CHARGE in looks(api, 6)
    assert [kind for kind, _ in kinds(api)] == ["sale", "sale", "reversal"]
    shown = read(api, payment)
    assert (shown["status"], shown["amount_captured"], shown["amount_refunded"]) == ("captured", 10_000, 0)


def test_a_final_capture_sends_nothing_to_release_the_rest(api: Api) -> None:
    payment = paid(api, capture_method="manual")
    api.call(CAPTURES, {"amount": 6_000}, id=payment)
    assert kinds(api) == [("authorization", 10_000), ("capture", 6_000)]
