"""The `clients` table."""

from dataclasses import replace

import pytest

from tests.contract.tables import create_table
from tests.examples import merchant
from tests.fakes.clock import FakeClock
from tollgate.adapters.clients_table import ClientsTable, Conflict, PublishedKeys
from tollgate.adapters.merchants import CachedMerchants
from tollgate.domain.merchant import Client, Scope

CLIENT = Client("cli_one", "mer_one", frozenset({Scope.TOKENS_READ}), ("aa", "bb"), "key-1", False, 1)
SHARDED = replace(merchant(), shards=(("2026-11", 4), ("2027-02", 8)))


@pytest.fixture
def table(aws: None) -> ClientsTable:
    return ClientsTable(create_table("clients"), "clients")


def test_what_is_put_is_found_again(table: ClientsTable) -> None:
    table.put_client(CLIENT)
    table.put_merchant(SHARDED)
    assert table.find_client("cli_one") == CLIENT
    assert table.find_merchant("mer_one") == SHARDED


def test_what_was_never_put_is_not_found(table: ClientsTable) -> None:
    table.put_merchant(merchant())
    assert table.find_client("cli_one") is None
    assert table.find_client("mer_one") is None
    assert table.find_merchant("mer_two") is None
    assert table.encryption_keys() == PublishedKeys()


def test_nothing_is_put_over_what_exists(table: ClientsTable) -> None:
    table.put_client(CLIENT)
    table.put_merchant(SHARDED)
    with pytest.raises(Conflict):
        table.put_client(replace(CLIENT, revoked=True))
    with pytest.raises(Conflict):
        table.put_merchant(merchant())
    assert table.find_client("cli_one") == CLIENT
    assert table.find_merchant("mer_one") == SHARDED


def test_a_write_that_meets_itself_is_no_conflict(table: ClientsTable) -> None:
    """The SDK sends a write again when its answer was lost."""
    for _ in range(2):
        table.put_client(CLIENT)
        table.put_merchant(SHARDED)
    published = table.publish_encryption_keys(['{"kid":"one"}'], PublishedKeys())
    assert table.publish_encryption_keys(['{"kid":"one"}'], PublishedKeys()) == published
    for _ in range(2):
        table.replace_secrets("cli_one", before=("aa", "bb"), after=("cc", "aa"))
    assert table.encryption_keys() == published
    assert table.encryption_key_ids() == ("one",)
    with pytest.raises(Conflict):
        table.publish_encryption_keys(['{"kid":"two"}'], PublishedKeys())


def test_secrets_are_replaced_if_nobody_else_replaced_them(table: ClientsTable) -> None:
    table.put_client(CLIENT)
    table.replace_secrets("cli_one", before=("aa", "bb"), after=("bb", "cc"))
    with pytest.raises(Conflict):
        table.replace_secrets("cli_one", before=("aa", "bb"), after=("dd",))
    assert table.find_client("cli_one") == replace(CLIENT, secret_digests=("bb", "cc"))


def test_revoking_can_be_repeated_but_makes_no_client(table: ClientsTable) -> None:
    table.put_client(CLIENT)
    table.revoke_client("cli_one")
    table.revoke_client("cli_one")
    assert table.find_client("cli_one") == replace(CLIENT, revoked=True)
    with pytest.raises(Conflict):
        table.revoke_client("cli_two")
    assert table.find_client("cli_two") is None


def test_lists_are_oldest_first(table: ClientsTable) -> None:
    table.put_merchant(merchant("mer_b"))
    table.put_merchant(replace(merchant("mer_a"), created_at=1))
    table.put_client(CLIENT)
    table.put_client(replace(CLIENT, id="cli_two", merchant_id="mer_b", created_at=0))
    assert [each.id for each in table.list_merchants()] == ["mer_a", "mer_b"]
    assert [each.id for each in table.list_clients()] == ["cli_two", "cli_one"]
    assert [each.id for each in table.list_clients("mer_one")] == ["cli_one"]


def test_of_two_rotations_at_once_one_loses(table: ClientsTable) -> None:
    none = table.encryption_keys()
    first = table.publish_encryption_keys(["one"], none)
    with pytest.raises(Conflict):
        table.publish_encryption_keys(["two"], none)
    second = table.publish_encryption_keys(["two", "one"], first)
    with pytest.raises(Conflict):
        table.publish_encryption_keys(["three", "one"], first)
    assert table.encryption_keys() == second
    assert second.keys == ("two", "one")


def test_functions_remember_a_merchant_for_a_minute(table: ClientsTable) -> None:
    clock = FakeClock()
    merchants = CachedMerchants(table, clock)
    assert merchants.find("mer_one") is None
    table.put_merchant(merchant())
    assert merchants.find("mer_one") == merchant()
    table._dynamodb.delete_item(TableName="clients", Key={"id": {"S": "merchant#mer_one"}})
    clock.advance(59_999)
    assert merchants.find("mer_one") == merchant()
    clock.advance(1)
    assert merchants.find("mer_one") is None
