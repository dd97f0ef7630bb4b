"""A payment: what was asked, with which card, and every operation on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.audit import Exchange
from tollgate.domain.balance import Balance, balance_of
from tollgate.domain.card import CardSummary
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.operation import Claim, Doubt, Kind, Means, Operation, Statement
from tollgate.domain.outcome import Approved, Declined, Failure, InDoubt, Unknown
from tollgate.domain.token import CardIdentity


class CaptureMethod(StrEnum):
    AUTOMATIC = "automatic"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class ByToken:
    """Paid with a vaulted card."""

    token_id: str


@dataclass(frozen=True, slots=True)
class ByCard:
    """Paid with a card encrypted for this request. The ciphertext's digest and the card's keyed identity
    tell a repeated request; the card itself is kept nowhere."""

    identity: CardIdentity
    jwe_digest: bytes


PaymentMethod = ByToken | ByCard


@dataclass(frozen=True, slots=True)
class Terms:
    """What the caller asked for, less the card. `amount` in minor units of `currency`."""

    amount: int
    currency: str
    capture_method: CaptureMethod
    reference: str | None
    description: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, one item, and its own idempotency record.

    `version` counts the stored changes of its id, withdrawn payments before it included: none comes twice.
    `processor` and `multiple_captures` are frozen from the merchant at creation. `created_at` in
    milliseconds, UTC. `fingerprint`: of the card, as its tokens show it.
    """

    id: str
    merchant_id: str
    terms: Terms
    method: PaymentMethod
    card: CardSummary
    processor: ProcessorAccount
    multiple_captures: bool
    created_at: int
    operations: tuple[Operation, ...]
    version: int = 1
    fingerprint: str | None = None

    @property
    def balance(self) -> Balance:
        at_once = self.terms.capture_method is CaptureMethod.AUTOMATIC
        return balance_of(self.operations, capture_at_once=at_once)

    @property
    def latest(self) -> Operation:
        return self.operations[-1]

    @property
    def processor_reference(self) -> str | None:
        outcome = self.operations[0].outcome
        return outcome.reference if isinstance(outcome, Approved) else None

    @property
    def failure(self) -> Failure | None:
        outcome = self.operations[0].outcome
        return outcome.failure if isinstance(outcome, Declined) else None

    @property
    def updated_at(self) -> int:
        latest = self.latest
        return latest.finished_at or latest.deferred_at or latest.started_at

    @property
    def next_check_at(self) -> int | None:
        """When an operation without an outcome is looked at next."""
        return None if self.latest.resolved else self.latest.due_at

    @property
    def follow_up_at(self) -> int | None:
        """When somebody has to come back to it: without an outcome, or to watch the processor's books."""
        return self.latest.due_at if self.latest.pending else None

    def find(self, operation_id: str) -> Operation | None:
        return next((each for each in self.operations if each.id == operation_id), None)

    def refunds(self) -> tuple[Operation, ...]:
        return tuple(each for each in self.operations if each.kind is Kind.REFUND)

    def as_of(self, operation_id: str) -> "Payment":
        """The payment as that operation left it: what its answer shows, however often it is given."""
        ids = [each.id for each in self.operations]
        return replace(self, operations=self.operations[: ids.index(operation_id) + 1])

    def begun(self, operation: Operation) -> "Payment":
        """With an operation's intent added, which takes over the watch of the payment's books."""
        operation = replace(operation, watched_until=self.latest.watched_until)
        return replace(self, operations=(*self.operations, operation), version=self.version + 1)

    def replaced(self, operation: Operation) -> "Payment":
        """With another operation in the place of the latest, which certainly had no effect."""
        return self._with_latest(replace(operation, watched_until=self.latest.watched_until))

    def after_withdrawal(self, version: int) -> "Payment":
        """As it is stored in the place of a withdrawn payment of that version."""
        return replace(self, version=version + 1)

    def settled(self, outcome: Approved | Declined, now: int, by: Exchange | None = None) -> "Payment":
        """With the latest operation resolved, by its own request or by somebody else."""
        latest = replace(self.latest, outcome=outcome, finished_at=now, finished_by=by, claim=None)
        return self._with_latest(latest)

    def declined_owing(self, outcome: Declined, release: Operation, by: Exchange | None) -> "Payment":
        """With the latest operation declined, and, in the same change, the release begun of what the
        processor approved of it."""
        declined = self.settled(outcome, release.started_at, by)
        release = replace(release, watched_until=declined.latest.watched_until)
        return replace(declined, operations=(*declined.operations, release))

    def unsettled(
        self, outcome: Unknown | InDoubt, now: int, due_at: int, since: int | None = None
    ) -> "Payment":
        """With the latest operation's outcome known to be open, to be looked at from `due_at` on.

        `since`: its request hasn't been sent after that (None: it may have been until now).
        """
        latest = self.latest
        doubt = Doubt(now, due_at) if isinstance(outcome, InDoubt) else None
        return self._with_latest(
            replace(
                latest,
                outcome=outcome,
                doubt=latest.doubt or doubt,
                deferred_at=latest.deferred_at or now,
                lease_until=now if since is None else since,
                due_at=due_at,
                claim=None,
            )
        )

    def stated(self, said: Statement) -> "Payment":
        """With what a person said of the latest operation."""
        return self._with_latest(replace(self.latest, statements=(*self.latest.statements, said)))

    def choosing(self, means: Means | None) -> "Payment":
        """With the means chosen by which the latest operation gives money back."""
        return replace(self, operations=(*self.operations[:-1], replace(self.latest, means=means)))

    def claimed(self, claim: Claim, until: int) -> "Payment":
        """With the latest operation taken for one more look, which nobody else takes until then. The claim
        has a name, since two looks may come in the same millisecond."""
        latest = self.latest
        taken = replace(latest, lease_until=until, due_at=until, checks=latest.checks + 1, claim=claim)
        return self._with_latest(taken)

    def watching(self, until: int) -> "Payment":
        """With the books to be watched once the latest operation is resolved."""
        return replace(self, operations=(*self.operations[:-1], replace(self.latest, watched_until=until)))

    def watched(self, outcome: Declined, now: int, due_at: int, until: int, by: Exchange | None) -> "Payment":
        """With the latest operation resolved by what the books may not show yet: they are watched."""
        settled = self.settled(outcome, now, by)
        latest = replace(settled.latest, watched_until=until, due_at=due_at)
        return replace(settled, operations=(*settled.operations[:-1], latest))

    def watch_again(self, due_at: int | None) -> "Payment":
        """With the next look at the books, or (None) with the watch over."""
        latest = self.latest
        if due_at is None:
            return self._with_latest(replace(latest, watched_until=None))
        return self._with_latest(replace(latest, due_at=due_at))

    def _with_latest(self, operation: Operation) -> "Payment":
        return replace(self, operations=(*self.operations[:-1], operation), version=self.version + 1)
