"""The vault and the card keys, for the functions that see cards."""

from tollgate.adapters import aws
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.adapters.vault import MerchantKeys, VaultTable
from tollgate.config import text
from tollgate.wiring import shared


def vault() -> VaultTable:
    dynamodb, table = aws.client("dynamodb"), text("VAULT_TABLE")
    keys = MerchantKeys(dynamodb, table, aws.client("kms"), shared.CLOCK)
    return VaultTable(dynamodb, table, keys, shared.audit_trail())


def card_keys() -> EncryptedCards:
    secret = CardKeySecret(aws.client("secretsmanager"), text("CARD_KEYS_SECRET"), shared.CLOCK)
    return EncryptedCards(secret)
