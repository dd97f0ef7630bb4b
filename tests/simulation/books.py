"""The processor's books: what was asked, took effect and was refused, and what an outsider sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tollgate.domain.evidence import Possible, RefundEntry, Trace, TraceStatus

CHARGES = frozenset({"sale", "authorization"})
TAKING = frozenset({"sale", "capture"})
GIVING = frozenset({"refund", "partial reversal"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What took effect. `kind`: authorization, sale, capture, refund, reversal (of the whole), partial
    reversal, or expiry, which nobody asked for; `about`: its free text."""

    kind: str
    order_id: str
    reference: str
    amount: int
    currency: str
    key: str
    about: str
    at: int


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked under a key, whether it arrived or not."""

    kind: str
    order_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A no, as it was given. `final`: for the key, and in the books; else for this one request."""

    request: Request
    at: int
    final: bool


@dataclass(frozen=True, slots=True)
class State:
    """What effects on one payment leave of it. `kept` lies in batches; `held` could still be captured."""

    charge: Effect
    taken: int
    returned: int
    refunded: int
    reversed: bool
    expired: bool

    @property
    def kept(self) -> int:
        return 0 if self.reversed else self.taken - self.returned - self.refunded

    @property
    def held(self) -> int:
        over = self.reversed or self.expired or self.charge.kind == "sale"
        return 0 if over else self.charge.amount - self.taken


def state_of(effects: Sequence[Effect]) -> State | None:
    """Of one payment's effects; None if there is no charge among them."""

    def total(*kinds: str) -> int:
        return sum(each.amount for each in effects if each.kind in kinds)

    kinds = {each.kind for each in effects}
    charge = next((each for each in effects if each.kind in CHARGES), None)
    if charge is None:
        return None
    return State(
        charge,
        total(*TAKING),
        total("partial reversal"),
        total("refund"),
        "reversal" in kinds,
        "expiry" in kinds,
    )


def traces(
    order_id: str, effects: Sequence[Effect], verdicts: Sequence[Verdict], until: int, *, settled: bool
) -> tuple[Trace, ...]:
    """What the books show of an order, if they show what happened until then (milliseconds). `settled`: the
    batch has closed by then."""
    shown = [each for each in effects if each.order_id == order_id and each.at <= until]
    references = dict.fromkeys(each.reference for each in shown if each.kind in CHARGES)
    charged = [_trace([each for each in shown if about(each) == name], settled) for name in references]
    return (*charged, *(_declined(each) for each in verdicts if _shown_as_declined(each, order_id, until)))


def about(effect: Effect) -> str:
    """The payment that an effect is on: a refund's own id is `R…` of `P…`."""
    return effect.reference.partition("/")[0]


def _shown_as_declined(verdict: Verdict, order_id: str, horizon: int) -> bool:
    request = verdict.request
    return (
        verdict.final
        and (request.kind, request.order_id) == ("authorize", order_id)
        and verdict.at <= horizon
    )


def _declined(verdict: Verdict) -> Trace:
    order_id = verdict.request.order_id
    return Trace(f"D-{verdict.request.key}", order_id, TraceStatus.DECLINED, 0, 0, 0, "USD", verdict.at)


def _trace(effects: Sequence[Effect], settled: bool) -> Trace:
    """A sale shows what was taken back of it; a completion less captured."""
    now = state_of(effects)
    assert now is not None
    sale = now.charge.kind == "sale"
    trace = Trace(
        reference=now.charge.reference,
        order_id=now.charge.order_id,
        status=_status(now),
        authorized=now.charge.amount,
        captured=now.taken if sale else now.taken - now.returned,
        refunded=now.refunded + (now.returned if sale else 0),
        currency=now.charge.currency,
        at=now.charge.at,
        settled=settled and now.taken > 0,
        refunds=tuple(_entry(each) for each in effects if each.kind == "refund"),
    )
    return replace(trace, possible=_possible(now, settled))


def _entry(refund: Effect) -> RefundEntry:
    return RefundEntry(refund.reference, refund.amount, refund.at, stands=True)


def _status(now: State) -> TraceStatus:
    if now.reversed:
        return TraceStatus.REVERSED
    return TraceStatus.EXPIRED if now.expired and not now.taken else TraceStatus.APPROVED


def _possible(now: State, settled: bool) -> frozenset[Possible]:
    in_open_batch = 0 if settled else now.kept
    possible = {
        Possible.CAPTURE: now.held,
        Possible.REFUND: now.kept if settled else 0,
        Possible.FULL_REVERSAL: in_open_batch + (now.held if not (settled and now.taken) else 0),
        Possible.PARTIAL_REVERSAL: in_open_batch,
    }
    return frozenset(step for step, amount in possible.items() if amount)
