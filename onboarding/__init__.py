"""Who may use a stage: merchants, their clients, the card keys and the processor's credentials.

Each function writes in an order such that a crash between two steps leaves nothing that opens more
than before; running it again completes it or makes a new one. Nothing secret is logged.
"""

from onboarding.card_keys import CardKeys, retire_card_key, rotate_card_key
from onboarding.clients import (
    NewClient,
    add_client,
    drop_old_secret,
    list_clients,
    revoke_client,
    rotate_client,
)
from onboarding.merchants import add_merchant, list_merchants
from onboarding.processors import put_processor_credentials
from onboarding.stage import Stage

__all__ = [
    "CardKeys",
    "NewClient",
    "Stage",
    "add_client",
    "add_merchant",
    "drop_old_secret",
    "list_clients",
    "list_merchants",
    "put_processor_credentials",
    "retire_card_key",
    "revoke_client",
    "rotate_card_key",
    "rotate_client",
]
