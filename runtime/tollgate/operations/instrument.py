"""The card that a payment is made with: out of the vault, or out of the request."""

from dataclasses import dataclass

from tollgate.domain.card import Card, CardSummary
from tollgate.domain.encrypted_card import EncryptedCard
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.domain.payment import ByCard, ByToken, PaymentMethod
from tollgate.domain.token import StoredToken
from tollgate.operations.open_card import decrypt_card, jwe_digest, use_card
from tollgate.ports import CardKeys, Clock, Vault

TOKEN = "/payment_method/token"
ENCRYPTED_CARD = "/payment_method/encrypted_card"


@dataclass(frozen=True, slots=True)
class CardPorts:
    """What finding a card needs."""

    vault: Vault
    card_keys: CardKeys
    clock: Clock


@dataclass(frozen=True, slots=True)
class Presented:
    """How the caller names the card: by token or as a JWE, one of the two. `pointer`: the JWE's in the
    request's body."""

    token_id: str | None
    jwe: str | None
    pointer: str = ENCRYPTED_CARD

    def is_that_of(self, method: PaymentMethod, merchant_id: str, ports: CardPorts) -> bool:
        """Whether a payment was made with this token or card.

        A card that was encrypted anew is opened for that. Raises `Refusal`: `encrypted_card_invalid`,
        `card_invalid`.
        """
        match method:
            case ByToken(token_id):
                return self.token_id == token_id
            case ByCard(identity, digest):
                if self.jwe is None:
                    return False
                if jwe_digest(self.jwe) == digest:
                    return True
                card = decrypt_card(self.jwe, merchant_id, self.pointer, ports).card
                return ports.vault.identity_of(merchant_id, card, identity.version) == identity


@dataclass(frozen=True, slots=True)
class Instrument:
    """A card to pay with, and what may be kept of it. One out of the vault is opened when it is needed."""

    source: StoredToken | EncryptedCard
    summary: CardSummary
    fingerprint: str
    method: PaymentMethod

    def card(self, vault: Vault) -> Card:
        """The card in clear."""
        return self.source.card if isinstance(self.source, EncryptedCard) else vault.open(self.source)


def present(presented: Presented, merchant_id: str, used_by: str, ports: CardPorts) -> Instrument:
    """The card for the operation `used_by`, and if it is an encrypted one, for no other.

    Raises `Refusal`: `token_invalid`, `encrypted_card_invalid`, `card_invalid`.
    """
    if presented.jwe is not None:
        return _from_request(presented.jwe, presented.pointer, merchant_id, used_by, ports)
    return _from_vault(presented.token_id or "", merchant_id, ports)


def _from_vault(token_id: str, merchant_id: str, ports: CardPorts) -> Instrument:
    stored = ports.vault.find(merchant_id, token_id)
    if stored is None or stored.deleted:
        raise Refusal(
            Code.TOKEN_INVALID,
            "The token can't be used for a payment.",
            (FieldError(TOKEN, "Unknown, deleted, or another merchant's."),),
        )
    return Instrument(stored, stored.summary, stored.fingerprint, ByToken(token_id))


def _from_request(jwe: str, pointer: str, merchant_id: str, used_by: str, ports: CardPorts) -> Instrument:
    encrypted = decrypt_card(jwe, merchant_id, pointer, ports)
    identity = ports.vault.identity_of(merchant_id, encrypted.card)
    use_card(encrypted, merchant_id, used_by, pointer, ports.vault)
    fingerprint = ports.vault.fingerprint(merchant_id, encrypted.card)
    return Instrument(encrypted, encrypted.card.summary, fingerprint, ByCard(identity, jwe_digest(jwe)))
