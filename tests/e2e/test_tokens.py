"""The card vault: cards in, tokens out, and nothing left behind a deleted one."""

import time
import uuid
from typing import Any

import pytest

from onboarding import Stage, rotate_card_key
from tests.cards import DISCOVER, MASTERCARD, VISA, encrypt, encrypt_card
from tests.e2e.caller import Caller, code_of, created


def post(shop: Caller, jwe: str, key: str | None = None) -> Any:
    return shop.post("/v1/tokens", {"encrypted_card": jwe}, key)


def vault_row(stage: Stage, token_id: str) -> dict[str, Any]:
    return stage.dynamodb.get_item(TableName=stage.physical_name("vault"), Key={"id": {"S": token_id}})[
        "Item"
    ]


def test_a_card_becomes_a_token_that_can_be_read(shop: Caller) -> None:
    token = created(post(shop, shop.card(MASTERCARD, exp_month=7, exp_year=2031)))
    assert token.keys() == {"id", "object", "card", "created_at"}
    fingerprint = token["card"].pop("fingerprint")
    assert token["card"] == {"brand": "mastercard", "last4": "0007", "exp_month": 7, "exp_year": 2031}
    assert shop.read(token)["card"]["fingerprint"] == fingerprint


def test_one_card_has_one_fingerprint_at_each_merchant(shop: Caller, rival: Caller) -> None:
    first, again, other = (created(post(who, who.card())) for who in (shop, shop, rival))
    another_card = created(post(shop, shop.card(DISCOVER)))
    assert first["id"] != again["id"]
    assert first["card"]["fingerprint"] == again["card"]["fingerprint"]
    fingerprints = {token["card"]["fingerprint"] for token in (first, other, another_card)}
    assert len(fingerprints) == 3


def test_a_deleted_token_is_gone_and_so_is_its_ciphertext(shop: Caller, stage: Stage) -> None:
    token = created(post(shop, shop.card()))
    assert "ciphertext" in vault_row(stage, token["id"])
    deleted = shop.delete(f"/v1/tokens/{token['id']}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert "ciphertext" not in vault_row(stage, token["id"])
    for answer in (shop.get(f"/v1/tokens/{token['id']}"), shop.delete(f"/v1/tokens/{token['id']}")):
        assert (answer.status_code, code_of(answer)) == (404, "not_found")
    refused = shop.post_payment(payment_method={"token": token["id"]})
    assert (refused.status_code, code_of(refused)) == (422, "token_invalid")


def test_a_key_makes_one_token_and_answers_it_again(shop: Caller) -> None:
    key, jwe = str(uuid.uuid4()), shop.card()
    first = post(shop, jwe, key)
    for again in (post(shop, jwe, key), post(shop, jwe, f'"{key}"'), post(shop, shop.card(), key)):
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert shop.delete(f"/v1/tokens/{first.json()['id']}").status_code == 204
    assert post(shop, jwe, key).content == first.content


def test_a_key_with_another_card_is_refused(shop: Caller) -> None:
    key = str(uuid.uuid4())
    created(post(shop, shop.card(), key))
    for card in (shop.card(MASTERCARD), shop.card(exp_year=2039)):
        refused = post(shop, card, key)
        assert (refused.status_code, code_of(refused)) == (422, "idempotency_key_reused")


def tampered(jwe: str) -> str:
    """With one bit of the ciphertext changed."""
    *head, ciphertext, tag = jwe.split(".")
    return ".".join((*head, ("B" if ciphertext[0] == "A" else "A") + ciphertext[1:], tag))


def unopened(shop: Caller) -> dict[str, str]:
    """A card that can't be opened, for each reason of the contract."""
    key, merchant = shop.card_key, shop.merchant_id
    return {
        "not a JWE": "not a jwe",
        "other alg": encrypt_card(key, merchant, header={"alg": "RSA-OAEP"}),
        "other enc": encrypt_card(key, merchant, header={"enc": "A128GCM"}),
        "compressed": encrypt_card(key, merchant, header={"zip": "DEF"}),
        "unknown kid": encrypt_card({**key, "kid": "unknown"}, merchant),
        "tampered": tampered(shop.card()),
        "too long": shop.card(name="x" * 3000),
    }


def wrong(shop: Caller, rival: Caller) -> dict[str, str]:
    """A card that opens and isn't of the contract's form, by what its sender is told of."""
    key, merchant, now = shop.card_key, shop.merchant_id, int(time.time())
    return {
        "merchant: ": rival.card(),
        "iat: ": shop.card(iat=now - 660),
        "seconds ahead, at most 300": shop.card(iat=now + 360),
        "jti: is missing": encrypt_card(key, merchant, without="jti"),
        "pin: isn't known": shop.card(pin="0000"),
        "JSON": encrypt(key, b"4111"),
    }


def test_what_cannot_be_opened_is_refused_with_one_constant_detail(shop: Caller) -> None:
    details = set()
    for reason, jwe in unopened(shop).items():
        answer = post(shop, jwe)
        assert (answer.status_code, code_of(answer)) == (422, "encrypted_card_invalid"), reason
        assert answer.json()["errors"][0]["pointer"] == "/encrypted_card"
        details.add(answer.json()["detail"])
    assert len(details) == 1


def test_what_opens_and_is_wrong_is_refused_by_the_members_name(shop: Caller, rival: Caller) -> None:
    for words, jwe in wrong(shop, rival).items():
        answer = post(shop, jwe)
        assert (answer.status_code, code_of(answer)) == (422, "encrypted_card_invalid"), words
        (error,) = answer.json()["errors"]
        assert error["pointer"] == "/encrypted_card"
        assert words in error["detail"]
        assert words in answer.json()["detail"]


def test_a_jwe_is_good_for_one_key(shop: Caller) -> None:
    jwe = shop.card()
    created(post(shop, jwe))
    for again in (post(shop, jwe), shop.post_payment(payment_method={"encrypted_card": jwe})):
        assert (again.status_code, code_of(again)) == (422, "encrypted_card_invalid")


@pytest.mark.parametrize(
    ("claims", "field"),
    [
        ({"number": VISA[:-1] + "3"}, "number"),
        ({"exp_year": 2020}, "exp_year"),
        ({"exp_month": 1, "exp_year": 2026}, "exp_month"),
    ],
)
def test_a_card_that_is_none_or_has_expired_is_named(
    shop: Caller, claims: dict[str, Any], field: str
) -> None:
    answer = post(shop, shop.card(**claims))
    assert (answer.status_code, code_of(answer)) == (422, "card_invalid")
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/encrypted_card"
    assert field in error["detail"]


def test_a_refused_card_leaves_its_key_free(shop: Caller) -> None:
    key = str(uuid.uuid4())
    assert post(shop, "not a jwe", key).status_code == 422
    created(post(shop, shop.card(), key))


def test_a_card_under_a_new_key_is_accepted_from_the_moment_that_the_key_is_listed(
    shop: Caller, stage: Stage
) -> None:
    created(post(shop, shop.card()))  # the function is warm, with the keys before
    new = rotate_card_key(stage).current
    listed = [key for key in shop.send("GET", "/.well-known/jwks.json").json()["keys"] if key["use"] == "enc"]
    assert listed[0]["kid"] == new
    for key in listed:
        created(post(shop, encrypt_card(key, shop.merchant_id)))
        method = {"encrypted_card": encrypt_card(key, shop.merchant_id)}
        created(shop.post_payment(payment_method=method))
