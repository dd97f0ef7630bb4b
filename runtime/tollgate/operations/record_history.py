"""Put what a payment's stored changes mean on the audit trail.

The payment is the source: this can be done again at any time, for any payment, with the same result.
"""

from tollgate.domain.history import card_uses, history, records_in_history
from tollgate.domain.payment import Payment
from tollgate.ports import Trail


def record_history(before: Payment | None, after: Payment | None, trail: Trail) -> None:
    """Record what `after` has and `before` hadn't. A withdrawn payment (`after` None) leaves the use of its
    card alone."""
    known = records_in_history(before) if before else 0
    new = after is not None and records_in_history(after) > known
    records = (*card_uses(before, after), *(history(after)[known:] if after and new else ()))
    if records:
        trail.record(*records)
