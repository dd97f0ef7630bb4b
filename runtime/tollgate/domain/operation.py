"""One step of a payment: asked for by somebody, sent to the processor, and resolved on evidence only."""

from dataclasses import dataclass
from enum import StrEnum

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.identifiers import derived_id
from tollgate.domain.outcome import Approved, Declined, FailureCategory, Known


class Kind(StrEnum):
    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
    EXPIRE = "expire"
    """Nobody asked for it: the processor's books show that an authorization has expired."""


class Means(StrEnum):
    """How money is given back: in an open batch the payment is reversed, in a closed one it is refunded."""

    REFUND = "refund"
    FULL_REVERSAL = "full_reversal"
    PARTIAL_REVERSAL = "partial_reversal"


@dataclass(frozen=True, slots=True)
class Claim:
    """A look at work on an operation since `at`, by a name that no other look has. `opens_card`: it may open
    the vaulted card, to send the request again."""

    by: str
    at: int
    opens_card: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Since `at` what is known of an operation contradicts itself. It stays once that is resolved, since it
    was told. `next_check_at`: as it was then. Milliseconds, UTC."""

    at: int
    next_check_at: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said an operation came to: whether it took effect, and if so under which id of the
    processor's (`reference`). `evidence`: where the proof of it is kept. `approves`: it agrees with the
    statement before, which is somebody else's. `at` in milliseconds, UTC."""

    took_effect: bool
    reference: str | None
    evidence: str
    by: str
    at: int
    request_id: str
    approves: bool = False

    @property
    def exchange(self) -> Exchange:
        """Who said it, as the trail names them."""
        return Exchange(ActorType.SYSTEM, self.by, None, None, self.request_id)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, from its intent on. Amounts in minor units, times in milliseconds, UTC.

    `asked_amount` is what the request said (None: the default), `amount` what that came to. `outcome` is
    None until something is known. `lease_until`: until then it is somebody's who may be at work on it, and
    nobody has sent its request to the processor after that.
    `due_at`: when it is followed up, unless it is resolved. `checks`: how often it was; `claim`: by whom just
    now. `deferred_at`: when its caller was answered 202; it stays, since that first answer stays true.
    `finished_by`: who resolved it, if that wasn't the request itself. `target`: the processor's id of what it
    acts on, if that isn't the payment's. `watched_until`: the processor's books are watched until then, lest
    a charge show up that isn't the payment's. `means`: how it gives money back, once that is chosen.
    `statements`: what people said of it, oldest first. `doubt`: the first, if there was any.
    """

    id: str
    kind: Kind
    amount: int
    exchange: Exchange
    started_at: int
    lease_until: int
    due_at: int
    asked_amount: int | None = None
    final: bool = True
    reason: str | None = None
    outcome: Known | None = None
    checks: int = 0
    claim: Claim | None = None
    deferred_at: int | None = None
    finished_at: int | None = None
    finished_by: Exchange | None = None
    target: str | None = None
    watched_until: int | None = None
    means: Means | None = None
    statements: tuple[Statement, ...] = ()
    doubt: Doubt | None = None

    @property
    def proposal(self) -> Statement | None:
        """What is proposed, and waits for a second person."""
        return self.statements[-1] if self.statements and not self.resolved else None

    @property
    def resolved(self) -> bool:
        return isinstance(self.outcome, Approved | Declined)

    @property
    def answered(self) -> bool:
        """Whether its caller has had an answer that stands."""
        return self.resolved or self.deferred_at is not None

    @property
    def pending(self) -> bool:
        """Whether somebody has to come back to it."""
        return not self.resolved or self.watched_until is not None

    def leased(self, now: int) -> bool:
        """Whether somebody may be at work on it."""
        return not self.resolved and now < self.lease_until

    def executing(self, now: int) -> bool:
        """Whether its own request may still be at work, without an answer so far."""
        return not self.answered and self.leased(now)


def release(payment_id: str, reference: str, amount: int, by: Exchange, now: int) -> Operation:
    """An operation of our own, due at once: to give back `reference`, a charge that may not stand."""
    return Operation(
        id=derived_id("voi_", payment_id, reference),
        kind=Kind.VOID,
        amount=amount,
        exchange=by,
        started_at=now,
        lease_until=now,
        due_at=now,
        deferred_at=now,
        target=reference,
    )


def answer_status(outcome: Known | None) -> int:
    """The contract's HTTP status of an operation's answer."""
    match outcome:
        case Approved():
            return 201
        case Declined(failure) if failure.category is FailureCategory.PROCESSOR_ERROR:
            return 502
        case Declined():
            return 402
        case _:
            return 202
