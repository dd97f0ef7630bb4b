"""The vault, for the functions that see cards."""

from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.vault import MerchantKeys, StoredCards, VaultTable
from tollgate.config import text
from tollgate.wiring import shared


def vault() -> VaultTable:
    """The vault of a function that neither makes nor deletes tokens."""
    return VaultTable(aws.client("dynamodb"), text("VAULT_TABLE"), merchant_keys(), shared.audit_trail())


def vault_of_tokens() -> VaultTable:
    dynamodb, table = aws.client("dynamodb"), text("VAULT_TABLE")
    return VaultTable(dynamodb, table, merchant_keys(), shared.audit_trail(), shared.outbox())


def stored_cards() -> StoredCards:
    return StoredCards(aws.client("dynamodb"), text("VAULT_TABLE"), merchant_keys())


@cache
def merchant_keys() -> MerchantKeys:
    return MerchantKeys(aws.client("dynamodb"), text("VAULT_TABLE"), aws.client("kms"), shared.CLOCK)
