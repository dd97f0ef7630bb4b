"""The card vault: the table and the tests' stand-in alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import boto3
import pytest

from tests.cards import MASTERCARD, VISA
from tests.contract.events.tables import events_table
from tests.contract.tables import create_table
from tests.examples import EXCHANGE, NOW, merchant
from tests.fakes.clock import FakeClock
from tests.fakes.events import FakeOutbox
from tests.fakes.merchants import FakeMerchants
from tests.fakes.trail import FakeTrail
from tests.fakes.vault import FakeVault
from tollgate.adapters.event_outbox import EventOutbox, story_of
from tollgate.adapters.items import row_of
from tollgate.adapters.trail import AuditTrail
from tollgate.adapters.vault import MerchantKeys, VaultTable, create_merchant_key
from tollgate.domain.audit import Action, Audit, AuditOutcome, Resource
from tollgate.domain.card import Card
from tollgate.domain.event import Story
from tollgate.domain.token import StoredToken
from tollgate.domain.token_story import token_story
from tollgate.ports import Vault

CARD = Card(VISA, 12, 2034, cvc="123", name="Ada Lovelace")


@dataclass(frozen=True)
class Scene:
    vault: Vault
    recorded: Callable[[], set[str]]
    """Ids of the records on the trail."""
    told: Callable[[], list[Story]]
    """What is in the outbox, by the time of the latest event."""


@pytest.fixture(params=["fake", "table"])
def scene(request: pytest.FixtureRequest, aws: None) -> Scene:
    if request.param == "fake":
        trail, kept = FakeTrail(), FakeOutbox()
        return Scene(FakeVault(trail, kept), lambda: set(trail.recorded), lambda: kept.stories)
    dynamodb = create_table("vault")
    create_table("audits", {"by_merchant": ("trail", "position"), "by_resource": ("subject", "position")})
    for merchant_id in ("mer_one", "mer_two"):
        create_merchant_key(dynamodb, "vault", merchant_id, wrapped_key(merchant_id))
    keys = MerchantKeys(dynamodb, "vault", boto3.client("kms"), FakeClock())
    merchants = FakeMerchants(merchant("mer_one"), merchant("mer_two"))
    trail, outbox = AuditTrail(dynamodb, "audits", merchants), EventOutbox(events_table(), "events")
    vault = VaultTable(dynamodb, "vault", keys, trail, outbox)

    def rows(table: str) -> list[dict[str, Any]]:
        return [row_of(item) for item in dynamodb.scan(TableName=table)["Items"]]

    def told() -> list[Story]:
        return sorted(map(story_of, rows("events")), key=lambda story: story.events[-1].at)

    return Scene(vault, lambda: {row["id"] for row in rows("audits")}, told)


def wrapped_key(merchant_id: str) -> bytes:
    kms = boto3.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    answer = kms.generate_data_key_without_plaintext(
        KeyId=key, KeySpec="AES_256", EncryptionContext={"merchant": merchant_id}
    )
    return answer["CiphertextBlob"]


@pytest.fixture
def vault(scene: Scene) -> Vault:
    return scene.vault


def token(vault: Vault, id: str = "tok_one", card: Card = CARD, merchant_id: str = "mer_one") -> StoredToken:
    return StoredToken(
        id=id,
        merchant_id=merchant_id,
        summary=card.summary,
        fingerprint=vault.fingerprint(merchant_id, card),
        identity=vault.identity_of(merchant_id, card),
        jwe_digest=b"d" * 32,
        sealed=vault.seal(merchant_id, id, card),
        created_at=NOW,
    )


def audit(id: str, action: Action = Action.TOKEN_CREATED, merchant_id: str = "mer_one") -> Audit:
    resource = Resource("token", "tok_one")
    return Audit(id, merchant_id, NOW, EXCHANGE, action, resource, AuditOutcome.SUCCESS, 201)


def test_a_token_is_found_by_its_merchant_alone(vault: Vault) -> None:
    made = token(vault)
    assert vault.add(made, audit("aud_one"))
    assert vault.find("mer_one", "tok_one") == made
    assert vault.find("mer_two", "tok_one") is None
    assert vault.find("mer_one", "tok_two") is None


def test_only_tokens_are_found(vault: Vault) -> None:
    assert vault.find("mer_one", "key#mer_one") is None
    assert vault.find("mer_one", "") is None
    assert vault.find("mer_one", "tok_" + "x" * 4000) is None


def test_the_card_comes_back_without_its_code(vault: Vault) -> None:
    made = token(vault)
    vault.add(made, audit("aud_one"))
    stored = vault.find("mer_one", "tok_one")
    assert stored
    assert vault.open(stored) == replace(CARD, cvc=None)


def test_a_taken_id_changes_nothing_and_records_nothing(scene: Scene) -> None:
    made = token(scene.vault)
    assert scene.vault.add(made, audit("aud_one"))
    assert not scene.vault.add(token(scene.vault, card=Card(MASTERCARD, 1, 2031)), audit("aud_two"))
    assert not scene.vault.add(
        token(scene.vault, merchant_id="mer_two"), audit("aud_3", merchant_id="mer_two")
    )
    assert scene.vault.find("mer_one", "tok_one") == made
    assert scene.recorded() == {"aud_one"}


def test_deleting_removes_the_card_and_keeps_what_a_replay_needs(scene: Scene) -> None:
    made = token(scene.vault)
    scene.vault.add(made, audit("aud_one"))
    assert scene.vault.delete(made, NOW + 5, audit("aud_two", Action.TOKEN_DELETED))
    stored = scene.vault.find("mer_one", "tok_one")
    assert stored == replace(made, sealed=None, deleted_at=NOW + 5)
    assert stored
    assert stored.deleted
    with pytest.raises(LookupError):
        scene.vault.open(stored)
    assert scene.recorded() == {"aud_one", "aud_two"}


def test_a_token_is_deleted_once_and_by_its_merchant_alone(scene: Scene) -> None:
    made = token(scene.vault)
    scene.vault.add(made, audit("aud_one"))
    foreign = replace(made, merchant_id="mer_two")
    assert not scene.vault.delete(foreign, NOW, audit("aud_two", merchant_id="mer_two"))
    assert scene.vault.delete(made, NOW, audit("aud_three"))
    assert not scene.vault.delete(made, NOW, audit("aud_four"))
    assert scene.recorded() == {"aud_one", "aud_three"}


def test_the_fingerprint_is_the_numbers_and_differs_between_merchants(vault: Vault) -> None:
    renewed = Card(VISA, 1, 2036)
    assert vault.fingerprint("mer_one", CARD) == vault.fingerprint("mer_one", renewed)
    assert vault.fingerprint("mer_one", CARD) != vault.fingerprint("mer_two", CARD)
    assert vault.fingerprint("mer_one", CARD) != vault.fingerprint("mer_one", Card(MASTERCARD, 12, 2034))
    assert vault.fingerprint("mer_one", CARD).startswith("fp_")


def test_the_identity_is_that_of_number_and_expiry(vault: Vault) -> None:
    identity = vault.identity_of("mer_one", CARD)
    assert identity == vault.identity_of("mer_one", replace(CARD, cvc="999", name=None), identity.version)
    assert identity != vault.identity_of("mer_one", replace(CARD, exp_month=11))
    assert identity != vault.identity_of("mer_one", replace(CARD, exp_year=2035))
    assert identity != vault.identity_of("mer_one", replace(CARD, number=MASTERCARD))
    assert identity.mac != vault.identity_of("mer_two", CARD).mac


def test_an_encrypted_card_is_used_by_one_operation(vault: Vault) -> None:
    assert vault.use_once("mer_one", "jti", "tok_one", 1)
    assert vault.use_once("mer_one", "jti", "tok_one", 1)
    assert not vault.use_once("mer_one", "jti", "tok_two", 1)
    assert vault.use_once("mer_two", "jti", "tok_two", 1)


def test_a_token_and_its_events_are_stored_together(scene: Scene) -> None:
    made = token(scene.vault)
    scene.vault.add(made, audit("aud_one"))
    scene.vault.add(replace(made, created_at=NOW + 9), audit("aud_two"))
    scene.vault.delete(made, NOW + 5, audit("aud_three", Action.TOKEN_DELETED))
    scene.vault.delete(made, NOW + 7, audit("aud_four", Action.TOKEN_DELETED))
    assert scene.told() == [token_story(made), token_story(replace(made, deleted_at=NOW + 5))]
