"""`POST /v1/tokens`: a card becomes a token."""

import pytest

from tests.cards import VISA
from tests.events import body_of
from tests.examples import NOW
from tests.unit.tokens.caller import Api, outcome
from tollgate.domain.audit import Action, timestamp


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


def test_keys_belong_to_their_merchant(api: Api) -> None:
    mine = body_of(api.create(api.jwe()))
    theirs = body_of(api.create(api.card_keys.encrypt("mer_two"), merchant="mer_two"))
    assert mine["id"] != theirs["id"]
    assert mine["card"]["fingerprint"] != theirs["card"]["fingerprint"]


def test_the_same_card_has_the_same_fingerprint(api: Api) -> None:
    one, two = (body_of(api.create(api.jwe(), key=key)) for key in ("a", "b"))
    assert one["id"] != two["id"]
    assert one["card"]["fingerprint"] == two["card"]["fingerprint"]


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
