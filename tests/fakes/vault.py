"""The card vault in memory."""

import hashlib
from dataclasses import replace
from threading import Lock

from tests.fakes.events import FakeOutbox
from tests.fakes.trail import FakeTrail
from tollgate.domain.audit import Audit
from tollgate.domain.card import Card
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken
from tollgate.domain.token_story import token_story


class FakeVault:
    """The `Vault` port. Every merchant has a key; `key_version` is that of new seals and identities.
    `opened`: how often a card was."""

    def __init__(self, trail: FakeTrail, outbox: FakeOutbox | None = None) -> None:
        self.outbox = outbox or FakeOutbox()
        self.key_version = 1
        self.opened = 0
        self._trail = trail
        self._tokens: dict[str, StoredToken] = {}
        self._sealed: dict[tuple[str, str, bytes], Card] = {}
        self._uses: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None:
        token = self._tokens.get(token_id)
        return token if token and token.merchant_id == merchant_id else None

    def add(self, token: StoredToken, audit: Audit) -> bool:
        with self._lock:
            if token.id in self._tokens:
                return False
            self._trail.record(audit)
            self.outbox.put(token_story(token))
            self._tokens[token.id] = token
            return True

    def delete(self, token: StoredToken, deleted_at: int, audit: Audit) -> bool:
        with self._lock:
            stored = self.find(token.merchant_id, token.id)
            if stored is None or stored.deleted:
                return False
            self._trail.record(audit)
            self._tokens[token.id] = replace(stored, sealed=None, deleted_at=deleted_at)
            self.outbox.put(token_story(self._tokens[token.id]))
            return True

    def seal(self, merchant_id: str, token_id: str, card: Card) -> SealedCard:
        content = str(len(self._sealed)).encode()
        self._sealed[merchant_id, token_id, content] = replace(card, cvc=None)
        return SealedCard(self.key_version, content)

    def open(self, token: StoredToken) -> Card:
        if token.sealed is None:
            raise LookupError(f"{token.id} is deleted.")
        self.opened += 1
        return self._sealed[token.merchant_id, token.id, token.sealed.content]

    def identity_of(self, merchant_id: str, card: Card, version: int | None = None) -> CardIdentity:
        chosen = self.key_version if version is None else version
        parts = (merchant_id, chosen, card.number, card.exp_month, card.exp_year)
        return CardIdentity(chosen, hashlib.sha256(repr(parts).encode()).digest())

    def fingerprint(self, merchant_id: str, card: Card) -> str:
        return "fp_" + hashlib.sha256(f"{merchant_id}|{card.number}".encode()).hexdigest()[:20]

    def use_once(self, merchant_id: str, jti: str, used_by: str, expires_at: int) -> bool:
        with self._lock:
            return self._uses.setdefault((merchant_id, jti), used_by) == used_by
