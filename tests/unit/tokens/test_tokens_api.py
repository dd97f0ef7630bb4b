"""`/v1/tokens`, through the function's own pipeline."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards import MASTERCARD, VISA
from tests.events import body_of, call
from tests.examples import NOW
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.trail import FakeTrail
from tests.fakes.vault import FakeVault
from tollgate.domain.audit import Action, AuditOutcome, timestamp
from tollgate.domain.merchant import Scope
from tollgate.handlers.dispatch import serve
from tollgate.handlers.tokens import ROUTES
from tollgate.wiring.tokens import World

HOUR = 3_600_000


class Api:
    """The function with everything in memory."""

    def __init__(self) -> None:
        self.trail = FakeTrail()
        self.vault = FakeVault(self.trail)
        self.card_keys = FakeCardKeys()
        self.clock = FakeClock()
        self._world = World(self.vault, self.card_keys, self.trail, self.clock, FakeIds())

    def call(self, route: str, body: object = None, **how: Any) -> dict[str, Any]:
        return serve(call(route, body, **how), ROUTES, lambda: self._world)

    def create(self, jwe: str, key: str = "k", **how: Any) -> dict[str, Any]:
        return self.call("POST /v1/tokens", {"encrypted_card": jwe}, key=key, **how)

    def read(self, token_id: str, **how: Any) -> dict[str, Any]:
        return self.call("GET /v1/tokens/{id}", id=token_id, **how)

    def delete(self, token_id: str, **how: Any) -> dict[str, Any]:
        return self.call("DELETE /v1/tokens/{id}", id=token_id, **how)

    def jwe(self, number: str = VISA, **claims: Any) -> str:
        return self.card_keys.encrypt("mer_one", number, **claims)

    def actions(self) -> list[Action]:
        return [audit.action for audit in self.trail.audits]


@pytest.fixture
def api() -> Api:
    return Api()


def outcome(answer: dict[str, Any]) -> tuple[int, str]:
    return answer["statusCode"], body_of(answer)["code"]


def test_a_card_becomes_a_token(api: Api) -> None:
    answer = api.create(api.jwe())
    token = body_of(answer)
    assert answer["statusCode"] == 201
    assert "Idempotent-Replayed" not in answer["headers"]
    assert token["id"].startswith("tok_")
    assert len(token["id"]) == 24
    assert token == {
        "id": token["id"],
        "object": "token",
        "card": {
            "brand": "visa",
            "last4": VISA[-4:],
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": token["card"]["fingerprint"],
        },
        "created_at": timestamp(NOW),
    }


def test_creation_is_on_record_once_with_the_token(api: Api) -> None:
    token = body_of(api.create(api.jwe()))
    (audit,) = api.trail.audits
    assert audit.action is Action.TOKEN_CREATED
    assert (audit.resource.id, audit.status, audit.ids, audit.sha256) == (
        token["id"],
        201,
        (token["id"],),
        None,
    )


def test_nothing_is_created_that_cannot_be_recorded(api: Api) -> None:
    api.trail.broken = True
    assert api.create(api.jwe())["statusCode"] == 500
    api.trail.broken = False
    assert "Idempotent-Replayed" not in api.create(api.jwe())["headers"]


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


def test_keys_belong_to_their_merchant(api: Api) -> None:
    mine = body_of(api.create(api.jwe()))
    theirs = body_of(api.create(api.card_keys.encrypt("mer_two"), merchant="mer_two"))
    assert mine["id"] != theirs["id"]
    assert mine["card"]["fingerprint"] != theirs["card"]["fingerprint"]


def test_the_same_card_has_the_same_fingerprint(api: Api) -> None:
    one, two = (body_of(api.create(api.jwe(), key=key)) for key in ("a", "b"))
    assert one["id"] != two["id"]
    assert one["card"]["fingerprint"] == two["card"]["fingerprint"]


def test_a_refused_card_leaves_the_key_free(api: Api) -> None:
    assert outcome(api.create("no jwe")) == (422, "encrypted_card_invalid")
    assert outcome(api.create(api.jwe(exp_year=2020))) == (422, "card_invalid")
    assert "Idempotent-Replayed" not in api.create(api.jwe())["headers"]


def test_a_card_problem_points_to_the_ciphertext(api: Api) -> None:
    (error,) = body_of(api.create(api.jwe(VISA[:-1] + "3")))["errors"]
    assert error["pointer"] == "/encrypted_card"
    assert "number" in error["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/encrypted_card"),
        ({"encrypted_card": 1}, "/encrypted_card"),
        ({"encrypted_card": None}, "/encrypted_card"),
        ({"encrypted_card": "x", "number": "1"}, "/number"),
    ],
)
def test_a_malformed_body_is_named_by_its_field(body: object, pointer: str, api: Api) -> None:
    answer = api.call("POST /v1/tokens", body, key="k")
    assert outcome(answer) == (400, "invalid_request")
    assert body_of(answer)["errors"][0]["pointer"] == pointer


def test_a_key_is_required(api: Api) -> None:
    answer = api.call("POST /v1/tokens", {"encrypted_card": api.jwe()})
    assert outcome(answer) == (400, "idempotency_key_missing")


def test_reading_is_recorded_with_the_digest_of_the_answer(api: Api) -> None:
    created = api.create(api.jwe())
    answer = api.read(body_of(created)["id"])
    assert (answer["statusCode"], answer["body"]) == (200, created["body"])
    audit = api.trail.audits[-1]
    assert audit.action is Action.TOKEN_READ
    assert audit.sha256 == hashlib.sha256(answer["body"].encode()).hexdigest()


def test_a_deleted_token_is_gone_but_its_creation_is_answered_again(api: Api) -> None:
    jwe = api.jwe()
    created = api.create(jwe)
    token_id = body_of(created)["id"]
    deleted = api.delete(token_id)
    assert (deleted["statusCode"], deleted["body"]) == (204, "")
    assert outcome(api.read(token_id)) == outcome(api.delete(token_id)) == (404, "not_found")
    for again in (api.create(jwe), api.create(api.jwe())):
        assert (again["statusCode"], again["body"]) == (201, created["body"])
    assert outcome(api.read(token_id)) == (404, "not_found")


def test_deletion_is_on_record(api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    api.delete(token_id)
    audit = api.trail.audits[-1]
    assert (audit.action, audit.status, audit.resource.id) == (Action.TOKEN_DELETED, 204, token_id)


def test_anothers_token_is_as_if_it_never_existed(api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    for act in (api.read, api.delete):
        foreign, unknown = act(token_id, merchant="mer_two"), act("tok_none", merchant="mer_two")
        assert foreign["statusCode"] == unknown["statusCode"] == 404
        assert foreign["body"] == unknown["body"]
        assert api.trail.audits[-1].outcome is AuditOutcome.DENIED
        assert api.trail.audits[-1].merchant_id == "mer_two"
    assert api.read(token_id)["statusCode"] == 200


@pytest.mark.parametrize("token_id", ["key#mer_one", "jti#x", "x" * 5000, "tok_", " "])
def test_what_is_no_token_id_is_not_found(token_id: str, api: Api) -> None:
    assert outcome(api.read(token_id)) == (404, "not_found")


def test_scopes_are_checked_and_refusals_recorded(api: Api) -> None:
    read_only, write_only = [Scope.TOKENS_READ], [Scope.TOKENS_WRITE]
    assert outcome(api.create(api.jwe(), scopes=read_only)) == (403, "insufficient_scope")
    token_id = body_of(api.create(api.jwe(), scopes=write_only))["id"]
    assert outcome(api.read(token_id, scopes=write_only)) == (403, "insufficient_scope")
    assert outcome(api.delete(token_id, scopes=read_only)) == (403, "insufficient_scope")
    assert api.actions().count(Action.ACCESS_DENIED) == 3


@pytest.mark.parametrize("route", ["POST /v1/tokens", "GET /v1/tokens/{id}", "DELETE /v1/tokens/{id}"])
def test_unknown_query_parameters_are_refused(route: str, api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    body = {"encrypted_card": api.jwe()} if route.startswith("POST") else None
    answer = api.call(route, body, id=token_id, key="k2", query={"expand": "card"})
    assert outcome(answer) == (400, "invalid_request")
    assert api.read(token_id)["statusCode"] == 200


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
