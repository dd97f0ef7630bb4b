"""What the operations need from the world. Adapters and the tests' fakes pass the same contract tests."""

from collections.abc import Sequence
from typing import Any, Protocol

from tollgate.domain.access import AccessClaims
from tollgate.domain.audit import Audit
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.listing import Due, Position
from tollgate.domain.merchant import Client, Merchant, ProcessorAccount
from tollgate.domain.outcome import Outcome
from tollgate.domain.payment import Payment
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken


class Processor(Protocol):
    """The processor, as the operations see it.

    `key` is the attempt's idempotency key at the processor (a UUID of version 4's form), stored before
    the call: one key per attempt, for ever. `reference` is the processor's payment id. Amounts are minor
    units. No method raises for what the processor or the network does: every end is an `Outcome`.
    """

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        """Authorize, and capture if `charge.capture`. `Approved.amount` is what was authorized."""
        ...

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        """Take `amount` of an authorization."""
        ...

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        """Release an authorization of which nothing was captured."""
        ...

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        """Give `amount` back. `description` carries our refund id: the processor has no other field for it.
        `Approved.reference` is the processor's refund id."""
        ...


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""
        ...


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """`prefix` and 20 random base32 characters."""
        ...


class Trail(Protocol):
    """The audit trail. What can't be recorded raises: the caller must not answer then."""

    def record(self, audit: Audit) -> None:
        """Put a record on its merchant's trail. The same id again changes nothing."""
        ...


class Merchants(Protocol):
    def find(self, merchant_id: str) -> Merchant | None:
        """The merchant, at most 60 s old."""
        ...


class Payments(Protocol):
    """Payments, one item each. Every read and write carries the merchant."""

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        """The payment as last written (a consistent read); another merchant's is None."""
        ...

    def add(self, payment: Payment, merchant: Merchant) -> Payment | None:
        """Store a new payment; if its id is taken, nothing happens and the stored one is answered."""
        ...

    def save(self, payment: Payment) -> bool:
        """Store the latest operation of a payment that was `version - 1`. False: somebody was faster."""
        ...

    def withdraw(self, payment: Payment) -> None:
        """Remove the latest operation's intent (the whole item, if it created the payment): it certainly
        wasn't attempted. Nothing happens if somebody else has changed the payment since."""
        ...

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        """Those that exist and are the merchant's, in the order asked."""
        ...

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        """Listing positions in `above <= position < below`, newest first, at most `limit`. May lag."""
        ...


class AllPayments(Protocol):
    """Payments of every merchant, for the platform's own work on them."""

    def load(self, payment_id: str) -> Payment | None:
        """The payment as last written (a consistent read)."""
        ...

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        """Of one of `due_shards()`: what is due, longest overdue first, at most `limit`. May lag."""
        ...


class FollowUpQueue(Protocol):
    """Payments to come back to, handed out in order for each payment, at least once."""

    def send(self, payment_id: str, occasion: str) -> None:
        """Ask for a follow-up. The same occasion again within five minutes may be dropped."""
        ...


class Audits(Protocol):
    """The trail, as its readers see it: each record as its JSON object."""

    def find(self, merchant_id: str, audit_id: str) -> dict[str, Any] | None: ...
    def find_many(self, merchant_id: str, audit_ids: Sequence[str]) -> list[dict[str, Any]]: ...
    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        """Like `Payments.newest`, over a month of the merchant's trail."""
        ...

    def newest_about(self, subject: str, below: str, above: str, limit: int) -> list[Position]:
        """Like `newest`, over the records about one resource (`<merchant>#<resource id>`)."""
        ...


class Cursors(Protocol):
    """Seals list positions, so that a client can hand them back but neither read nor change them."""

    def seal(self, position: str, binding: str) -> str: ...
    def open(self, cursor: str, binding: str) -> str | None:
        """The position, or None if the cursor was changed or sealed for another `binding`."""
        ...


class Clients(Protocol):
    def find_client(self, client_id: str) -> Client | None:
        """The client as it is now."""
        ...


class AccessTokens(Protocol):
    """Signed access tokens of this stage."""

    def sign(self, claims: AccessClaims) -> str:
        """The token in its compact form."""
        ...

    def verify(self, token: str) -> AccessClaims:
        """What a genuine token says that is valid now. Raises `Unauthorized` for any other."""
        ...


class KeySet(Protocol):
    def document(self) -> dict[str, Any]:
        """The public keys of the stage as a JWK Set (RFC 7517 §5): signature keys, then card keys."""
        ...


class CardKeys(Protocol):
    """The private halves of the published card keys."""

    def decrypt(self, jwe: str) -> bytes | None:
        """The plaintext, or None for whatever isn't an untouched JWE of the contract's form."""
        ...


class Vault(Protocol):
    """Tokens and the cards behind them. Merchant keys never leave it."""

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None:
        """The merchant's token, deleted or not."""
        ...

    def add(self, token: StoredToken, audit: Audit) -> bool:
        """Store a token together with its record. False, and no change, if the id is taken."""
        ...

    def delete(self, token: StoredToken, deleted_at: int, audit: Audit) -> bool:
        """Remove the card for good, together with the record. False, and no change, if it was gone."""
        ...

    def seal(self, merchant_id: str, token_id: str, card: Card) -> SealedCard:
        """The card (without its code), for the token of this id alone."""
        ...

    def open(self, token: StoredToken) -> Card:
        """The card of a token that isn't deleted. Raises `LookupError` for a deleted one."""
        ...

    def identity_of(self, merchant_id: str, card: Card, version: int | None = None) -> CardIdentity:
        """The card's identity by the merchant's key of `version` (default: the current one)."""
        ...

    def fingerprint(self, merchant_id: str, card: Card) -> str:
        """`fp_…`, the same for the same number and merchant, for ever."""
        ...

    def use_once(self, merchant_id: str, jti: str, used_by: str, expires_at: int) -> bool:
        """Mark an encrypted card's `jti` as used by the operation `used_by`. False if it is another's.

        The mark may be forgotten after `expires_at` (seconds, UTC).
        """
        ...
