"""How money is given back: what the processor's books allow for the payment now.

Payroc: a refund of a payment in an open batch reverses it instead, perhaps the whole of it, so that a
reversal is asked for by its own name there (payroc-sdk-python, `create_referenced_refund`).
"""

from tollgate.domain.evidence import Possible, Trace, TraceStatus
from tollgate.domain.operation import Means

STANDING = frozenset({TraceStatus.APPROVED, TraceStatus.HELD})


def means_of(trace: Trace, amount: int, *, holding: int = 0) -> Means | None:
    """How to give back `amount` of a payment. None: the processor can't do it now.

    `holding`: what is still capturable, which a full reversal would release as well.
    """
    if trace.status not in STANDING:
        return None
    refund = _may(trace, Possible.REFUND, trace.settled)
    if refund and trace.settled:
        return Means.REFUND
    if amount == trace.kept and not holding and _may(trace, Possible.FULL_REVERSAL, not trace.settled):
        return Means.FULL_REVERSAL
    if _may(trace, Possible.PARTIAL_REVERSAL, not trace.settled):
        return Means.PARTIAL_REVERSAL
    return Means.REFUND if refund else None


def _may(trace: Trace, step: Possible, otherwise: bool) -> bool:
    """Whether the processor says that it may be done, or what holds if its books don't say."""
    return otherwise if trace.possible is None else step in trace.possible
