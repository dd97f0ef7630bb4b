"""The private card keys, for the functions that open encrypted cards."""

from tollgate.adapters import aws
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.wiring import shared


def card_keys(secret: str) -> EncryptedCards:
    """`secret`: the ARN of the card-keys secret."""
    published = shared.clients_table().encryption_key_ids
    return EncryptedCards(CardKeySecret(aws.client("secretsmanager"), secret, shared.CLOCK, published))
