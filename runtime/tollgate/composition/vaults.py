"""The vault and the card keys, for the functions that see cards."""

from tollgate.adapters import aws
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.adapters.trail import AuditTrail
from tollgate.adapters.vault import MerchantKeys, VaultTable
from tollgate.composition.shared import CLOCK


def vault(table: str, trail: AuditTrail) -> VaultTable:
    keys = MerchantKeys(aws.client("dynamodb"), table, aws.client("kms"), CLOCK)
    return VaultTable(aws.client("dynamodb"), table, keys, trail)


def card_keys(secret_id: str) -> EncryptedCards:
    return EncryptedCards(CardKeySecret(aws.client("secretsmanager"), secret_id, CLOCK))
