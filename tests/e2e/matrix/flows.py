"""The flows of money: how each is asked for, and what it comes to."""

from dataclasses import dataclass
from enum import StrEnum

from local.simulator.faults import Route

PAID, PART = 10_000, 6_000
DONE, DECLINED, FAILED = 201, 402, 502
"""What an operation comes to, as the status of the answer that its key has in the end."""


class Batch(StrEnum):
    """Where the payment lies that is refunded: in a batch that stays open, that closes between the request
    and whatever follows, or that has closed before."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, eq=False)
class Flow:
    """`route`: the processor's. `step`: the end of our path. `effect`: its entry in the processor's books.
    `before`: that of the payment which it is about, if there is one already. `closing`: the action that ends
    it on the audit trail, by its outcome. `shown`: the payment's status then; its parts: what the payment
    shows as (captured, refunded)."""

    name: str
    route: Route
    effect: tuple[str, int]
    closing: dict[int, str]
    shown: dict[int, str]
    parts: dict[int, tuple[int, int]]
    step: str = ""
    before: str | None = None
    by_card: bool = False
    manual: bool = False
    deferred: bool = False
    batch: Batch = Batch.CLOSED

    @property
    def action_before(self) -> str:
        """The closing action of the payment that was there before."""
        return "payment.authorized" if self.before == "authorization" else "payment.captured"

    @property
    def creates(self) -> tuple[str, ...]:
        """The action that opens it on the trail, if one does."""
        return {"": ("payment.created",), "refunds": ("refund.created",)}.get(self.step, ())

    def __str__(self) -> str:
        return self.name


def _outcomes(done: str, declined: str, failed: str) -> dict[int, str]:
    return {DONE: done, DECLINED: declined, FAILED: failed}


def _payment(name: str, *, by_card: bool = False, manual: bool = False, deferred: bool = False) -> Flow:
    kind, done, taken = ("authorization", "authorized", 0) if manual else ("sale", "captured", PAID)
    return Flow(
        name,
        Route.CREATE,
        (kind, PAID),
        _outcomes(f"payment.{done}", "payment.declined", "payment.failed"),
        _outcomes(done, "declined", "failed"),
        {DONE: (taken, 0), DECLINED: (0, 0), FAILED: (0, 0)},
        by_card=by_card,
        manual=manual,
        deferred=deferred,
    )


def _refund(name: str, *, deferred: bool = False, batch: Batch = Batch.CLOSED) -> Flow:
    """What lies in an open batch is reversed; that is a refund all the same, to the API."""
    return Flow(
        name,
        Route.REFUND if batch is Batch.CLOSED else Route.REVERSE,
        ("refund", PART),
        _outcomes("refund.succeeded", "refund.failed", "refund.failed"),
        _outcomes("captured", "captured", "captured"),
        {DONE: (PAID, PART), DECLINED: (PAID, 0), FAILED: (PAID, 0)},
        step="refunds",
        before="sale",
        deferred=deferred,
        batch=batch,
    )


FLOWS = (
    _payment("payment by token"),
    _payment("payment by card", by_card=True),
    _payment("authorization", manual=True),
    Flow(
        "capture",
        Route.CAPTURE,
        ("capture", PART),
        dict.fromkeys((DONE, DECLINED, FAILED), "payment.captured"),
        _outcomes("captured", "authorized", "authorized"),
        {DONE: (PART, 0), DECLINED: (0, 0), FAILED: (0, 0)},
        step="captures",
        before="authorization",
    ),
    Flow(
        "void",
        Route.REVERSE,
        ("reversal", PAID),
        dict.fromkeys((DONE, DECLINED, FAILED), "payment.canceled"),
        _outcomes("canceled", "authorized", "authorized"),
        dict.fromkeys((DONE, DECLINED, FAILED), (0, 0)),
        step="void",
        before="authorization",
    ),
    _refund("refund"),
    _refund("refund in an open batch", batch=Batch.OPEN),
    _refund("refund in a closing batch", batch=Batch.CLOSING),
    _payment("deferred payment", deferred=True),
    _refund("deferred refund", deferred=True),
)
