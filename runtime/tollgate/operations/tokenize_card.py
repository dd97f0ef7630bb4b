"""A card into the vault, and a token for it."""

from dataclasses import dataclass
from typing import Protocol

from tollgate.domain.audit import Action, Audit, AuditOutcome, Exchange, Resource
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.token import StoredToken
from tollgate.operations.open_card import CardPorts, decrypt_card, jwe_digest, use_card
from tollgate.ports import Ids

ENCRYPTED_CARD = "/encrypted_card"
CREATED = 201


class TokenPorts(CardPorts, Protocol):
    """What tokens need."""

    @property
    def ids(self) -> Ids: ...


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """`token_id` is derived from merchant, path and idempotency key."""

    token_id: str
    merchant_id: str
    jwe: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Tokenized:
    """A token; `replayed` if an earlier request made it."""

    token: StoredToken
    replayed: bool


def tokenize_card(request: TokenRequest, ports: TokenPorts) -> Tokenized:
    """A new token, on record, or the one that this key made before, deleted since or not.

    Raises `Refusal`: `encrypted_card_invalid`, `card_invalid`, `idempotency_key_reused`.
    """
    if stored := ports.vault.find(request.merchant_id, request.token_id):
        return _replay(stored, request, ports)
    token = _sealed(request, ports)
    if ports.vault.add(token, token_audit(token, request.exchange, Action.TOKEN_CREATED, CREATED, ports)):
        return Tokenized(token, replayed=False)
    stored = ports.vault.find(request.merchant_id, request.token_id)
    if stored is None:
        raise LookupError(f"{request.token_id} is taken, and yet not to be found.")
    return _replay(stored, request, ports)


def token_audit(
    token: StoredToken, exchange: Exchange, action: Action, status: int, ports: TokenPorts
) -> Audit:
    """The record of a change of a token."""
    return Audit(
        id=ports.ids.new("aud_"),
        merchant_id=token.merchant_id,
        at=ports.clock.now(),
        exchange=exchange,
        action=action,
        resource=Resource("token", token.id),
        outcome=AuditOutcome.SUCCESS,
        status=status,
        ids=(token.id,),
    )


def _sealed(request: TokenRequest, ports: TokenPorts) -> StoredToken:
    merchant_id, vault = request.merchant_id, ports.vault
    encrypted = decrypt_card(request.jwe, merchant_id, ENCRYPTED_CARD, ports)
    use_card(encrypted, merchant_id, request.token_id, ENCRYPTED_CARD, vault)
    card = encrypted.card
    return StoredToken(
        id=request.token_id,
        merchant_id=merchant_id,
        summary=card.summary,
        fingerprint=vault.fingerprint(merchant_id, card),
        identity=vault.identity_of(merchant_id, card),
        jwe_digest=jwe_digest(request.jwe),
        sealed=vault.seal(merchant_id, request.token_id, card),
        created_at=ports.clock.now(),
    )


def _replay(stored: StoredToken, request: TokenRequest, ports: TokenPorts) -> Tokenized:
    """The identical ciphertext isn't looked into again; another one must hold the same card."""
    if stored.jwe_digest != jwe_digest(request.jwe):
        encrypted = decrypt_card(request.jwe, request.merchant_id, ENCRYPTED_CARD, ports)
        identity = ports.vault.identity_of(request.merchant_id, encrypted.card, stored.identity.version)
        if identity != stored.identity:
            raise Refusal(
                Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another card. Use a new one."
            )
        use_card(encrypted, request.merchant_id, stored.id, ENCRYPTED_CARD, ports.vault)
    return Tokenized(stored, replayed=True)
