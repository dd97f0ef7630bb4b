"""An encrypted card: opened once, for one operation, and checked against everything the contract says."""

import hashlib
from typing import Protocol

from tollgate.domain.encrypted_card import EncryptedCard, check_card, encrypted_card_invalid, read
from tollgate.ports import CardKeys, Clock, Vault

MAX_CHARACTERS = 4096
USED_FOR = 3600
"""Seconds for which a used `jti` is remembered: longer than its card can be fresh."""


class CardPorts(Protocol):
    """What opening a card needs."""

    @property
    def card_keys(self) -> CardKeys: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def clock(self) -> Clock: ...


def jwe_digest(jwe: str) -> bytes:
    """What tells the identical ciphertext."""
    return hashlib.sha256(jwe.encode()).digest()


def decrypt_card(jwe: str, merchant_id: str, pointer: str, ports: CardPorts) -> EncryptedCard:
    """The checked contents; `pointer` is the JWE's in the request's body. Nothing is marked as used yet.

    Raises `Refusal`: `encrypted_card_invalid` (one constant answer unless it decrypts), `card_invalid`,
    `invalid_request` (a card number in the holder's name).
    """
    plaintext = ports.card_keys.decrypt(jwe) if len(jwe) <= MAX_CHARACTERS else None
    if plaintext is None:
        raise encrypted_card_invalid(pointer)
    now = ports.clock.now() // 1000
    encrypted = read(plaintext, merchant_id, now, pointer)
    check_card(encrypted.card, now, pointer)
    return encrypted


def use_card(
    encrypted: EncryptedCard, merchant_id: str, operation_id: str, pointer: str, vault: Vault
) -> None:
    """Mark it as used by this operation. Raises `Refusal` when another has used it."""
    if not vault.use_once(merchant_id, encrypted.jti, operation_id, encrypted.issued_at + USED_FOR):
        raise encrypted_card_invalid(pointer, "jti: another Idempotency-Key has used it")
