"""How a card is sealed and recognised with its merchant's vault key. Pure, but for the random nonce.

Every use has a key of its own, derived from the vault key (HKDF-SHA256, RFC 5869). The key of a token
seals once, so a random nonce can't repeat under it. What is authenticated with it binds the ciphertext
to merchant and token: moved elsewhere, it doesn't open.
"""

import hmac
import json
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tollgate.domain.card import Card

NONCE_BYTES = 12


def seal(vault_key: bytes, merchant_id: str, token_id: str, card: Card) -> bytes:
    """Nonce and ciphertext. The card's code is left out: it is stored nowhere (PCI DSS 3.3.1)."""
    content = json.dumps([card.number, card.exp_month, card.exp_year, card.name]).encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealing = AESGCM(_token_key(vault_key, token_id))
    return nonce + sealing.encrypt(nonce, content, _framed(merchant_id, token_id))


def unseal(vault_key: bytes, merchant_id: str, token_id: str, sealed: bytes) -> Card:
    """The card. Raises `cryptography.exceptions.InvalidTag` for what wasn't sealed for this token."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    sealing = AESGCM(_token_key(vault_key, token_id))
    content = sealing.decrypt(nonce, ciphertext, _framed(merchant_id, token_id))
    number, exp_month, exp_year, name = json.loads(content)
    return Card(number, exp_month, exp_year, name=name)


def identity_mac(vault_key: bytes, card: Card) -> bytes:
    """MAC of number and expiry."""
    key = _derived(vault_key, b"tollgate card identity")
    message = _framed(card.number, str(card.exp_month), str(card.exp_year))
    return hmac.digest(key, message, "sha256")


def fingerprint(first_vault_key: bytes, card: Card) -> str:
    """`fp_` and 20 hex characters of a MAC of the number, by the merchant's first key: it never changes."""
    key = _derived(first_vault_key, b"tollgate fingerprint")
    return "fp_" + hmac.digest(key, card.number.encode(), "sha256").hex()[:20]


def session_secret(vault_key: bytes, session_id: str) -> bytes:
    """32 bytes that only a checkout session's page and the platform know."""
    return _derived(vault_key, b"tollgate checkout session" + session_id.encode())


def _token_key(vault_key: bytes, token_id: str) -> bytes:
    return _derived(vault_key, b"tollgate token" + token_id.encode())


def _derived(vault_key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(vault_key)


def _framed(*parts: str) -> bytes:
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
