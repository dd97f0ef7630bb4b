"""What stands in the `vault` table, and what its rows are worth to somebody who moves them."""

from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidTag

from tests.cards import VISA
from tests.contract.events.tables import events_table
from tests.contract.tables import create_table
from tests.contract.vault.test_vault import CARD, audit, token, wrapped_key
from tests.examples import merchant
from tests.fakes.clock import FakeClock
from tests.fakes.merchants import FakeMerchants
from tollgate.adapters.event_outbox import EventOutbox
from tollgate.adapters.items import item_of, row_of
from tollgate.adapters.trail import AuditTrail
from tollgate.adapters.vault import MerchantKeys, VaultKeyExists, VaultTable, create_merchant_key
from tollgate.domain.token import SealedCard


class CountingKms:
    """KMS. Counts how often a key is unwrapped."""

    def __init__(self) -> None:
        self._kms = boto3.client("kms")
        self.decrypted = 0

    def decrypt(self, **request: Any) -> Any:
        self.decrypted += 1
        return self._kms.decrypt(**request)


@pytest.fixture
def dynamodb(aws: None) -> Any:
    client = create_table("vault")
    create_table("audits")
    for merchant_id in ("mer_one", "mer_two"):
        create_merchant_key(client, "vault", merchant_id, wrapped_key(merchant_id))
    return client


@pytest.fixture
def kms(aws: None) -> CountingKms:
    return CountingKms()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault(dynamodb: Any, kms: CountingKms, clock: FakeClock) -> VaultTable:
    merchants = FakeMerchants(merchant("mer_one"), merchant("mer_two"))
    keys = MerchantKeys(dynamodb, "vault", kms, clock)
    trail, outbox = AuditTrail(dynamodb, "audits", merchants), EventOutbox(events_table(), "events")
    return VaultTable(dynamodb, "vault", keys, trail, outbox)


def rows(dynamodb: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(row_of, dynamodb.scan(TableName="vault")["Items"])}


def test_no_row_holds_number_or_code_in_clear(vault: VaultTable, dynamodb: Any) -> None:
    vault.add(token(vault), audit("aud_one"))
    vault.use_once("mer_one", "jti", "tok_one", 1)
    written = repr(dynamodb.scan(TableName="vault")["Items"]) + repr(
        dynamodb.scan(TableName="audits")["Items"]
    )
    assert VISA not in written
    assert "Ada" not in written
    assert "'123'" not in written


class Conflicting:
    """DynamoDB, where the next transactions meet another one on the same token."""

    def __init__(self, dynamodb: Any, conflicts: int) -> None:
        self._dynamodb = dynamodb
        self._conflicts = conflicts

    def transact_write_items(self, **request: Any) -> Any:
        if self._conflicts:
            self._conflicts -= 1
            reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
            response: Any = {
                "Error": {"Code": "TransactionCanceledException"},
                "CancellationReasons": reasons,
            }
            raise ClientError(response, "TransactWriteItems")
        return self._dynamodb.transact_write_items(**request)


def test_a_transaction_that_meets_another_is_tried_again(vault: VaultTable, dynamodb: Any) -> None:
    twice = VaultTable(Conflicting(dynamodb, 2), "vault", vault._keys, vault._trail, vault._outbox)
    assert twice.add(token(vault), audit("aud_one"))
    without_end = VaultTable(Conflicting(dynamodb, 99), "vault", vault._keys, vault._trail, vault._outbox)
    with pytest.raises(ClientError):
        without_end.add(token(vault, id="tok_two"), audit("aud_two"))


def test_a_deleted_tokens_row_has_no_ciphertext(vault: VaultTable, dynamodb: Any) -> None:
    made = token(vault)
    vault.add(made, audit("aud_one"))
    vault.delete(made, 1, audit("aud_two"))
    assert "ciphertext" not in rows(dynamodb)["tok_one"]


def test_only_marks_of_use_expire(vault: VaultTable, dynamodb: Any) -> None:
    vault.add(token(vault), audit("aud_one"))
    vault.use_once("mer_one", "jti", "tok_one", 1_800_000_000)
    expiring = {id: row["expires_at"] for id, row in rows(dynamodb).items() if "expires_at" in row}
    assert list(expiring.values()) == [1_800_000_000]
    assert next(iter(expiring)).startswith("jti#")


def test_a_ciphertext_moved_to_another_token_or_merchant_does_not_open(vault: VaultTable) -> None:
    made = token(vault)
    for moved in (replace(made, id="tok_two"), replace(made, merchant_id="mer_two")):
        with pytest.raises(InvalidTag):
            vault.open(moved)


def test_a_changed_ciphertext_does_not_open(vault: VaultTable) -> None:
    made = token(vault)
    assert made.sealed
    for place in range(len(made.sealed.content)):
        changed = bytearray(made.sealed.content)
        changed[place] ^= 1
        with pytest.raises(InvalidTag):
            vault.open(replace(made, sealed=SealedCard(1, bytes(changed))))


def test_a_key_wrapped_for_another_merchant_does_not_unwrap(vault: VaultTable, dynamodb: Any) -> None:
    moved = {**rows(dynamodb)["key#mer_one"], "id": "key#mer_two"}
    dynamodb.put_item(TableName="vault", Item=item_of(moved))
    with pytest.raises(ClientError):
        vault.seal("mer_two", "tok_one", CARD)


def test_a_merchants_key_is_never_replaced(dynamodb: Any) -> None:
    before = rows(dynamodb)
    with pytest.raises(VaultKeyExists, match="mer_one"):
        create_merchant_key(dynamodb, "vault", "mer_one", b"other")
    assert rows(dynamodb) == before


def test_a_merchant_without_a_key_is_named(vault: VaultTable) -> None:
    with pytest.raises(LookupError, match="mer_three"):
        vault.seal("mer_three", "tok_one", CARD)


def test_a_key_is_unwrapped_once_an_hour(vault: VaultTable, kms: CountingKms, clock: FakeClock) -> None:
    for _ in range(3):
        vault.open(token(vault))
    assert kms.decrypted == 1
    clock.advance(3_600_000)
    vault.open(token(vault))
    assert kms.decrypted == 2


def test_after_a_new_key_version_old_tokens_open_and_keep_fingerprint_and_identity(
    vault: VaultTable, dynamodb: Any, clock: FakeClock
) -> None:
    made = token(vault)
    add_version(dynamodb, "mer_one")
    clock.advance(3_600_000)
    renewed = token(vault, id="tok_two")
    assert renewed.sealed
    assert (renewed.sealed.version, renewed.identity.version) == (2, 2)
    assert vault.open(made) == vault.open(renewed)
    assert renewed.fingerprint == made.fingerprint
    assert vault.identity_of("mer_one", CARD, version=1) == made.identity


def test_a_token_of_a_version_that_is_not_remembered_yet_opens(
    vault: VaultTable, dynamodb: Any, clock: FakeClock
) -> None:
    vault.open(token(vault))
    add_version(dynamodb, "mer_one")
    other = VaultTable(
        dynamodb, "vault", MerchantKeys(dynamodb, "vault", boto3.client("kms"), clock), vault._trail
    )
    assert vault.open(token(other)).number == VISA


def add_version(dynamodb: Any, merchant_id: str) -> None:
    row = rows(dynamodb)[f"key#{merchant_id}"]
    row = {**row, "current": 2, "versions": {**row["versions"], "2": wrapped_key(merchant_id)}}
    dynamodb.put_item(TableName="vault", Item=item_of(row))
