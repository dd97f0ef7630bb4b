"""The processor's books: what was asked, took effect and was refused, and what an outsider sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tollgate.domain.evidence import Trace, TraceStatus

CHARGES = frozenset({"sale", "authorization"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What took effect. `kind`: authorization, sale, capture, reversal or refund; `about`: its free text."""

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


def traces(
    order_id: str, effects: Sequence[Effect], verdicts: Sequence[Verdict], until: int
) -> tuple[Trace, ...]:
    """What the books show of an order, if they show what happened until then (milliseconds)."""
    shown = [each for each in effects if each.order_id == order_id and each.at <= until]
    charges = [each for each in shown if each.kind in CHARGES]
    charged = [_trace(charge, [e for e in shown if e.reference == charge.reference]) for charge in charges]
    return (*charged, *(_declined(each) for each in verdicts if _shown_as_declined(each, order_id, until)))


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


def _trace(charge: Effect, effects: list[Effect]) -> Trace:
    def total(kind: str) -> int:
        return sum(each.amount for each in effects if each.kind == kind)

    reversed_ = any(each.kind == "reversal" for each in effects)
    return Trace(
        reference=charge.reference,
        order_id=charge.order_id,
        status=TraceStatus.REVERSED if reversed_ else TraceStatus.APPROVED,
        authorized=charge.amount,
        captured=charge.amount if charge.kind == "sale" else total("capture"),
        refunded=total("refund"),
        currency=charge.currency,
        at=charge.at,
    )
