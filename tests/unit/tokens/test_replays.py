"""The same key again: what `POST /v1/tokens` answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards import MASTERCARD, VISA
from tests.events import body_of
from tests.fakes.ids import FakeIds
from tests.fakes.vault import FakeVault
from tests.unit.tokens.caller import Api, outcome
from tollgate.domain.audit import Action
from tollgate.wiring.tokens import World

HOUR = 3_600_000


def test_the_same_request_hears_the_first_answer_again(api: Api) -> None:
    jwe = api.jwe()
    first, second = api.create(jwe), api.create(jwe)
    assert second["headers"]["Idempotent-Replayed"] == "true"
    assert (second["statusCode"], second["body"]) == (first["statusCode"], first["body"])
    assert api.actions() == [Action.TOKEN_CREATED, Action.TOKEN_READ]


def test_an_identical_ciphertext_is_never_too_old_to_be_answered_again(api: Api) -> None:
    jwe = api.jwe()
    first = api.create(jwe)
    api.clock.advance(HOUR * 24 * 31)
    api.card_keys._plaintexts.clear()
    assert api.create(jwe)["body"] == first["body"]


def test_the_same_card_encrypted_anew_is_the_same_request(api: Api) -> None:
    first = api.create(api.jwe(cvc="123", name="Ada"))
    again = api.create(api.jwe(cvc="999"))
    assert again["headers"]["Idempotent-Replayed"] == "true"
    assert again["body"] == first["body"]


def test_it_stays_the_same_request_after_a_new_key_version(api: Api) -> None:
    first = api.create(api.jwe())
    api.vault.key_version = 2
    assert api.create(api.jwe())["body"] == first["body"]


def test_a_quoted_key_is_the_same_key(api: Api) -> None:
    first = api.create(api.jwe(), key="k")
    assert api.create(api.jwe(), key='"k"')["body"] == first["body"]


@pytest.mark.parametrize("change", [{"number": MASTERCARD}, {"exp_month": 11}, {"exp_year": 2035}])
def test_another_card_under_the_key_is_refused(change: dict[str, Any], api: Api) -> None:
    api.create(api.jwe())
    assert outcome(api.create(api.jwe(**change))) == (422, "idempotency_key_reused")


def test_a_card_refused_for_its_key_can_be_sent_with_another(api: Api) -> None:
    api.create(api.jwe())
    other = api.jwe(MASTERCARD)
    api.create(other)
    assert api.create(other, key="k2")["statusCode"] == 201


def test_a_ciphertext_is_good_for_one_key(api: Api) -> None:
    jwe = api.jwe()
    api.create(jwe)
    assert outcome(api.create(jwe, key="k2")) == (422, "encrypted_card_invalid")


def test_a_ciphertext_sent_to_replay_is_used_up_too(api: Api) -> None:
    api.create(api.jwe())
    again = api.jwe()
    api.create(again)
    assert outcome(api.create(again, key="k2")) == (422, "encrypted_card_invalid")


def test_a_refused_card_leaves_the_key_free(api: Api) -> None:
    assert outcome(api.create("no jwe")) == (422, "encrypted_card_invalid")
    assert outcome(api.create(api.jwe(exp_year=2020))) == (422, "card_invalid")
    assert "Idempotent-Replayed" not in api.create(api.jwe())["headers"]


def test_a_lost_race_is_answered_as_a_replay() -> None:
    class Overtaken(FakeVault):
        """Doesn't see what another request has just stored, the first time."""

        blind = True

        def find(self, merchant_id: str, token_id: str) -> Any:
            if self.blind:
                self.blind = False
                return None
            return super().find(merchant_id, token_id)

    api = Api()
    first = api.create(api.jwe())
    overtaken = Overtaken(api.trail)
    overtaken._tokens = api.vault._tokens
    api._world = World(overtaken, api.card_keys, api.trail, api.clock, FakeIds())
    again = api.create(api.jwe())
    assert again["headers"]["Idempotent-Replayed"] == "true"
    assert again["body"] == first["body"]


STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from([VISA, MASTERCARD]), st.booleans()), max_size=12
)


@given(steps=STEPS)
def test_whatever_is_repeated_a_key_names_one_card_for_ever(steps: list[tuple[str, str, bool]]) -> None:
    api = Api()
    first: dict[str, dict[str, Any]] = {}
    for key, number, delete in steps:
        answer = api.create(api.jwe(number), key=key)
        if key not in first:
            assert answer["statusCode"] == 201
            first[key] = answer
        elif body_of(first[key])["card"]["last4"] == number[-4:]:
            assert answer["body"] == first[key]["body"]
        else:
            assert outcome(answer) == (422, "idempotency_key_reused")
        if delete:
            api.delete(body_of(first[key])["id"])
    assert api.actions().count(Action.TOKEN_CREATED) == len(first)
