import json
import time

from onboarding import Stage, rotate_card_key
from ops.card_encryption import encrypt_card
from tests.cards import VISA
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.clock import SystemClock
from tollgate.domain.card import Card
from tollgate.domain.encrypted_card import read


def test_a_card_encrypted_to_a_rotated_key_opens_in_the_runtime(stage: Stage) -> None:
    rotate_card_key(stage)
    published = ClientsTable(stage.dynamodb, "tollgate-local-clients").encryption_keys().keys
    card = Card(VISA, 12, 2034, "123")

    jwe = encrypt_card(card, "mer_one", json.loads(published[0]))

    clients = ClientsTable(stage.dynamodb, "tollgate-local-clients")
    name, clock = "tollgate-local-card-keys", SystemClock()
    keys = CardKeySecret(stage.secretsmanager, name, clock, clients.encryption_key_ids)
    opened = read(EncryptedCards(keys).decrypt(jwe) or b"", "mer_one", int(time.time()), "/encrypted_card")
    assert (opened.card, opened.merchant_id) == (card, "mer_one")
