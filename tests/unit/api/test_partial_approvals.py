"""A partial approval is a decline at once; what was approved is given back, however long that takes."""

import pytest

from tests.contract.processor.fake import NO_ANSWER, REFUSAL, Half, LostAnswer
from tests.unit.api.caller import RULES, Answer, Api
from tollgate.domain.instruction import Instruction
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome
from tollgate.operations.follow_up import Came

READ = "GET /v1/payments/{id}"
DAYS = 86_400


def kinds(api: Api) -> list[str]:
    return [effect.kind for effect in api.processor.effects]


def declined(api: Api, **fields: object) -> Answer:
    """The answer to a payment of which half was approved."""
    api.processor.script(Half())
    answer = api.pay(key="k1", **{"payment_method": {"token": api.token()}, **fields})
    assert (answer.status, answer.body["code"]) == (402, "card_declined")
    return answer


def again(api: Api, first: Answer) -> Answer:
    means = {"token": first.body["payment"]["payment_method"]["token"]}
    return api.pay(key="k1", payment_method=means)


@pytest.mark.parametrize("capture_method", ["automatic", "manual"])
def test_it_is_a_decline_at_once_and_given_back_by_the_next_sweep(api: Api, capture_method: str) -> None:
    shown = declined(api, capture_method=capture_method).body["payment"]
    assert (shown["status"], shown["amount_authorized"], shown["amount_captured"]) == ("declined", 0, 0)
    assert shown["failure"]["code"] == "partial_approval"
    assert shown["next_check_at"] is None
    assert api.follow_up() == [Came.RESOLVED]
    assert [(each.kind, each.amount) for each in api.processor.effects][1:] == [("reversal", 5_000)]
    assert api.follow_up() == []


def test_the_decline_and_what_is_owed_are_stored_in_one_change(api: Api) -> None:
    """Whoever hears 402 knows that no charge will stand: nothing may come between the two."""
    payment = api.stored(declined(api).body["payment"]["id"])
    assert payment.version == 2
    assert payment.follow_up_at == api.clock.now()


def test_its_replay_is_the_identical_answer_before_and_after_the_release(api: Api) -> None:
    first = declined(api)
    before = again(api, first)
    assert api.follow_up() == [Came.RESOLVED]
    after = again(api, first)
    for replayed in (before, after):
        assert (replayed.status, replayed.body["payment"]) == (402, first.body["payment"])
        assert replayed.headers["Idempotent-Replayed"] == "true"
    assert kinds(api) == ["sale", "reversal"]


def test_the_release_is_on_the_trail(api: Api) -> None:
    payment_id = declined(api).body["payment"]["id"]
    api.follow_up()
    assert api.actions(payment_id) == ["payment.created", "payment.declined", "payment.canceled"]


def test_while_it_is_owed_the_payment_says_when_somebody_looks_next(api: Api) -> None:
    payment_id = declined(api).body["payment"]["id"]
    api.processor.books_closed = True
    assert api.follow_up() == [Came.STILL_OPEN]
    shown = api.call(READ, id=payment_id).body
    assert shown["status"] == "declined"
    assert shown["next_check_at"] is not None


def test_a_release_that_fails_is_tried_until_the_books_show_it(api: Api) -> None:
    declined(api)
    api.processor.script(NO_ANSWER, REFUSAL, LostAnswer())
    for wait in (0, RULES.longest, RULES.longest):
        api.later(wait)
        assert api.follow_up() == [Came.STILL_OPEN]
    api.later(RULES.longest)
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["sale", "reversal"]


def test_once_the_batch_has_closed_it_is_refunded(api: Api) -> None:
    declined(api)
    api.processor.close_batch()
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["sale", "refund"]


def test_what_cant_be_given_back_for_a_day_goes_to_a_person(api: Api) -> None:
    declined(api)
    api.processor.script(REFUSAL)
    api.later(DAYS + 1)
    assert api.follow_up() == [Came.IN_DOUBT]


def test_an_approval_that_nobody_stored_is_declined_by_the_follow_up(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, send = api.token(), api.processor.send

    def approved_and_killed(*arguments: object) -> object:
        send(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    api.processor.script(Half())
    with monkeypatch.context() as patch:
        patch.setattr(api.processor, "send", approved_and_killed)
        with pytest.raises(KeyboardInterrupt):
            api.pay(key="k1", payment_method={"token": token})
    api.later(60)
    assert api.follow_up() == [Came.STILL_OPEN]  # declined; what it owes is open
    heard = api.pay(key="k1", payment_method={"token": token})
    assert (heard.status, heard.body["payment"]["status"]) == (402, "declined")
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["sale", "reversal"]


def test_a_part_that_only_the_books_show_is_declined_and_given_back(api: Api) -> None:
    """A card's code isn't kept: its request can't be sent again."""
    api.processor.script(Half())
    send = api.processor.send
    card = {"encrypted_card": api.card_keys.encrypt("mer_one")}

    def answer_lost(account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        send(account, key, instruction)
        return NO_ANSWER

    api.processor.send = answer_lost
    unknown = api.pay(payment_method=card)
    api.processor.send = send
    assert unknown.status == 202
    api.later(RULES.first * 2)
    api.follow_up()
    assert api.call(READ, id=unknown.body["id"]).body["status"] == "declined"
    assert api.follow_up() == [Came.RESOLVED]
    assert kinds(api) == ["sale", "reversal"]
