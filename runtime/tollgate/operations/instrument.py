"""The card that a payment is made with: out of the vault, or out of the request."""

from dataclasses import dataclass

from tollgate.domain.card import Card, CardSummary
from tollgate.domain.encrypted_card import EncryptedCard
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.domain.payment import ByCard, ByToken, PaymentMethod
from tollgate.operations.open_card import decrypt_card, jwe_digest, use_card
from tollgate.ports import CardKeys, Clock, Vault

TOKEN = "/payment_method/token"
ENCRYPTED_CARD = "/payment_method/encrypted_card"


@dataclass(frozen=True, slots=True)
class Presented:
    """How the caller names the card: by token or as a JWE, one of the two."""

    token_id: str | None
    jwe: str | None

    def is_that_of(self, method: PaymentMethod) -> bool:
        """Whether a payment was made with exactly this token or ciphertext."""
        match method:
            case ByToken(token_id):
                return self.token_id == token_id
            case ByCard(jwe_digest=digest):
                return self.jwe is not None and jwe_digest(self.jwe) == digest


@dataclass(frozen=True, slots=True)
class Instrument:
    """The card in clear, what may be kept of it, and how a repeated request is told."""

    card: Card
    summary: CardSummary
    fingerprint: str
    method: PaymentMethod
    encrypted: EncryptedCard | None = None

    def use(self, merchant_id: str, operation_id: str, vault: Vault) -> None:
        """Give an encrypted card to this operation alone. Raises `Refusal` (`encrypted_card_invalid`)."""
        if self.encrypted:
            use_card(self.encrypted, merchant_id, operation_id, ENCRYPTED_CARD, vault)

    def is_that_of(self, method: PaymentMethod, merchant_id: str, vault: Vault) -> bool:
        """Whether a payment was made with this card. An old identity is compared by its own key."""
        if isinstance(self.method, ByCard) and isinstance(method, ByCard):
            identity = vault.identity_of(merchant_id, self.card, method.identity.version)
            return self.method.jwe_digest == method.jwe_digest or identity == method.identity
        return self.method == method


@dataclass(frozen=True, slots=True)
class CardPorts:
    """What finding a card needs."""

    vault: Vault
    card_keys: CardKeys
    clock: Clock


def present(presented: Presented, merchant_id: str, ports: CardPorts) -> Instrument:
    """Open the card. Raises `Refusal`: `token_invalid`, `encrypted_card_invalid`, `card_invalid`."""
    if presented.jwe is not None:
        return _from_request(presented.jwe, merchant_id, ports)
    return _from_vault(presented.token_id or "", merchant_id, ports)


def _from_vault(token_id: str, merchant_id: str, ports: CardPorts) -> Instrument:
    stored = ports.vault.find(merchant_id, token_id)
    if stored is None or stored.deleted:
        raise Refusal(
            Code.TOKEN_INVALID,
            "The token can't be used for a payment.",
            (FieldError(TOKEN, "Unknown, deleted, or another merchant's."),),
        )
    return Instrument(ports.vault.open(stored), stored.summary, stored.fingerprint, ByToken(token_id))


def _from_request(jwe: str, merchant_id: str, ports: CardPorts) -> Instrument:
    encrypted = decrypt_card(jwe, merchant_id, ENCRYPTED_CARD, ports)
    identity = ports.vault.identity_of(merchant_id, encrypted.card)
    method = ByCard(identity, jwe_digest(jwe))
    fingerprint = ports.vault.fingerprint(merchant_id, encrypted.card)
    return Instrument(encrypted.card, encrypted.card.summary, fingerprint, method, encrypted)
